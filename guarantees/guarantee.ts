import { it } from 'vitest';

/** What the product promises whatever happens, and the experiment that would break the promise if it did not hold. */
export interface Guarantee {
  /** `G1` to `G18`; beside them `S…` for what is shown as well. */
  readonly id: string;
  readonly promise: string;
  readonly experiment: string;
  /** What is not promised. */
  readonly limit?: string;
}

/** What an experiment saw. */
export interface Proof {
  /** How much was tried. */
  readonly sample: string;
  readonly result: string;
}

const long = process.env['SCALE'] === 'long';

/** With DECLARE set nothing is tried: the page gets the promises, and keeps what was seen of them before. */
const declaring = process.env['DECLARE'] !== undefined;

/** Size of an experiment: minutes for all together, or the long round of the night with SCALE=long. */
export const size = (sample: number, nightly: number): number => (long ? nightly : sample);

/** Registers the experiment as a test: it throws where the promise is broken, and gives what it saw where it holds. */
export function guarantee(told: Guarantee, prove: () => Promise<Proof>): void {
  it(`${told.id} ${told.promise}`, { timeout: size(1_200_000, 14_400_000) }, async ({ task }) => {
    Object.assign(task.meta, { guarantee: told });
    if (!declaring) Object.assign(task.meta, { proof: await prove() });
  });
}
