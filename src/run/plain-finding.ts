import type { Body } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Finding } from '../finding/finding.js';

/** As data that can be sent to another thread: bytes are there, whoever wants to see them. */
export function plainFinding(finding: Finding): Finding {
  return { ...finding, evidence: plainExchange(finding.evidence) };
}

function plainExchange({ request, outcome, before, ...rest }: Exchange): Exchange {
  return {
    ...rest,
    request: { ...request, body: plainBody(request.body) },
    outcome: outcome.kind === 'answered' ? { ...outcome, body: plainBody(outcome.body) } : outcome,
    before: before.map(plainExchange),
  };
}

function plainBody({ state, bytes, decoded, problem }: Body): Body {
  return { state, bytes: Uint8Array.from(bytes), decoded, ...(problem === undefined ? {} : { problem }) };
}
