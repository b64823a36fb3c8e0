import type { Body } from './body.js';
import type { Header } from './headers.js';

/** One request with what became of it: plain data, replayable, whatever the source. */
export interface Exchange {
  readonly id: string;
  readonly origin: Origin;
  readonly request: HttpRequest;
  readonly outcome: Answered | Unanswered;
  /** The exchanges this one builds on (the create before a read-back), oldest first. */
  readonly before: readonly Exchange[];
}

export interface HttpRequest {
  readonly method: string;
  /** Absolute where known; recordings may give only the path. */
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body: Body;
}

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Body;
  /** Milliseconds from the first byte sent to the last received; undefined when not recorded. */
  readonly durationMs: number | undefined;
  /** What the provider said wrongly below HTTP semantics, as the reader of the bytes saw it. */
  readonly defects: readonly WireDefect[];
}

/** No complete answer came, for a reason that says nothing about the contract. */
export interface Unanswered {
  readonly kind: 'unanswered';
  readonly reason:
    | 'refused'
    | 'reset'
    | 'timeout'
    | 'interrupted'
    | 'dns'
    | 'tls'
    | 'protocol'
    | 'not-recorded'
    | 'budget';
  readonly detail: string;
}

export interface WireDefect {
  readonly kind: 'length' | 'truncated' | 'content-coding' | 'too-large' | 'protocol';
  readonly detail: string;
}

/** Where an exchange comes from. */
export type Origin =
  | { readonly kind: 'live'; readonly property: string; readonly path: string }
  | {
      readonly kind: 'document';
      readonly file: string;
      readonly index: number;
      readonly line?: number;
      readonly format: string;
      /** An `example` or a `stub` was written by a person; only an `observation` was on a wire. */
      readonly provenance: 'observation' | 'example' | 'stub';
      /** What the recorder lost or changed, e.g. `headers-sanitised`. */
      readonly fidelity: readonly string[];
    };
