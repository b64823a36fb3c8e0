import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../cli/main.js';
import type { World } from '../cli/world.js';
import { systemClock } from '../transport/clock.js';

export interface TestWorld extends World {
  /** Everything printed so far. */
  readonly printed: { readonly out: string; readonly err: string };
  /** Sends the interrupting signal. */
  interrupt(exitCode?: number): void;
}

export interface TestWorldOptions {
  readonly cwd: string;
  readonly env?: World['env'];
  readonly stdin?: string | Uint8Array;
}

/** A world for running commands in-process: a folder of its own, text instead of a terminal, the real clock. */
export function testWorld({ cwd, env = {}, stdin = '' }: TestWorldOptions): TestWorld {
  const printed = { out: '', err: '' };
  const listeners = new Set<(exitCode: number) => void>();
  return {
    env,
    cwd,
    clock: systemClock,
    stdin: (async function* () {
      if (stdin.length > 0) yield typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin;
    })(),
    stdout: {
      write(text) {
        printed.out += Buffer.from(text as string).toString();
        return true;
      },
    },
    stderr: {
      write(text) {
        printed.err += Buffer.from(text as string).toString();
        return true;
      },
    },
    drained: async () => true,
    seed: () => 1,
    runId: randomUUID().replaceAll('-', ''),
    onInterrupt(stop) {
      listeners.add(stop);
      return () => {
        listeners.delete(stop);
      };
    },
    printed,
    interrupt(exitCode = 130) {
      for (const stop of listeners) stop(exitCode);
    },
  };
}

export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line in-process. */
export async function command(argv: readonly string[], options: TestWorldOptions): Promise<Ran> {
  const world = testWorld(options);
  const exitCode = await main(argv, world);
  return { exitCode, ...world.printed };
}

/** A temporary folder for one test; removed by the function given back with it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'chift-contract-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
