import type { LineStart } from '../formats/format.js';
import type { Shard } from './plan.js';
import type { Recording } from './recording.js';

/** Bytes of one recording whose entries are read; an entry belongs where it begins. */
export interface Part {
  readonly from: number;
  /** The first byte that is not in it. */
  readonly to: number;
}

/** A part of a recording of lines, and the line from which on it is read, so that what relates two exchanges is seen. */
export interface Stretch extends Part {
  readonly start: LineStart;
}

export const whole: Part = { from: 0, to: Number.POSITIVE_INFINITY };

/**
 * The part of each recording that a shard reads: of all their bytes, laid end to end, the shard's share. Undefined for a
 * recording that another shard reads, and for one whose size nobody knows.
 */
export function partsOf(recordings: readonly Recording[], { index, total }: Shard): Map<Recording, Part> {
  const all = recordings.reduce((sum, { size = 0 }) => sum + size, 0);
  const begin = Math.floor((all * (index - 1)) / total);
  const end = index === total ? Number.POSITIVE_INFINITY : Math.floor((all * index) / total);
  const parts = new Map<Recording, Part>();
  let before = 0;
  for (const recording of recordings) {
    const { size } = recording;
    if (size === undefined) continue;
    const from = Math.max(0, begin - before);
    const to = before + size <= end ? Number.POSITIVE_INFINITY : end - before;
    // An empty file is nobody's entry, but somebody has to say that it is empty.
    if (to > 0 && (from < size || (size === 0 && from === 0))) parts.set(recording, { from, to });
    before += size;
  }
  return parts;
}
