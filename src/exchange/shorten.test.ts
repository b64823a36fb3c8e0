import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestText, shorten } from './shorten.js';

const margin = 100;
/** Shortest text of which only the ends are looked at, less one. */
const wholeUpTo = 2 * (longestText + margin);
const asItIs = (text: string): string => text;

/** What stands before the note, the number in it, and what stands behind it. */
function parts(kept: string): [start: string, omitted: number, end: string] {
  const [, start, omitted, end] = /^([\s\S]*)\n\.\.\. (\d+) left out \.\.\.\n([\s\S]*)$/.exec(kept)!;
  return [start!, Number(omitted), end!];
}

/** Pairs of surrogates between characters that differ by their place. */
const longest = Array.from({ length: wholeUpTo + 2 }, (_, at) => `😀${String.fromCharCode(0x4e00 + (at % 997))}`).join(
  '',
);
const textOf = (length: number, shift: number): string => longest.slice(shift, shift + length);

describe('a text that is shortened', () => {
  it('is its start, the true number of what is left out, and its end', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.constantFrom(longestText + 1, longestText + 2, wholeUpTo - 1, wholeUpTo, wholeUpTo + 1),
          fc.integer({ min: longestText + 1, max: 3 * wholeUpTo }),
        ),
        fc.nat(2),
        (length, shift) => {
          const text = textOf(length, shift);
          const { kept, omitted } = shorten(text, asItIs, margin);
          const [start, told, end] = parts(kept);
          expect(told).toBe(omitted);
          expect(start.length + omitted + end.length).toBe(length);
          expect(text.startsWith(start) && text.endsWith(end)).toBe(true);
          const [head, tail] = [start.length / longestText, end.length / longestText];
          expect([head.toFixed(3), tail.toFixed(3)]).toEqual(['0.667', '0.333']);
        },
      ),
      { seed: 21, numRuns: 60 },
    );
  });

  it.each([longestText + 20, wholeUpTo + 20])('keeps no half of a pair at the cut (%d characters)', (length) => {
    for (const shift of [0, 1, 2]) {
      const [start, , end] = parts(shorten(textOf(length, shift), asItIs, margin).kept);
      expect([start.at(-1)! >= '\ud800' && start.at(-1)! <= '\udbff', /^[\udc00-\udfff]/.test(end)]).toEqual([
        false,
        false,
      ]);
      expect(longestText - start.length - end.length).toBeLessThanOrEqual(2);
    }
  });

  it.each([0, 1, longestText])('of %d characters is as it was', (length) => {
    const text = 'x'.repeat(length);
    expect(shorten(text, asItIs, margin)).toEqual({ kept: text, omitted: 0 });
  });

  it('was hidden whole before it is cut, up to twice of what is kept', () => {
    const seen: string[] = [];
    const hide = (text: string): string => {
      seen.push(text);
      return 'short';
    };
    expect(shorten('x'.repeat(wholeUpTo), hide, margin)).toEqual({ kept: 'short', omitted: 0 });
    expect(seen.map(({ length }) => length)).toEqual([wholeUpTo]);
  });

  it('shows no part of a word that the hiding knows, wherever the ends are cut', () => {
    const word = 'secret-of-twenty-chr';
    const hide = (text: string): string => text.replaceAll(word, '*');
    for (let shift = 0; shift < word.length; shift++) {
      const text = 'y'.repeat(shift) + word.repeat(20_000);
      expect(text.length).toBeGreaterThan(wholeUpTo);
      const [start, , end] = parts(shorten(text, hide, margin).kept);
      expect(`${start}${end}`).toMatch(/^y*\**$/);
    }
  });

  it('is never longer than what is kept, however long the mask is', () => {
    const { kept, omitted } = shorten('abcd'.repeat(50_000), (text) => text.replaceAll('abcd', '[redacted]'), margin);
    const [start, , end] = parts(kept);
    expect(start.length + end.length).toBe(longestText);
    expect(omitted).toBe(200_000 - longestText);
  });
});
