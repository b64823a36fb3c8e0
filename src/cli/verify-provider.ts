import { contract } from '../../contracts/chift/index.js';
import { properties } from '../../properties/chift/index.js';
import type { Kind } from '../property/property.js';
import type { RunResult } from '../run/result.js';
import { interruptionOf } from './interruption.js';
import { runToResult } from './judged-run.js';
import { type CallerOptions, libraryWorld } from './library-world.js';
import type { ShardOption } from './parse.js';
import { judging, live, parseValues, settle } from './settings.js';
import { onStage } from './stage.js';
import { introduce, verifyRun } from './verify.js';

/** What {@link verifyProvider | verify} takes: the flags of the command of that name, each as a value or as the text of its flag. */
export interface VerifyOptions extends CallerOptions {
  /** Base URL of the provider (else `CHIFT_BASE_URL`); without one, an embedded sandbox is started for the run. */
  readonly url?: string | undefined;
  /** UUID of the consumer whose contacts are created and read (else `CHIFT_CONSUMER_ID`). */
  readonly consumer?: string | undefined;
  /** UUID of the connection, where the consumer has several (else `CHIFT_CONNECTION_ID`). */
  readonly connection?: string | undefined;
  /** The consumer once more: outside loopback nothing is written without it. */
  readonly allowWrites?: string | undefined;
  /** Writes although a name looks like production. Default false. */
  readonly allowProduction?: boolean | undefined;
  /** Markup, formulas and control characters also at a foreign target. Default false. */
  readonly hostileStrings?: boolean | undefined;
  /** Folder of counterexamples to try first; new ones are added to it. */
  readonly corpus?: string | undefined;
  /** Unsigned 32-bit seed of everything random; drawn when left out, and always in `run.seed` of the result. */
  readonly seed?: number | string | undefined;
  /** Requests in all, retries and shrinking included. Default 500. */
  readonly maxRequests?: number | string | undefined;
  /** Contacts that may be created; 25 when left out at a foreign target. */
  readonly maxCreates?: number | string | undefined;
  /** Milliseconds, or `60s`, after which nothing more is sent. */
  readonly maxTime?: number | string | undefined;
  /** Milliseconds, or `30s`: the longest wait for one answer. Default 30 seconds. */
  readonly timeout?: number | string | undefined;
  /** Requests in flight at once, 1 to 64. Default 4. */
  readonly concurrency?: number | string | undefined;
  /** Requests per second, or `60/m`. No limit when left out. */
  readonly rateLimit?: number | string | undefined;
  /** Kinds of property to try; all when left out. */
  readonly only?: readonly Kind[] | string | undefined;
  /** How exactly a contact must come back. Default `strict`. */
  readonly echo?: 'strict' | 'normalised' | 'off' | undefined;
  /** One part of the plan, `2/4` or `{ index: 2, total: 4 }`. */
  readonly shard?: ShardOption | string | undefined;
  /** File of accepted findings. */
  readonly known?: string | undefined;
  /** Lowest severity that makes the verdict `violates`. Default `error`. */
  readonly failOn?: 'error' | 'warning' | undefined;
}

const { seed, known, failOn } = judging;
const { dryRun: _, ...driven } = live;
const ours = { seed, known, failOn, ...driven };

/**
 * Drives a live provider, or the embedded one, and judges every answer, as `chift-contract verify` does, but prints
 * nothing and writes no report. Broken promises are findings in the result (`verdict`, `exitCode`, `findings`), never
 * thrown. What a run creates at a named target is kept in `.chift-contract/ledger` below `cwd` before the next request.
 *
 * @throws HarnessError `usage` for an option that does not parse or missing credentials, `refused` where writing is not
 * allowed; nothing was sent then. A provider out of reach is the verdict `infrastructure`.
 */
export async function verifyProvider({ signal, cwd, env, ...options }: VerifyOptions = {}): Promise<RunResult> {
  const world = libraryWorld({ signal, cwd, env });
  const given = parseValues(ours, { ...options }, 'verify');
  const silent = { ...given, report: [], quiet: true };
  const settings = settle({ ...judging, ...live }, silent, world.env, { file: '', values: {} });
  const seed = settings.seed ?? world.seed();
  const interruption = interruptionOf(world);
  try {
    return await onStage(
      { world, contract, properties, settings, seed, signal: interruption.signal },
      async (stage) => {
        await introduce(world, settings, stage);
        return (await runToResult(world, interruption, verifyRun(world, settings, stage, seed))).result;
      },
    );
  } finally {
    interruption.end();
  }
}
