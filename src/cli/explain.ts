import { exitCodes, HarnessError } from '../errors.js';
import { catalogue, type FindingCode } from '../finding/catalogue.js';
import type { World } from './world.js';

/** Prints what a finding code means, an example and what to do; every code with its title when none is named. */
export function explain(world: World, code: string | undefined): number {
  if (code === undefined) {
    const width = Math.max(...Object.keys(catalogue).map((name) => name.length));
    for (const [name, { severity, title }] of Object.entries(catalogue))
      world.stdout.write(`${name.padEnd(width)}  ${severity.padEnd(7)}  ${title}\n`);
    return exitCodes.conforms;
  }
  if (!Object.hasOwn(catalogue, code)) throw unknown(code);
  const { severity, title, meaning, example, advice } = catalogue[code as FindingCode];
  world.stdout.write(`${code} (${severity})\n${title}\n\n${meaning}\n\nExample: ${example}\nWhat to do: ${advice}\n`);
  return exitCodes.conforms;
}

function unknown(code: string): HarnessError {
  const words = code
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 2);
  const near = Object.keys(catalogue).filter((name) => words.some((word) => name.includes(word)));
  const hint =
    near.length > 0
      ? `Did you mean ${near.slice(0, 5).join(', ')}?`
      : 'chift-contract explain, without a code, lists them all.';
  return new HarnessError('usage', `there is no finding code ${code}`, { hint });
}
