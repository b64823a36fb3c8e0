import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LatencyClasses, LatencyCounts, sumOfClasses } from './latency.js';

const classesOf = (times: readonly number[]): LatencyClasses => {
  const counted = new LatencyCounts();
  for (const time of times) counted.add(time);
  return counted.classes;
};
const times = fc.array(fc.double({ min: 0, max: 100_000, noNaN: true }), { maxLength: 50 });

describe('answer times', () => {
  it('are each counted in the first class that is wide enough', () => {
    fc.assert(
      fc.property(times, (list) => {
        const classes = classesOf(list);
        for (const [at, { upToMs, count }] of classes.entries()) {
          const from = classes[at - 1]?.upToMs ?? Number.NEGATIVE_INFINITY;
          expect(count).toBe(list.filter((time) => time > from && time <= (upToMs ?? Number.POSITIVE_INFINITY)).length);
        }
      }),
      { seed: 11 },
    );
  });

  it('of two runs add up to those of both', () => {
    fc.assert(
      fc.property(times, times, (one, other) => {
        expect(sumOfClasses([classesOf(one), classesOf(other)])).toEqual(classesOf([...one, ...other]));
      }),
      { seed: 12 },
    );
  });
});
