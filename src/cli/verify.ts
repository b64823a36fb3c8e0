import { contract } from '../../contracts/chift/index.js';
import { properties } from '../../properties/chift/index.js';
import { checksFor } from '../checks/index.js';
import { plainlyConforms } from '../checks/plainly-conforms.js';
import { exitCodes } from '../errors.js';
import type { Exchange } from '../exchange/exchange.js';
import { oneLine } from '../reporters/visible-text.js';
import type { RunResult } from '../run/result.js';
import { keepCounterexamples } from './corpus.js';
import { foundDir } from './found-findings.js';
import { interruptionOf } from './interruption.js';
import { type JudgedRun, judgedRun } from './judged-run.js';
import { preflight } from './preflight.js';
import { say } from './say.js';
import { type LiveSettings, onStage, type Stage } from './stage.js';
import { orStopped } from './stopped-run.js';
import type { World } from './world.js';

/** Drives the provider at the URL, or the embedded one, through the plan and judges every answer. */
export async function verify(world: World, settings: LiveSettings): Promise<number> {
  const seed = settings.seed ?? world.seed();
  const interruption = interruptionOf(world);
  try {
    const input = { world, contract, properties, settings, seed, signal: interruption.signal };
    return await orStopped(world, { command: 'verify', settings, interruption }, () =>
      onStage(input, async (stage) => {
        if (settings.dryRun) return tellPlan(world, stage);
        await introduce(world, settings, stage);
        return judgedRun(world, interruption, verifyRun(world, settings, stage, seed));
      }),
    );
  } finally {
    interruption.end();
  }
}

/** The run that `verify` is, for the command and for the library. */
export function verifyRun(world: World, settings: LiveSettings, stage: Stage, seed: number): JudgedRun {
  return {
    command: 'verify',
    contract,
    checks: checksFor(settings.echo),
    glance: plainlyConforms(contract, settings.echo),
    sources: [stage.source],
    settings,
    seed,
    ...liveRun(world, settings, stage),
    artefacts: [],
  };
}

/** Shows, before anything is written beyond loopback, whose contacts these are. */
export async function introduce(
  world: World,
  settings: LiveSettings,
  { target, consumer, door }: Stage,
): Promise<void> {
  if (target.loopback) return;
  const { allowProduction, quiet } = settings;
  const who = await preflight({ contract, door, target, consumer, allowProduction });
  if (!quiet) say(world.stdout, oneLine(who));
}

const kinds = new Map(properties.map(({ id, kind }) => [id, kind]));

const kindOf = ({ origin }: Exchange): string | undefined =>
  origin.kind === 'live' ? kinds.get(origin.property) : 'recorded';

/** How a report names the target when no URL was given. */
export const embeddedTarget = 'the embedded sandbox';

/** What a judged run needs to know of its stage. */
export function liveRun(world: World, settings: LiveSettings, stage: Stage) {
  const { budget, target, consumer, secrets } = stage;
  const { maxRequests, maxTime, concurrency, echo, only, shard } = settings;
  return {
    shard: shard === undefined ? null : `${shard.index}/${shard.total}`,
    target: settings.url === undefined ? embeddedTarget : `${target.origin}${target.basePath}`,
    options: {
      consumer,
      maxRequests,
      maxCreates: finite(budget.limits.maxCreates),
      maxTime: maxTime ?? null,
      concurrency,
      echo,
      only: only ?? null,
    },
    basePaths: { live: target.basePath, recorded: '' },
    minJudged: 1,
    kindOf,
    expected: maxRequests,
    spent: () => ({ requests: budget.requests, creates: budget.creates, shrinkRequests: budget.shrinkRequests }),
    secrets: () => secrets,
    foundFile: settings.url === undefined ? undefined : `${foundDir}/${world.runId}.ndjson`,
    keep: async (result: RunResult) => {
      const { corpus: dir } = settings;
      if (dir !== undefined)
        await keepCounterexamples({ cwd: world.cwd, dir, properties, around: stage.around }, result);
    },
    replayFlags: replayFlags(settings, stage),
  };
}

/** What the inputs of a case and where it went depend on. */
function replayFlags({ url, connection, hostileStrings }: LiveSettings, { target, consumer }: Stage): string[] {
  if (url === undefined) return [];
  return [
    '--url',
    `${target.origin}${target.basePath}`,
    ...(connection === undefined ? [] : ['--connection', connection]),
    ...(target.loopback ? [] : ['--allow-writes', consumer, ...(hostileStrings ? ['--hostile-strings'] : [])]),
  ];
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function tellPlan(world: World, { plan, target, consumer }: Stage): number {
  const counts = new Map<string, number>();
  for (const { property } of plan.cases) counts.set(property.id, (counts.get(property.id) ?? 0) + 1);
  say(world.stdout, `Nothing is sent. At ${target.origin}${target.basePath}, for consumer ${consumer}:`);
  for (const [id, count] of counts)
    say(world.stdout, `${String(count).padStart(6)} ${count === 1 ? 'case ' : 'cases'}  ${id}`);
  say(world.stdout, 'Random bodies follow as far as the budget goes.');
  return exitCodes.conforms;
}
