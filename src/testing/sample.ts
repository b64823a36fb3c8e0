/** What takes minutes is tried in part by `npm test`; with `TESTS=all`, which `.ci/run` sets, it is tried whole. */
export const triesAll = process.env['TESTS'] === 'all';

/** Every N-th, others with each `offset`, so that many offsets together try all of them. */
export function sampled<T>(all: readonly T[], every: number, offset = 0): T[] {
  return all.filter((_, at) => triesAll || (at + offset) % every === 0);
}
