import type { Exchange } from '../exchange/exchange.js';

/** What a reader hands over, entry by entry: an exchange, or the place and reason why there is none. */
export type Entry =
  | { readonly kind: 'exchange'; readonly exchange: Exchange }
  | { readonly kind: 'unreadable'; readonly place: string; readonly reason: string };

/** One kind of recording. Reading streams: an entry is handed over before the next one is read. */
export interface Format {
  /** As in `--format`. */
  readonly id: string;
  readonly title: string;
  /** How sure the reader is, from the first bytes of the file: 0 (not mine) to 1. Structure counts, names do not. */
  recognises(head: string): number;
  /** `file` is only for provenance and side files; bytes come from `chunks`. Never throws on bad content. */
  read(chunks: AsyncIterable<Uint8Array>, file: string): AsyncIterable<Entry>;
}
