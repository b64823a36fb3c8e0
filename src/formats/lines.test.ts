import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Line, linesOf } from './lines.js';

async function split(chunks: readonly Uint8Array[], cap?: number): Promise<Line[]> {
  const stream = (async function* () {
    yield* chunks;
  })();
  const lines: Line[] = [];
  for await (const line of linesOf(stream, cap)) lines.push(line);
  return lines;
}

const shown = ({ bytes, line, size, last }: Line) => [bytes && Buffer.from(bytes).toString(), line, size, last];

it('splits as a text is split, however the bytes are cut', async () => {
  const piece = fc.string({ unit: fc.constantFrom('a', 'é', '\n', '\r\n', '\r') });
  await fc.assert(
    fc.asyncProperty(fc.array(piece), async (pieces) => {
      const lines = await split(pieces.map((text) => Buffer.from(text)));
      const expected = pieces.join('').split('\n');
      if (expected.at(-1) === '') expected.pop();
      expect(lines.map(({ bytes }) => Buffer.from(bytes!).toString())).toEqual(
        expected.map((line) => line.replace(/\r$/, '')),
      );
      expect(lines.map(({ line }) => line)).toEqual(expected.map((_, at) => at + 1));
    }),
    { numRuns: 500, seed: 51, endOnFailure: true },
  );
});

it('tells a line beyond the cap by its size, and a line without an end', async () => {
  const lines = await split(
    ['abc', 'defg\nxy', '\r\nlast'].map((text) => Buffer.from(text)),
    5,
  );
  expect(lines.map(shown)).toEqual([
    [undefined, 1, 7, false],
    ['xy', 2, 3, false],
    ['last', 3, 4, true],
  ]);
});
