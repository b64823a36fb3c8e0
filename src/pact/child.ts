import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../errors.js';

/** A child process that answers one message at a time. Pact's native core prints and may abort: it lives only there. */
export interface Child {
  ask(message: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** What a child sends back: an answer, or what went wrong inside it. */
export type ChildReply = { readonly answer: unknown } | { readonly error: string };

export function startChild(name: 'mock' | 'verifier', env: Readonly<Record<string, string>> = {}): Child {
  const child = fork(childFile(`pact/${name}.child.js`), [], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    env: { ...process.env, PACT_DO_NOT_TRACK: '1', LOG_LEVEL: 'error', ...env },
  });
  const tail = tailOf(child);
  return { ask: (message) => ask(child, message, tail), stop: () => stop(child) };
}

/** The bundle puts children into dist/, by room; from the sources they are found there as well. */
export function childFile(file: string): string {
  const places = ['./', '../', '../../dist/'].map((place) => fileURLToPath(new URL(place + file, import.meta.url)));
  const found = places.find((place) => existsSync(place));
  if (found === undefined)
    throw new HarnessError('infrastructure', `${file} is missing: it runs in a process of its own`, {
      hint: 'Run `npm run build`, or install the package again.',
    });
  return found;
}

/** The last of what the child printed: shown only when it breaks. */
function tailOf(child: ChildProcess): () => string {
  let text = '';
  const keep = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-4000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => text.trim();
}

function ask(child: ChildProcess, message: unknown, tail: () => string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      child.off('message', heard).off('exit', gone).off('error', failed);
      act();
    };
    const heard = (reply: ChildReply) =>
      settle(() => ('error' in reply ? reject(broken(reply.error)) : resolve(reply.answer)));
    const gone = () => settle(() => reject(broken(tail())));
    const failed = (error: Error) => settle(() => reject(broken(error.message)));
    child.on('message', heard).on('exit', gone).on('error', failed);
    if (child.connected) child.send(message as object);
    else gone();
  });
}

function broken(why: string): HarnessError {
  return new HarnessError('infrastructure', `Pact's core did not do its work: ${why || 'it ended without a word'}`, {
    hint: 'Check that @pact-foundation/pact-core has a build for this platform (glibc or musl, x64 or arm64).',
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
