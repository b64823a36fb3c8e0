/** Upper ends of the classes that answer times are counted in, in milliseconds; one more class holds what took longer. */
export const latencyBounds: readonly number[] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000];

/** Answer times in counts: memory does not grow with the answers, and runs can be added up. */
export class LatencyCounts {
  readonly counts: number[] = Array(latencyBounds.length + 1).fill(0);

  add(milliseconds: number): void {
    const found = latencyBounds.findIndex((bound) => milliseconds <= bound);
    this.counts[found < 0 ? latencyBounds.length : found]!++;
  }
}

/** The upper end of the class that a share of the answers lies within; infinity for the open class, undefined without answers. */
export function quantile(counts: readonly number[], share: number): number | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let seen = 0;
  const at = counts.findIndex((count) => {
    seen += count;
    return seen >= share * total;
  });
  return latencyBounds[at] ?? Number.POSITIVE_INFINITY;
}

/** Counts of several runs, added up class by class. */
export function sumOfCounts(all: readonly (readonly number[])[]): number[] {
  return Array.from({ length: latencyBounds.length + 1 }, (_, at) =>
    all.reduce((sum, counts) => sum + (counts[at] ?? 0), 0),
  );
}
