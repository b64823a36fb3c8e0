import type { Exchange } from '../exchange/exchange.js';
import type { FindingCode } from './catalogue.js';

export type Part = 'request' | 'request.body' | 'response.status' | 'response.headers' | 'response.body' | 'exchange';

/** A broken promise: what, where, by which rule, and the exchange that shows it. Findings are data, never thrown. */
export interface Finding {
  readonly code: FindingCode;
  /** Endpoint id. */
  readonly endpoint: string;
  readonly at: { readonly part: Part /** JSON pointer into the part; '' is the whole. */; readonly pointer: string };
  /** The promise that was broken, stable across values: `type string|null`, `status 200`. Part of the fingerprint. */
  readonly rule: string;
  /** One sentence for people; may quote values, so it is redacted before it is shown. */
  readonly message: string;
  readonly evidence: Exchange;
}

/** Array indices do not tell findings apart: `/addresses/0/city` and `/addresses/7/city` are one defect. */
export function generalPointer(pointer: string): string {
  return pointer.replace(/\/\d+(?=\/|$)/g, '/*');
}

/** Identity of a finding across runs, seeds and shrinking: `code|endpoint|part|pointer|rule`. */
export function fingerprint(finding: Pick<Finding, 'code' | 'endpoint' | 'at' | 'rule'>): string {
  const { code, endpoint, at, rule } = finding;
  return [code, endpoint, at.part, generalPointer(at.pointer), rule].join('|');
}
