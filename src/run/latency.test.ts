import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyCounts, latencyBounds, quantile, sumOfCounts } from './latency.js';

const countsOf = (times: readonly number[]): number[] => {
  const counted = new LatencyCounts();
  for (const time of times) counted.add(time);
  return counted.counts;
};
const times = fc.array(fc.double({ min: 0, max: 100_000, noNaN: true }), { minLength: 1, maxLength: 50 });

describe('answer times', () => {
  it('have a quantile that is the upper end of the class of the exact one', () => {
    fc.assert(
      fc.property(times, fc.double({ min: 0.01, max: 1, noNaN: true }), (list, share) => {
        const exact = list.toSorted((a, b) => a - b)[Math.ceil(share * list.length) - 1]!;
        const end = latencyBounds.find((bound) => exact <= bound) ?? Number.POSITIVE_INFINITY;
        expect(quantile(countsOf(list), share)).toBe(end);
      }),
      { seed: 11 },
    );
  });

  it('of two runs add up to those of both', () => {
    fc.assert(
      fc.property(times, times, (one, other) => {
        expect(sumOfCounts([countsOf(one), countsOf(other)])).toEqual(countsOf([...one, ...other]));
      }),
      { seed: 12 },
    );
  });

  it('have no quantile where there is no answer', () => {
    expect(quantile(countsOf([]), 0.5)).toBeUndefined();
  });
});
