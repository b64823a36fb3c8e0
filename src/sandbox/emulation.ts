import type { Header } from '../exchange/headers.js';

/** One request as it came off the wire, nothing parsed or normalised. */
export interface EmulatedRequest {
  readonly method: string;
  /** Percent-encoded, without query. */
  readonly path: string;
  /** Without the question mark; '' when there is none. */
  readonly query: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  /** Unix time in milliseconds: the only clock an emulation has. */
  readonly receivedAt: number;
}

/** How the bytes of an answer go out when not as plain HTTP/1.1 with a content-length. */
export type WireForm =
  /** Waits before the first byte. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Correct chunks of at most `size` bytes. */
  | { readonly kind: 'chunked'; readonly size: number }
  /** Announces `off` bytes more (or fewer) than there are, and ends the connection. */
  | { readonly kind: 'wrong-length'; readonly off: number }
  /** Announces the body, sends `keep` of it (0 to 1) and ends the connection. */
  | { readonly kind: 'cut'; readonly keep: number }
  /** Chunks without the last, empty one. */
  | { readonly kind: 'open-chunks' }
  /** A chunk whose size is no number. */
  | { readonly kind: 'bad-chunk' }
  /** Content-length and chunks in one answer. */
  | { readonly kind: 'two-framings' };

/** An emulated answer, before it is put on the wire. */
export interface Reply {
  readonly status: number;
  /** Sent as they are, case and repeats kept; the host adds only what frames the body. */
  readonly headers: readonly Header[];
  readonly body: Uint8Array | string;
  readonly wire?: WireForm;
}

/** A provider in code: what it answers to a request. The host gives it a port and knows nothing of it. */
export interface Emulation {
  handle(request: EmulatedRequest): Reply | Promise<Reply>;
}
