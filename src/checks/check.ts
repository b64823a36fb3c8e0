import type { Contract } from '../contract/contract.js';
import type { Endpoint } from '../contract/endpoint.js';
import type { Answered, Exchange } from '../exchange/exchange.js';
import type { FindingCode } from '../finding/catalogue.js';
import type { Finding, Part } from '../finding/finding.js';

/** An answered exchange beside its promise. */
export interface Case {
  readonly contract: Contract;
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly exchange: Exchange;
  readonly response: Answered;
}

/** One oracle: pure; validity is read off the request, never remembered as an intent. */
export type Check = (subject: Case) => Iterable<Finding>;

export function finding(
  subject: Case,
  code: FindingCode,
  at: { part: Part; pointer?: string },
  rule: string,
  message: string,
): Finding {
  return {
    code,
    endpoint: subject.endpoint.id,
    at: { part: at.part, pointer: at.pointer ?? '' },
    rule,
    message,
    evidence: subject.exchange,
  };
}
