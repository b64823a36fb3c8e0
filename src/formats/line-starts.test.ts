import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineStarts, untilLine } from './line-starts.js';

const texts = fc
  .array(fc.constantFrom('a', '{"b":1}', '', ' ', '\t', '\r', 'é', '\n', '\n', '\r\n'), { maxLength: 30 })
  .map((pieces) => Buffer.from(pieces.join('')));

async function* cutEvery(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}

/** Where each line begins, by splitting the whole. */
function slowly(bytes: Buffer) {
  let [offset, index] = [0, 0];
  return bytes
    .toString('latin1')
    .split('\n')
    .map((text, line) => {
      const start = { offset, line, index };
      offset += text.length + 1;
      if (!/^[ \t\r]*$/.test(text)) index++;
      return start;
    })
    .filter((start) => start.offset < bytes.length);
}

describe('lineStarts', () => {
  it('finds the line at or behind each mark, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.array(fc.nat(60)), fc.integer({ min: 1, max: 9 }), async (bytes, some, size) => {
        const marks = some.sort((a, b) => a - b);
        const lines = slowly(bytes);
        const expected = marks.flatMap((mark) => lines.find(({ offset }) => offset >= mark) ?? []);
        expect(await all(lineStarts(cutEvery(bytes, size), marks))).toEqual(expected);
      }),
      { seed: 31, numRuns: 400 },
    );
  });
});

describe('untilLine', () => {
  it('ends with the last line that begins before the end', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.nat(60), fc.integer({ min: 1, max: 9 }), async (bytes, end, size) => {
        const starts = slowly(bytes).map(({ offset }) => offset);
        fc.pre(starts.length > 0 && end > 0);
        const expected = starts.find((offset) => offset >= end) ?? bytes.length;
        const got = Buffer.concat(await all(untilLine(cutEvery(bytes, size), 0, end)));
        expect(got.length).toBe(expected);
      }),
      { seed: 32, numRuns: 400 },
    );
  });
});
