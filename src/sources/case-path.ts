import type { Inputs } from '../property/property.js';

/** Address of an input: its number, then for each shrink step the position of the candidate taken: `17:3:0`. */
export type CasePath = string;

export function casePath(steps: readonly number[]): CasePath {
  return steps.join(':');
}

/** The input at an address; undefined when the inputs have none there, as after a change of the model. */
export function inputAt<I>(inputs: Inputs<I>, path: CasePath): { readonly input: I } | undefined {
  if (!/^\d+(:\d+)*$/.test(path)) return undefined;
  const [index = 0, ...steps] = path.split(':').map(Number);
  if (index >= inputs.count) return undefined;
  let input = inputs.at(index);
  for (const step of steps) {
    const candidate = nth(inputs.shrink(input), step);
    if (candidate === undefined) return undefined;
    input = candidate.value;
  }
  return { input };
}

function nth<I>(items: Iterable<I>, position: number): { readonly value: I } | undefined {
  let at = 0;
  for (const value of items) if (at++ === position) return { value };
  return undefined;
}
