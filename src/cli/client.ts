import { resolve } from 'node:path';
import { contract, demo } from '../../contracts/chift/index.js';
import { startAnsweringServer } from '../client/answering-server.js';
import { clientSource } from '../client/client-source.js';
import { sittingsOf } from '../client/sittings.js';
import { startTeamProcess, type TeamProcess } from '../client/team-process.js';
import { exitCodes } from '../errors.js';
import { interruptionOf } from './interruption.js';
import { judgedRun } from './judged-run.js';
import type { serving } from './pact-settings.js';
import type { judging, Values } from './settings.js';
import type { World } from './world.js';

type Serving = Values<typeof judging & typeof serving>;

/** Serves a team's client every answer that the contract allows, and some that it must survive; judges what it does. */
export async function client(world: World, settings: Serving, module: string): Promise<number> {
  const seed = settings.seed ?? world.seed();
  const team = await startTeamProcess(resolve(world.cwd, module), contract, settings.timeout);
  try {
    if (settings.dryRun) return tellPlan(world, settings, team, seed);
    return await judgeClient(world, settings, { module, team, seed });
  } finally {
    await team.stop();
  }
}

interface Judged {
  readonly module: string;
  readonly team: TeamProcess;
  readonly seed: number;
}

async function judgeClient(world: World, settings: Serving, { module, team, seed }: Judged): Promise<number> {
  const { consumer = demo.consumerId, maxRequests, maxTime, only, echo } = settings;
  const interruption = interruptionOf(world);
  const server = await startAnsweringServer(contract);
  const spent = { requests: 0, creates: 0, shrinkRequests: 0 };
  const began = world.clock.now();
  const source = clientSource({
    contract,
    team,
    server,
    seed,
    tenant: consumer,
    exactness: echo,
    only,
    one: settings.case,
    maxCalls: maxRequests ?? Number.POSITIVE_INFINITY,
    isLate: () => maxTime !== undefined && world.clock.now() - began > maxTime,
    count(requests, shrinking) {
      spent.requests += requests;
      if (shrinking) spent.shrinkRequests += requests;
    },
  });
  try {
    return await judgedRun(world, interruption, {
      command: 'client',
      contract,
      checks: {},
      sources: [source],
      settings,
      seed,
      shard: null,
      target: module,
      options: { endpoints: team.endpoints, consumer, maxRequests: maxRequests ?? null, only: only ?? null, echo },
      basePaths: { live: '', recorded: '' },
      minJudged: 1,
      expected: undefined,
      spent: () => spent,
      secrets: () => [],
      caseAgain: (path) => ['client', module, '--seed', String(seed), '--case', path.slice(path.indexOf(':') + 1)],
      ownAnswers: true,
      artefacts: [],
    });
  } finally {
    await server.close();
    interruption.end();
  }
}

function tellPlan({ stdout }: World, { only }: Serving, { endpoints }: TeamProcess, seed: number): number {
  stdout.write('Nothing is served.\n');
  for (const id of endpoints)
    for (const { id: name, kind, label } of sittingsOf(contract, id, seed))
      if (only?.includes(kind) ?? true) stdout.write(`  ${name}  (${kind}: ${label})\n`);
  return exitCodes.conforms;
}
