import type { Entry } from './format.js';

type Batch = Iterable<Entry | Promise<Entry>>;

/** Entries as many at a time as are at hand: to wait for each takes a good part of what reading it takes. */
export class Batches implements AsyncIterable<Entry> {
  constructor(readonly batches: AsyncIterable<Batch>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Entry> {
    for await (const batch of this.batches) yield* batch;
  }
}

/** Whatever a format reads, in batches. */
export function batchesOf(entries: AsyncIterable<Entry>): AsyncIterable<Batch> {
  return entries instanceof Batches ? entries.batches : oneByOne(entries);
}

async function* oneByOne(entries: AsyncIterable<Entry>): AsyncGenerator<Batch> {
  for await (const entry of entries) yield [entry];
}
