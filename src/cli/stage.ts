import { join } from 'node:path';
import { demo, startSandbox } from '../../contracts/chift/index.js';
import type { Contract, Credentials } from '../contract/contract.js';
import { HarnessError } from '../errors.js';
import { type Body, jsonOf } from '../exchange/body.js';
import type { Property, Surroundings } from '../property/property.js';
import { caller } from '../sources/caller.js';
import { fuzz } from '../sources/fuzz.js';
import { type Plan, planOf } from '../sources/plan.js';
import type { Source } from '../sources/source.js';
import { Budget } from '../transport/budget.js';
import { openDoor } from '../transport/door.js';
import { type Journal, lazyJournal, noJournal } from '../transport/journal.js';
import { Pace } from '../transport/pace.js';
import { grantWrites, type Target, targetOf } from '../transport/permit.js';
import { wireClient } from '../transport/wire-client.js';
import { accessFrom, tokenSourceFor } from './credentials.js';
import type { judging, live, Values } from './settings.js';
import type { World } from './world.js';

/** Where runs leave what they created, below the working directory; not among the reports, which people delete. */
export const ledgerDir = '.chift-contract/ledger';

/** An id of ten megabytes is a finding, not a line of the journal. */
const longestId = 1000;

export type LiveSettings = Values<typeof judging & typeof live>;

/** The embedded provider, as far as a run on it needs to know. */
export interface Host {
  readonly url: string;
  readonly demo: { readonly consumerId: string; readonly connectionId: string; readonly credentials: Credentials };
}

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
  readonly host: Host;
}

/** A live target with everything that is allowed on it, and the plan that will be tried. */
export interface Stage {
  readonly target: Target;
  readonly consumer: string;
  readonly plan: Plan;
  readonly budget: Budget;
  /** Grows by every token that is fetched. */
  readonly secrets: Set<string>;
  readonly source: Source;
  close(): Promise<void>;
}

/** Gives a stage to `use` and clears it away after; the embedded sandbox is started only where no URL is given. */
export async function onStage<T>(input: StageInput, use: (stage: Stage) => Promise<T>): Promise<T> {
  const sandbox = input.settings.url === undefined ? await startSandbox() : undefined;
  let stage: Stage | undefined;
  try {
    stage = openStage({ ...input, host: { url: sandbox?.url ?? '', demo } });
    return await use(stage);
  } finally {
    await stage?.close();
    await sandbox?.close();
  }
}

/** Sets the stage or throws: refused without a permit to write, usage where something is not said. Nothing is sent yet. */
function openStage(input: HostedInput): Stage {
  const { world, contract, settings, signal } = input;
  const target = targetOf(settings.url ?? input.host.url);
  const consumer = consumerFor(input, target);
  const permit = settings.dryRun
    ? undefined
    : grantWrites({
        target,
        consumer,
        allowWrites: settings.allowWrites,
        maxCreates: settings.maxCreates,
        environment: world.env,
      });
  const access = accessFrom(world.env) ?? demoAccess(input, target);
  const { clock } = world;
  const budget = new Budget(
    {
      maxRequests: settings.maxRequests,
      maxCreates: permit?.maxCreates ?? 0,
      deadline: settings.maxTime === undefined ? undefined : clock.now() + settings.maxTime,
    },
    clock.now,
  );
  const client = wireClient(target.origin, settings.concurrency);
  const secrets = new Set('token' in access ? [access.token] : [access.credentials.clientSecret]);
  const tokens = tokenSourceFor(access, {
    contract,
    target,
    client,
    budget,
    timeoutMs: settings.timeout,
    now: clock.now,
    keepSecret: (token) => secrets.add(token),
  });
  const journal = journalFor(input, target, consumer);
  const door = openDoor({
    target,
    permit,
    budget,
    pace: new Pace(clock, settings.rateLimit),
    clock,
    client,
    tokens,
    timeoutMs: settings.timeout,
    journal,
    createdId: (body) => createdId(valueOf(body)),
    requestIdHeader: contract.provider.headers.requestId,
    tokenRefused: (status, body) => contract.provider.attribute(status, valueOf(body)) === 'auth',
    signal,
    abandon: later(signal, graceMs),
  });
  const around = surroundings(input, target, consumer, () => tokens.current());
  const properties = input.properties.filter(({ kind }) => settings.only?.includes(kind) ?? true);
  const plan = planOf(properties, around, settings.shard ?? { index: 1, total: 1 });
  return {
    target,
    consumer,
    plan,
    budget,
    secrets,
    source: fuzz({
      plan,
      around,
      callFor: (sink) => caller(contract, door, sink, around),
      concurrency: settings.concurrency,
      budgetLeft: () => budget.left,
      shrinkReserve: Math.min(200, Math.floor(settings.maxRequests * 0.3)),
    }),
    async close() {
      await client.close();
      await journal.close();
    },
  };
}

/** The embedded sandbox ends with the run, so nothing it holds has to be found again. */
function journalFor({ world, settings, seed }: HostedInput, target: Target, tenant: string): Journal {
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

/** After an interruption, what is in flight has this long to end: an answer lost is a contact to look for. */
const graceMs = 5000;

function later(signal: AbortSignal, milliseconds: number): AbortSignal {
  const controller = new AbortController();
  signal.addEventListener('abort', () => setTimeout(() => controller.abort(), milliseconds).unref(), { once: true });
  return controller.signal;
}

function valueOf(body: Body): unknown {
  const reading = body.state === 'present' ? jsonOf(body) : undefined;
  return reading?.ok ? reading.value : undefined;
}

function createdId(answer: unknown): string | null {
  const id = typeof answer === 'object' && answer !== null ? (answer as { id?: unknown }).id : undefined;
  return typeof id === 'string' ? id.slice(0, longestId) : null;
}

function consumerFor({ settings, host }: HostedInput, target: Target): string {
  if (settings.consumer !== undefined) return settings.consumer;
  if (target.loopback) return host.demo.consumerId;
  throw new HarnessError('usage', 'which consumer? --consumer is missing', {
    hint: 'Give the UUID of a sandbox consumer, or set CHIFT_CONSUMER_ID.',
  });
}

function demoAccess({ host }: HostedInput, target: Target) {
  if (target.loopback) return { credentials: host.demo.credentials };
  throw new HarnessError('usage', `${target.origin} needs credentials and the environment has none`, {
    hint: 'Set CHIFT_CLIENT_ID, CHIFT_CLIENT_SECRET and CHIFT_ACCOUNT_ID, or CHIFT_ACCESS_TOKEN.',
  });
}

function surroundings(
  { world, settings, seed, host }: HostedInput,
  target: Target,
  tenant: string,
  token: () => Promise<string>,
): Surroundings {
  let serial = 0;
  return {
    seed,
    tenant,
    foreignTenant: world.env['CHIFT_FOREIGN_CONSUMER_ID'] || (target.loopback ? neighbour(tenant) : undefined),
    connection: settings.connection ?? (settings.url === undefined ? host.demo.connectionId : undefined),
    token,
    loopback: target.loopback,
    hostile: target.loopback,
    nextRequestId: () => `${world.runId}-${++serial}`,
  };
}

/** Another well-formed UUID, the same for the same tenant. */
function neighbour(uuid: string): string {
  return uuid.replace(/^./, (digit) => (Number.parseInt(digit, 16) ^ 8).toString(16));
}
