import type { Part } from '../finding/finding.js';
import type { DriftVerdict, Witness } from './compare-schemas.js';

/** One difference between two descriptions of an API. */
export interface Change {
  /** Operation id on the older side. */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  /** Senders are concerned by `request`, readers by `response`, both by `endpoint`. */
  readonly side: 'request' | 'response' | 'endpoint';
  readonly at: { readonly part: Part; readonly pointer: string };
  /** Status of the answer that changed; undefined for anything else. */
  readonly status: string | undefined;
  /** Stable name of the change: `null allowed`, `200: null allowed`, `security changed`. */
  readonly rule: string;
  readonly message: string;
  readonly verdict: DriftVerdict;
  readonly witness: Witness | undefined;
}
