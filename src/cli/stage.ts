import { join } from 'node:path';
import { demo, startSandbox } from '../../contracts/chift/index.js';
import type { Contract } from '../contract/contract.js';
import { HarnessError } from '../errors.js';
import type { Property, Surroundings } from '../property/property.js';
import { caller } from '../sources/caller.js';
import { fuzz } from '../sources/fuzz.js';
import { type Plan, planOf, withEarlier } from '../sources/plan.js';
import type { Source } from '../sources/source.js';
import type { Budget } from '../transport/budget.js';
import type { Door } from '../transport/door.js';
import { type Journal, lazyJournal, noJournal } from '../transport/journal.js';
import { grantWrites, type Target, targetOf } from '../transport/permit.js';
import { corpusCases } from './corpus.js';
import { openGate } from './gate.js';
import type { judging, live, Values } from './settings.js';
import type { World } from './world.js';

/** Where runs leave what they created, below the working directory; not among the reports, which people delete. */
export const ledgerDir = '.chift-contract/ledger';

export type LiveSettings = Values<typeof judging & typeof live>;

export interface StageInput {
  readonly world: World;
  readonly contract: Contract;
  readonly properties: readonly Property[];
  readonly settings: LiveSettings;
  readonly seed: number;
  readonly signal: AbortSignal;
}

interface HostedInput extends StageInput {
  /** The target when no URL is given. */
  readonly sandboxUrl: string;
}

/** A live target with everything that is allowed on it, and the plan that will be tried. */
export interface Stage {
  readonly target: Target;
  readonly consumer: string;
  readonly plan: Plan;
  readonly budget: Budget;
  /** Grows by every token that is fetched. */
  readonly secrets: ReadonlySet<string>;
  readonly source: Source;
  readonly door: Door;
  readonly around: Surroundings;
  close(): Promise<void>;
}

/** Gives a stage to `use` and clears it away after; the embedded sandbox is started only where no URL is given. */
export async function onStage<T>(input: StageInput, use: (stage: Stage) => Promise<T>): Promise<T> {
  const sandbox = input.settings.url === undefined ? await startSandbox() : undefined;
  let stage: Stage | undefined;
  try {
    stage = openStage({ ...input, sandboxUrl: sandbox?.url ?? '' });
    return await use(stage);
  } finally {
    await stage?.close();
    await sandbox?.close();
  }
}

/** Sets the stage or throws: refused without a permit to write, usage where something is not said. Nothing is sent yet. */
function openStage(input: HostedInput): Stage {
  const { world, contract, settings, signal } = input;
  const target = targetOf(settings.url ?? input.sandboxUrl);
  const consumer = consumerFor(input, target);
  const { allowWrites, maxCreates, concurrency } = settings;
  const permit = settings.dryRun
    ? undefined
    : grantWrites({ target, consumer, allowWrites, maxCreates, environment: world.env });
  const gate = openGate({
    world,
    contract,
    target,
    tenant: consumer,
    permit,
    maxRequests: settings.maxRequests,
    maxTimeMs: settings.maxTime,
    timeoutMs: settings.timeout,
    concurrency,
    rateLimit: settings.rateLimit,
    journal: journalFor(input, target, consumer),
    signal,
    dryRun: settings.dryRun,
  });
  const { budget, secrets, door, close } = gate;
  const around = surroundings(input, target, consumer, gate.token);
  const properties = input.properties.filter(({ kind }) => settings.only?.includes(kind) ?? true);
  const planned = planOf(properties, around, settings.shard ?? { index: 1, total: 1 });
  const earlier = settings.corpus === undefined ? [] : corpusCases(world.cwd, settings.corpus, properties, around);
  const plan = withEarlier(planned, earlier);
  const source = fuzz({
    plan,
    around,
    callFor: (sink) => caller(contract, door, sink, around),
    concurrency,
    canary: !target.loopback,
    budgetLeft: () => budget.left,
    shrinkReserve: Math.min(200, Math.floor(settings.maxRequests * 0.3)),
  });
  return { target, consumer, plan, budget, secrets, source, door, around, close };
}

export interface Writing {
  readonly world: World;
  readonly settings: Pick<LiveSettings, 'url' | 'consumer'> & Partial<Pick<LiveSettings, 'connection'>>;
  readonly seed: number;
}

/** The embedded sandbox ends with the run, so nothing it holds has to be found again. */
export function journalFor({ world, settings, seed }: Writing, target: Target, tenant: string): Journal {
  if (settings.url === undefined) return noJournal;
  return lazyJournal(join(world.cwd, ledgerDir, `${world.runId}.ndjson`), !target.loopback, {
    kind: 'run',
    run: world.runId,
    target: `${target.origin}${target.basePath}`,
    tenant,
    connection: settings.connection ?? null,
    seed,
    startedAt: world.clock.wall(),
  });
}

/** The consumer that is written to: the one named, or on loopback the one of the sandbox. */
export function consumerFor({ settings }: Pick<Writing, 'settings'>, target: Target): string {
  if (settings.consumer !== undefined) return settings.consumer;
  if (target.loopback) return demo.consumerId;
  throw new HarnessError('usage', 'which consumer? --consumer is missing', {
    hint: 'Give the UUID of a sandbox consumer, or set CHIFT_CONSUMER_ID.',
  });
}

function surroundings(
  { world, settings, seed }: HostedInput,
  target: Target,
  tenant: string,
  token: () => Promise<string>,
): Surroundings {
  let serial = 0;
  return {
    seed,
    tenant,
    foreignTenant: world.env['CHIFT_FOREIGN_CONSUMER_ID'] || (target.loopback ? neighbour(tenant) : undefined),
    connection: settings.connection ?? (settings.url === undefined ? demo.connectionId : undefined),
    token,
    loopback: target.loopback,
    hostile: target.loopback || settings.hostileStrings,
    nextRequestId: () => `${world.runId}-${++serial}`,
  };
}

/** Another well-formed UUID, the same for the same tenant. */
function neighbour(uuid: string): string {
  return uuid.replace(/^./, (digit) => (Number.parseInt(digit, 16) ^ 8).toString(16));
}
