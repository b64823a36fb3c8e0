import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../dist/cli/bin.js', import.meta.url));

export interface ProgramOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Modules that are loaded before the program. */
  readonly preload?: readonly URL[];
  /** Flags of Node itself. */
  readonly node?: readonly string[];
  /** Told of the process as soon as it runs. */
  started?(child: ChildProcess): void;
}

export interface Ended {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built program in a process of its own, with nothing of this environment but the path. */
export function program(argv: readonly string[], options: ProgramOptions): Promise<Ended> {
  const { cwd, env = {}, preload = [], node = [], started } = options;
  const imports = preload.flatMap((module) => ['--import', module.href]);
  const child = spawn(process.execPath, [...node, ...imports, bin, ...argv], {
    cwd,
    env: { PATH: process.env['PATH'], NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    told.out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    told.err += chunk;
  });
  started?.(child);
  return new Promise((resolve) => {
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal, ...told }));
  });
}
