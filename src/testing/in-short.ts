import type { Case, Check } from '../checks/check.js';
import type { Contract } from '../contract/contract.js';
import { route } from '../contract/route.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Finding } from '../finding/finding.js';
import { exchangeOf, type GoldenCase } from './golden-case.js';

type Message = Partial<Omit<GoldenCase['request'], 'method' | 'url'>>;

/** An exchange by what is worth saying of it; the rest is as {@link GoldenCase} has it. */
export interface InShort {
  /** `POST /contacts`. */
  readonly asked: string;
  readonly request?: Message;
  readonly status?: number;
  readonly response?: Message & Partial<Pick<GoldenCase['response'], 'defects'>>;
}

const json: [string, string][] = [['content-type', 'application/json']];

/** The exchange that was told in short. */
export function inShort({ asked, request, status = 200, response }: InShort): Exchange {
  const [method = '', url = ''] = asked.split(' ');
  return exchangeOf({
    request: { method, url, headers: json, ...request },
    response: { status, headers: json, defects: [], ...response },
    before: [],
  });
}

/** An answered exchange beside the promise of its endpoint. */
export function caseOf(contract: Contract, exchange: Exchange): Case {
  const routed = route(contract, exchange.request.method, exchange.request.url);
  if (routed === undefined || exchange.outcome.kind !== 'answered') throw new Error('speaks to no endpoint');
  return { contract, ...routed, exchange, response: exchange.outcome };
}

/** What one check says of an exchange. */
export function findingsOf(check: Check, contract: Contract, exchange: Exchange): Finding[] {
  return [...check(caseOf(contract, exchange))];
}
