import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairwise } from './pairs.js';

const levels = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 12 });

test('every pair of levels of two columns is in some row, and no row is out of range', () => {
  fc.assert(
    fc.property(levels, (counts) => {
      const rows = pairwise(counts);
      for (const row of rows) expect(row.every((level, at) => level >= 0 && level < counts[at]!)).toBe(true);
      for (let left = 0; left < counts.length; left++)
        for (let right = left + 1; right < counts.length; right++) {
          const pairs = new Set(rows.map((row) => `${row[left]} ${row[right]}`));
          expect(pairs.size).toBe(counts[left]! * counts[right]!);
        }
    }),
    { seed: 5, numRuns: 200 },
  );
});

test('few rows: near the product of the two largest counts', () => {
  expect(pairwise(Array.from({ length: 21 }, () => 3)).length).toBeLessThanOrEqual(27);
  expect(pairwise([5, 4, 3, 3]).length).toBeLessThanOrEqual(24);
  expect(pairwise([])).toEqual([]);
  expect(pairwise([4])).toEqual([]);
});
