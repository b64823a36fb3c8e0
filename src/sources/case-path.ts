import type { Inputs } from '../property/property.js';

/**
 * Address of an input: its number, or `@` and the input itself (base64url of its JSON), then for each shrink step the
 * position of the candidate taken: `17:3:0`.
 */
export type CasePath = string;

export function casePath(start: CasePath, steps: readonly number[]): CasePath {
  return [start, ...steps].join(':');
}

/** The address that carries the input itself, and so outlives every change of the generators. */
export function pathOfInput(input: unknown): CasePath {
  return `@${Buffer.from(JSON.stringify(input)).toString('base64url')}`;
}

/** The input at an address; undefined when the inputs have none there, as after a change of the model. */
export function inputAt<I>(inputs: Inputs<I>, path: CasePath): { readonly input: I } | undefined {
  const [start = '', ...steps] = path.split(':');
  if (!steps.every((step) => /^\d+$/.test(step))) return undefined;
  let found = startingAt(inputs, start);
  for (const step of steps) if (found) found = nth(inputs.shrink(found.input), Number(step));
  return found;
}

function startingAt<I>(inputs: Inputs<I>, start: string): { readonly input: I } | undefined {
  if (start.startsWith('@')) return decoded(start.slice(1));
  return /^\d+$/.test(start) && Number(start) < inputs.count ? { input: inputs.at(Number(start)) } : undefined;
}

function decoded<I>(text: string): { readonly input: I } | undefined {
  try {
    return { input: JSON.parse(Buffer.from(text, 'base64url').toString()) as I };
  } catch {
    return undefined;
  }
}

function nth<I>(items: Iterable<I>, position: number): { readonly input: I } | undefined {
  let at = 0;
  for (const input of items) if (at++ === position) return { input };
  return undefined;
}
