import type { Case, Check } from '../checks/check.js';
import type { Glance } from '../checks/plainly-conforms.js';
import { type Contract, policyFor } from '../contract/contract.js';
import { router } from '../contract/route.js';
import type { Answered, Exchange } from '../exchange/exchange.js';
import { severityOf } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';

/** What became of one exchange: exactly one class. */
export interface Judgement {
  readonly class: 'conforms' | 'violates' | 'unjudged' | 'outOfScope';
  /** Endpoint id, where the request speaks to one. */
  readonly endpoint: string | undefined;
  /** Why it was not judged. */
  readonly reason: string | undefined;
  readonly findings: readonly Finding[];
  /** What a check threw: a bug of ours, which keeps no other check from judging. */
  readonly bug?: unknown;
}

export type Judge = (exchange: Exchange) => Judgement;

/** Paths before the endpoint paths, cut off before requests are matched with endpoints. */
export interface BasePaths {
  readonly live: string;
  readonly recorded: string;
}

export const noBasePaths: BasePaths = { live: '', recorded: '' };

export function judgeWith(
  contract: Contract,
  checks: Readonly<Record<string, Check>>,
  basePaths: BasePaths = noBasePaths,
  glance: Glance = { answersFor: [], settles: () => false },
): Judge {
  const others = Object.entries(checks).filter(([name]) => !glance.answersFor.includes(name));
  const unsettled = others.length === 0 ? undefined : Object.fromEntries(others);
  const routes = { live: router(contract, basePaths.live), document: router(contract, basePaths.recorded) };
  const conforming = new Map(contract.endpoints.map(({ id }) => [id, conforms(id)]));
  return (exchange) => {
    const { method, url } = exchange.request;
    const found = routes[exchange.origin.kind](method, url);
    if (!found) return outOfScope;
    const endpoint = found.endpoint.id;
    const { outcome } = exchange;
    if (outcome.kind === 'unanswered') {
      if (outcome.reason !== 'protocol') return { class: 'unjudged', endpoint, reason: outcome.reason, findings: [] };
      return {
        class: 'violates',
        endpoint,
        reason: undefined,
        findings: [brokenProtocol(exchange, endpoint, outcome.detail)],
      };
    }
    const promised = Object.hasOwn(found.endpoint.responses, outcome.status);
    if (!promised && policyFor(contract, found.endpoint, outcome.status)?.verdict === 'unjudged')
      return { class: 'unjudged', endpoint, reason: `status ${outcome.status}`, findings: [] };
    const { params, query } = found;
    const subject: Case = { contract, endpoint: found.endpoint, params, query, exchange, response: outcome };
    if (!glance.settles(subject)) return judged(subject, checks);
    return unsettled ? judged(subject, unsettled) : conforming.get(endpoint)!;
  };
}

const outOfScope: Judgement = { class: 'outOfScope', endpoint: undefined, reason: undefined, findings: [] };

const conforms = (endpoint: string): Judgement => ({ class: 'conforms', endpoint, reason: undefined, findings: [] });

function judged(subject: Case, checks: Readonly<Record<string, Check>>): Judgement {
  const { findings, bugs } = checked(subject, checks);
  const endpoint = subject.endpoint.id;
  const bug = bugs.length === 0 ? {} : { bug: bugs[0] };
  if (findings.some(({ code }) => severityOf(code) !== 'info'))
    return { class: 'violates', endpoint, reason: undefined, findings, ...bug };
  if (bugs.length > 0) return { class: 'unjudged', endpoint, reason: 'a check of ours failed', findings, ...bug };
  const missing = notRecorded(subject.response);
  if (missing) return { class: 'unjudged', endpoint, reason: missing, findings };
  return { class: 'conforms', endpoint, reason: undefined, findings };
}

function checked(subject: Case, checks: Readonly<Record<string, Check>>) {
  const findings: Finding[] = [];
  const bugs: unknown[] = [];
  for (const check of Object.values(checks))
    try {
      findings.push(...check(subject));
    } catch (error) {
      bugs.push(error);
    }
  return { findings, bugs };
}

/** Missing data never reads as a pass. */
function notRecorded(response: Answered): string | undefined {
  const { state, problem } = response.body;
  const why = problem === undefined ? '' : `: ${problem}`;
  if (state === 'absent') return `response body not recorded${why}`;
  if (state === 'undecodable') return `response body not decodable${why}`;
  if (state === 'truncated' && response.defects.length === 0) return 'response body cut by the recorder';
  return undefined;
}

function brokenProtocol(exchange: Exchange, endpoint: string, detail: string): Finding {
  return {
    code: 'response.wire.protocol',
    endpoint,
    at: { part: 'exchange', pointer: '' },
    rule: 'HTTP/1.1',
    message: `the answer is not HTTP: ${detail}`,
    evidence: exchange,
  };
}
