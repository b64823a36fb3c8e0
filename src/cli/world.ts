import { once } from 'node:events';
import { type Clock, systemClock } from '../transport/clock.js';

/** Everything a command may touch outside its arguments, so that a test can run one in-process with its own. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** After a write that gave false: true when standard output takes more, false when its reader is gone. */
  drained(): Promise<boolean>;
  /** A fresh unsigned 32-bit seed. */
  seed(): number;
  /** Unique among all runs; lower-case hex. */
  readonly runId: string;
  /** Calls back once with the exit code of the first interrupting signal; gives a function that stops listening. */
  onInterrupt(stop: (exitCode: number) => void): () => void;
}

export interface Output {
  write(text: string | Uint8Array): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 143 } as const;

/** The process itself; a second signal of the same kind ends it at once. */
export function processWorld(): World {
  let runId: string | undefined;
  return {
    env: process.env,
    cwd: process.cwd(),
    clock: systemClock,
    // Made when they are asked for: `--help` would pay for them and need none.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    drained: () =>
      once(process.stdout, 'drain').then(
        () => true,
        () => false,
      ),
    seed: () => crypto.getRandomValues(new Uint32Array(1))[0]!,
    get runId() {
      runId ??= crypto.randomUUID().replaceAll('-', '').slice(0, 16);
      return runId;
    },
    onInterrupt(stop) {
      const listeners = Object.entries(signals).map(([name, code]) => {
        const listener = () => stop(code);
        process.once(name, listener);
        return () => process.removeListener(name, listener);
      });
      return () => {
        for (const remove of listeners) remove();
      };
    },
  };
}
