import type { Recording } from '../sources/recording.js';

/** How far recordings have been read. */
export interface BytesRead {
  readonly read: number;
  readonly total: number;
}

export interface Meter {
  readonly recordings: readonly Recording[];
  /** Undefined where a recording comes through a pipe or out of an archive: nobody knows how much is left. */
  bytes(): BytesRead | undefined;
}

/** The same recordings, which tell how far they have been read, however often and from where on they are opened. */
export function metered(recordings: readonly Recording[]): Meter {
  const total = recordings.reduce((sum, { size = Number.NaN }) => sum + size, 0);
  const reached = new Map<Recording, number>();
  const watched = (recording: Recording): Recording => ({
    ...recording,
    async *open(from = 0, lent) {
      let at = from;
      for await (const chunk of recording.open(from, lent)) {
        at += chunk.length;
        reached.set(recording, Math.max(at, reached.get(recording) ?? 0));
        yield chunk;
      }
    },
  });
  return {
    recordings: recordings.map(watched),
    bytes() {
      const read = [...reached.values()].reduce((sum, each) => sum + each, 0);
      return Number.isNaN(total) ? undefined : { read: Math.min(read, total), total };
    },
  };
}
