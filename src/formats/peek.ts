export interface Peeked {
  readonly head: Uint8Array;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** For who does not read the chunks. */
  close(): Promise<unknown>;
}

/** The first bytes, at least `size` of them unless there are fewer, and all bytes, the first ones included. */
export async function peeked(source: AsyncIterable<Uint8Array>, size: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  for (let seen = 0; seen < size; ) {
    const { value, done } = await iterator.next();
    if (done) break;
    first.push(value);
    seen += value.length;
  }
  async function* all() {
    yield* first;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  const close = async () => iterator.return?.();
  return { head: first.length === 1 ? first[0]! : Buffer.concat(first), chunks: all(), close };
}
