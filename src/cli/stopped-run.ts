import { contract } from '../../contracts/chift/index.js';
import { HarnessError } from '../errors.js';
import type { Interruption } from './interruption.js';
import { judgedRun, sendsNothing } from './judged-run.js';
import { secretsOf } from './secrets.js';
import type { judging, Values } from './settings.js';
import type { World } from './world.js';

export interface Attempt {
  readonly command: string;
  readonly settings: Values<typeof judging> & { readonly url?: string | undefined };
  readonly interruption: Interruption;
}

/**
 * Attempts a run. One that is refused, or whose target is out of reach before the first exchange, leaves a result all
 * the same: an older one in its place would be read as this run's.
 */
export async function orStopped(
  world: World,
  { command, settings, interruption }: Attempt,
  run: () => Promise<number>,
): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof HarnessError && (error.code === 'refused' || error.code === 'infrastructure'))) throw error;
    return judgedRun(world, interruption, {
      command,
      contract,
      checks: {},
      sources: [() => Promise.reject(error)],
      settings,
      seed: settings.seed ?? null,
      shard: null,
      target: addressOf(settings.url),
      options: {},
      basePaths: { live: '', recorded: '' },
      minJudged: 1,
      expected: undefined,
      ...sendsNothing,
      secrets: () => secretsOf(world.env),
      artefacts: [],
    });
  }
}

/** Origin and path alone: what was refused may be refused for the credentials in it. */
function addressOf(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return null;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}
