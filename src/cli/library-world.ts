import { resolve } from 'node:path';
import { processWorld, type World } from './world.js';

/** What a run needs of the program that calls it; all of it may be left out. */
export interface CallerOptions {
  /** Ends the run early; what was seen until then is in the result. */
  readonly signal?: AbortSignal | undefined;
  /** Folder that file names start from, and where the ledger of a foreign target lies. Default: the working folder. */
  readonly cwd?: string | undefined;
  /** Credentials and `CHIFT_…` settings. Default: the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

const nowhere = { write: () => true };

/** The process without its screen, its standard input and its signals: a library prints nothing and takes none of them. */
export function libraryWorld({ signal, cwd, env }: CallerOptions): World {
  const process = processWorld();
  return {
    ...process,
    cwd: resolve(cwd ?? process.cwd),
    env: env ?? process.env,
    stdout: nowhere,
    stderr: nowhere,
    onInterrupt(stop) {
      const listener = () => stop(130);
      if (signal?.aborted) listener();
      signal?.addEventListener('abort', listener, { once: true });
      return () => signal?.removeEventListener('abort', listener);
    },
  };
}
