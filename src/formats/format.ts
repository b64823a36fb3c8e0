import type { Exchange } from '../exchange/exchange.js';
import type { Skim } from '../exchange/skimmed.js';
import type { Reread } from './lines.js';
import type { Outline } from './outline.js';

/** What an exchange was read from: who keeps one just in case keeps this instead, which is small. */
export interface Written {
  /** Byte at which the entry begins. */
  readonly offset: number;
  /** The same exchange once more. */
  again(): Exchange;
}

/** What a reader hands over, entry by entry: an exchange, or the place and reason why there is none. */
export type Entry =
  | {
      readonly kind: 'exchange';
      readonly exchange: Exchange;
      readonly written?: Written;
    }
  | { readonly kind: 'unreadable'; readonly place: string; readonly reason: string };

/** The beginning of a line within a file. */
export interface LineStart {
  readonly offset: number;
  /** Lines before it. */
  readonly line: number;
  /** Entries before it: lines that are not blank. */
  readonly index: number;
}

/** What a reader may know of the recording beside its bytes. */
export interface Reading {
  /** The recording as the user named it, for provenance. */
  readonly file: string;
  /**
   * Asked once for each entry, in their order and just before it is handed over: `index` counts from 0, `offset` is the
   * byte at which it begins. False for an entry that another part reads: it is passed over without parsing.
   */
  wants(index: number, offset: number): boolean;
  /** Where the bytes begin, for a part of a recording that is one entry a line. */
  readonly start?: LineStart;
  /** Set where chunks are lent until the next is asked for: what is needed of them later is read once more. */
  readonly reread?: Reread;
  /** Sees what is in order without parsing it, for a format of which that can be seen. */
  readonly skim?: Skim;
  /** A side file that an entry names, or the reason why it is not to be had; never one outside the recording's folder. */
  beside(name: string): Promise<Uint8Array | { readonly problem: string }>;
}

/** One kind of recording. Reading streams: an entry is handed over before the next one is read. */
export interface Format {
  /** As in `--format`. */
  readonly id: string;
  readonly title: string;
  /** One entry a line, none of which needs another: it can be read from any line on, and from bytes that are lent. */
  readonly lines?: true;
  /** How sure the reader is, from the shape of the first bytes: 0 (not mine) to 1. Structure counts, names do not. */
  recognises(outline: Outline): number;
  /**
   * A broken entry is an `unreadable` entry and the rest goes on. HarnessError `unreadable` is for a file that as a
   * whole is not of this format.
   */
  read(chunks: AsyncIterable<Uint8Array>, reading: Reading): AsyncIterable<Entry>;
}
