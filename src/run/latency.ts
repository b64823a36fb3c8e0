import type { RunResult } from './result.js';

export type LatencyClasses = NonNullable<RunResult['latency']>[string];

/** Upper ends of the classes that answer times are counted in, in milliseconds; one more class holds what took longer. */
const bounds: readonly (number | null)[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000],
  null,
];

/** Answer times in counts: memory does not grow with the answers, and runs can be added up. */
export class LatencyCounts {
  readonly classes: { readonly upToMs: number | null; count: number }[] = bounds.map((upToMs) => ({
    upToMs,
    count: 0,
  }));

  add(milliseconds: number): void {
    this.classes.find(({ upToMs }) => upToMs === null || milliseconds <= upToMs)!.count++;
  }

  absorb(classes: readonly { readonly count: number }[]): void {
    for (const [at, { count }] of classes.entries()) this.classes[at]!.count += count;
  }
}

/** Counts of several runs, added up class by class. */
export function sumOfClasses(all: readonly LatencyClasses[]): LatencyClasses {
  return bounds.map((upToMs) => ({
    upToMs,
    count: all.flat().reduce((sum, each) => sum + (each.upToMs === upToMs ? each.count : 0), 0),
  }));
}
