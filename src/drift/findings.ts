import { absentBody, bodyOf } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import type { FindingCode } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import type { Change } from './change.js';

/** A change as a finding: its evidence is the exchange that would show it, written here and never sent. */
export function findingOf(change: Change, document: string, index: number): Finding {
  const { operation, at, rule, message } = change;
  return {
    code: codeOf(change),
    endpoint: operation,
    at,
    rule,
    message,
    evidence: exchangeOf(change, document, index),
  };
}

function codeOf({ side, verdict }: Change): FindingCode {
  return `drift.${side}.${verdict}`;
}

function exchangeOf({ method, path, side, at, status, witness }: Change, document: string, index: number): Exchange {
  const body = witness === undefined || !at.part.endsWith('.body') ? absentBody : bodyOf(JSON.stringify(witness.value));
  const json = [['content-type', 'application/json']] as const;
  const headers = body === absentBody ? [] : json;
  const answered = side === 'response' && status !== undefined && /^\d+$/.test(status);
  return {
    id: `${document}#${index}`,
    origin: { kind: 'document', file: document, index, format: 'openapi', provenance: 'example', fidelity: [] },
    request: {
      method,
      url: path,
      headers: side === 'request' ? headers : [],
      body: side === 'request' ? body : absentBody,
    },
    outcome: answered
      ? { kind: 'answered', status: Number(status), headers, body, durationMs: undefined, defects: [] }
      : { kind: 'unanswered', reason: 'not-recorded', detail: 'nothing was sent' },
    before: [],
  };
}
