import { contract, startSandbox } from '../../contracts/chift/index.js';
import { properties } from '../../properties/chift/index.js';
import { checksFor } from '../checks/index.js';
import { exitCodes } from '../errors.js';
import { interruptionOf } from './interruption.js';
import { judgedRun } from './judged-run.js';
import { type LiveSettings, openStage, type Stage } from './stage.js';
import type { World } from './world.js';

/** Drives the provider at the URL, or the embedded one, through the plan and judges every answer. */
export async function verify(world: World, settings: LiveSettings): Promise<number> {
  const seed = settings.seed ?? world.seed();
  const interruption = interruptionOf(world);
  const sandbox = await startSandbox({});
  let stage: Stage | undefined;
  try {
    stage = openStage({ world, contract, properties, settings, seed, host: sandbox, signal: interruption.signal });
    if (settings.dryRun) return tellPlan(world, stage);
    return await judgedRun(world, interruption, {
      command: 'verify',
      contract,
      checks: checksFor(settings.echo),
      sources: [stage.source],
      settings,
      seed,
      ...liveRun(settings, stage),
      artefacts: [],
    });
  } finally {
    interruption.end();
    await stage?.close();
    await sandbox.close();
  }
}

/** What a judged run needs to know of its stage. */
export function liveRun(settings: LiveSettings, stage: Stage) {
  const { budget, target, consumer, secrets } = stage;
  const { maxRequests, maxTime, concurrency, echo, only, shard } = settings;
  return {
    shard: shard === undefined ? null : `${shard.index}/${shard.total}`,
    target: `${target.origin}${target.basePath}`,
    options: {
      consumer,
      maxRequests,
      maxCreates: finite(budget.limits.maxCreates),
      maxTime: maxTime ?? null,
      concurrency,
      echo,
      only: only ?? null,
    },
    basePath: target.basePath,
    minJudged: 1,
    expected: maxRequests,
    spent: () => ({ requests: budget.requests, creates: budget.creates, shrinkRequests: budget.shrinkRequests }),
    secrets: () => secrets,
  };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function tellPlan(world: World, { plan, target, consumer }: Stage): number {
  const counts = new Map<string, number>();
  for (const { property, filler } of plan) if (!filler) counts.set(property.id, (counts.get(property.id) ?? 0) + 1);
  world.stdout.write(`Nothing is sent. At ${target.origin}${target.basePath}, for consumer ${consumer}:\n`);
  for (const [id, count] of counts) world.stdout.write(`${String(count).padStart(6)} cases  ${id}\n`);
  world.stdout.write('Random bodies follow as far as the budget goes.\n');
  return exitCodes.conforms;
}
