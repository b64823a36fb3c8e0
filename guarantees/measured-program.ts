import { type Ended, type ProgramOptions, program } from './program.js';

/** Megabytes of the process: at most, and the medians of the second and of the last third of its time. */
export interface Memory {
  readonly most: number;
  readonly early: number;
  readonly late: number;
}

/** Runs the program and tells how much memory it held. */
export async function measured(
  argv: readonly string[],
  options: ProgramOptions,
): Promise<Ended & { readonly memory: Memory; readonly seconds: number }> {
  const began = performance.now();
  const ended = await program(argv, { ...options, preload: [new URL('./memory.mjs', import.meta.url)] });
  const told = /\nmemory (\{.*\})\n/.exec(ended.err)?.[1];
  if (told === undefined) throw new Error(`the program told no memory: ${ended.err.slice(-500)}`);
  return { ...ended, memory: JSON.parse(told) as Memory, seconds: (performance.now() - began) / 1000 };
}
