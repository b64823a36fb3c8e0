import { HarnessError } from '../errors.js';
import type { RunResult } from '../run/result.js';
import type { Recording } from '../sources/recording.js';
import { checkRun } from './check.js';
import { interruptionOf } from './interruption.js';
import { runToResult } from './judged-run.js';
import { type CallerOptions, libraryWorld } from './library-world.js';
import type { ShardOption } from './parse.js';
import { openRecordings } from './recordings.js';
import { judging, parseValues, recorded, settle } from './settings.js';

type Headers = Readonly<Record<string, string | readonly string[]>> | readonly (readonly [string, string])[];

/** One request with its answer, as a line of an NDJSON recording says it; plain JSON data. */
export interface RecordedExchange {
  readonly request: {
    readonly method: string;
    /** Absolute, or the path alone. */
    readonly url: string;
    readonly headers?: Headers;
    /** The text, or the value that was sent as JSON; left out where it was not recorded. */
    readonly body?: unknown;
    /** The exact bytes, in base64, instead of `body`. */
    readonly bodyBase64?: string;
  };
  /** Null where no answer came. */
  readonly response: {
    readonly status: number;
    readonly headers?: Headers;
    /** The text, or the value that came as JSON; `''` was empty, left out was not recorded and proves nothing. */
    readonly body?: unknown;
    readonly bodyBase64?: string;
  } | null;
  /** From the first byte sent to the last received. */
  readonly durationMs?: number;
}

/** What {@link checkExchanges} takes: the flags of `chift-contract check`, each as a value or as the text of its flag. */
export interface CheckOptions extends CallerOptions {
  /** Format of the recordings: `auto` (the default), `har`, `ndjson` and so on. */
  readonly format?: string | undefined;
  /** Fewer judged exchanges than this make the verdict `inconclusive`. Default 1. */
  readonly minJudged?: number | string | undefined;
  /** Path before the endpoint paths, such as `/api/v1`. */
  readonly basePath?: string | undefined;
  /** How exactly a contact must come back. Default `strict`. */
  readonly echo?: 'strict' | 'normalised' | 'off' | undefined;
  /** Tell per field what was recorded, in `profile` of the result. Default false. */
  readonly profile?: boolean | undefined;
  /** A share of the bytes of files, or every N-th of exchanges in memory: `2/4` or `{ index: 2, total: 4 }`. */
  readonly shard?: ShardOption | string | undefined;
  /** File of accepted findings. */
  readonly known?: string | undefined;
  /** Lowest severity that makes the verdict `violates`. Default `error`. */
  readonly failOn?: 'error' | 'warning' | undefined;
}

const { known, failOn } = judging;
const ours = { known, failOn, ...recorded };

/**
 * Judges exchanges that were recorded, as `chift-contract check` does, but prints and writes nothing. Takes the exchanges
 * themselves, or names of files, folders and globs. Every entry is accounted for in `totals`; broken promises are
 * `findings` of the result, never thrown; with nothing judged the verdict is `inconclusive`, never `conforms`.
 *
 * @throws HarnessError `usage` for an option that does not parse or data that is no JSON, `unreadable` for a file that is
 * not there.
 */
export async function checkExchanges(
  input: readonly RecordedExchange[] | readonly string[] | string,
  { signal, cwd, env, ...options }: CheckOptions = {},
): Promise<RunResult> {
  const world = libraryWorld({ signal, cwd, env });
  const given = { ...parseValues(ours, { ...options }, 'checkExchanges'), report: [], quiet: true };
  const settings = settle({ ...judging, ...recorded }, given, world.env, { file: '', values: {} });
  const named = typeof input === 'string' ? [input] : input;
  const files = named.filter((one) => typeof one === 'string');
  if (files.length > 0 && files.length < named.length)
    throw new HarnessError('usage', 'checkExchanges: either exchanges or names of files, not both');
  const recordings = files.length > 0 ? await openRecordings(files, world) : inMemory(named);
  const interruption = interruptionOf(world);
  try {
    return (await runToResult(world, interruption, checkRun(settings, recordings, files.join(' ') || memory))).result;
  } finally {
    interruption.end();
  }
}

const memory = 'exchanges in memory';

/** One recording in the NDJSON format: what is judged in memory is read as a file with the same lines would be. */
function inMemory(exchanges: readonly unknown[]): Recording[] {
  if (exchanges.length === 0) return [];
  const lines = exchanges.map(line);
  return [
    {
      file: memory,
      async *open() {
        for (const each of lines) yield Buffer.from(each);
      },
    },
  ];
}

function line(exchange: unknown, index: number): string {
  try {
    return `${JSON.stringify(exchange)}\n`;
  } catch (cause) {
    throw new HarnessError('usage', `checkExchanges: exchange ${index} is no JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
}
