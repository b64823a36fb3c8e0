import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { HarnessError, type HarnessErrorCode } from '../errors.js';
import { childFile } from '../pact/child.js';
import type { Spread } from '../sources/documents.js';
import type { Stretch } from '../sources/parts.js';
import type { Judged, StretchSettings } from './judge-stretch.js';

export interface ThreadOptions {
  readonly threads: number;
  /** See {@link Spread}. */
  readonly from: number;
  readonly bytes: Spread['bytes'];
  /** Told the profile of each stretch, in their order. */
  profiled(profile: NonNullable<Judged['profile']>): void;
}

/** Judges the stretches of one recording on several threads; what comes out is in the order of the recording. */
export function threads(
  settings: Omit<StretchSettings, 'file' | 'path' | 'format'>,
  { threads: count, from, bytes, profiled }: ThreadOptions,
): Spread {
  return {
    from,
    bytes,
    async *judge({ file, path }, format, stretches, signal) {
      const workerData: StretchSettings = { ...settings, file, path: path!, format };
      const workers = Array.from(
        { length: count },
        () => new Worker(childFile('cli/stretch.worker.js'), { workerData }),
      );
      try {
        for await (const judged of inOrder(stretches, workers, signal)) {
          if (judged.profile) profiled(judged.profile);
          yield judged;
          if (judged.trouble) throw asError(judged.trouble);
        }
      } finally {
        await Promise.all(workers.map((worker) => worker.terminate()));
      }
    },
  };
}

/** Two stretches in hand for each worker, so that none waits for the slowest. */
async function* inOrder(
  stretches: AsyncIterable<Stretch>,
  workers: readonly Worker[],
  signal: AbortSignal,
): AsyncGenerator<Judged> {
  const turns = workers.map(() => Promise.resolve() as Promise<unknown>);
  const pending: Promise<Judged>[] = [];
  let next = 0;
  for await (const stretch of stretches) {
    if (signal.aborted) return;
    const at = next++ % workers.length;
    const judged = turns[at]!.then(() => ask(workers[at]!, stretch));
    judged.catch(() => undefined);
    turns[at] = judged;
    pending.push(judged);
    if (pending.length >= 2 * workers.length) yield await pending.shift()!;
  }
  for (const judged of pending) {
    if (signal.aborted) return;
    yield await judged;
  }
}

async function ask(worker: Worker, stretch: Stretch): Promise<Judged> {
  worker.postMessage(stretch);
  const ended = new AbortController();
  try {
    const [judged] = (await Promise.race([
      once(worker, 'message', { signal: ended.signal }),
      once(worker, 'exit', { signal: ended.signal }).then(() => {
        throw new Error('a thread ended before its work was done');
      }),
    ])) as [Judged];
    return judged;
  } finally {
    ended.abort();
  }
}

function asError({ code, message, hint }: NonNullable<Judged['trouble']>): HarnessError {
  return new HarnessError(code as HarnessErrorCode, message, hint === undefined ? {} : { hint });
}
