import { demo } from '../../contracts/chift/index.js';
import { type Contract, endpointById } from '../contract/contract.js';
import { fillPath } from '../contract/route.js';
import { HarnessError } from '../errors.js';
import { type Body, jsonOf } from '../exchange/body.js';
import { Budget } from '../transport/budget.js';
import { type Door, openDoor } from '../transport/door.js';
import type { Journal } from '../transport/journal.js';
import { Pace } from '../transport/pace.js';
import type { Target, WritePermit } from '../transport/permit.js';
import { type OutboundProxy, wireClient } from '../transport/wire-client.js';
import { type Access, accessFrom, tokenSourceFor } from './credentials.js';
import type { World } from './world.js';

export interface GateInput {
  readonly world: World;
  readonly contract: Contract;
  readonly target: Target;
  /** Tenant id, for the read that tells whether a token is good at all. */
  readonly tenant: string;
  /** Undefined for a run that only reads. */
  readonly permit: WritePermit | undefined;
  readonly maxRequests: number;
  readonly maxTimeMs: number | undefined;
  readonly timeoutMs: number;
  readonly concurrency: number;
  /** Requests per second; undefined for no limit. */
  readonly rateLimit: number | undefined;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  /** Nothing will be sent, so no credentials are asked for. */
  readonly dryRun?: boolean;
}

/** One target with the credentials of the environment: the door to it, what it has cost, what must not be shown. */
export interface Gate {
  readonly door: Door;
  readonly budget: Budget;
  /** Grows by every token that is fetched. */
  readonly secrets: ReadonlySet<string>;
  token(): Promise<string>;
  close(): Promise<void>;
}

/** Nothing is sent yet; throws a usage error where credentials are missing. */
export function openGate(input: GateInput): Gate {
  const { world, contract, target, permit, timeoutMs, signal, journal } = input;
  const { clock } = world;
  const access = accessFrom(world.env) ?? demoAccess(target, input.dryRun);
  const deadline = input.maxTimeMs === undefined ? undefined : clock.now() + input.maxTimeMs;
  const limits = { maxRequests: input.maxRequests, maxCreates: permit?.maxCreates ?? 0, deadline };
  const budget = new Budget(limits, clock.now);
  const proxy = proxyFor(target, world.env);
  const client = wireClient(target.origin, input.concurrency, proxy);
  const secrets = new Set(
    'token' in access ? [access.token] : [access.credentials.clientSecret, access.credentials.clientId],
  );
  if (proxy) for (const secret of passwordsIn(proxy.url)) secrets.add(secret);
  const keepSecret = (token: string) => secrets.add(token);
  const tokens = tokenSourceFor(access, { contract, target, client, budget, timeoutMs, now: clock.now, keepSecret });
  const door = openDoor({
    target,
    permit,
    budget,
    pace: new Pace(clock, input.rateLimit),
    clock,
    client,
    tokens,
    timeoutMs,
    journal,
    createdId,
    requestIdHeader: contract.provider.headers.requestId,
    probePath: probePath(contract, input.tenant),
    tokenRefused: (status, body) => contract.provider.attribute(status, jsonIn(body)) === 'auth',
    signal,
    abandon: later(signal, graceMs),
  });
  return {
    door,
    budget,
    secrets,
    token: () => tokens.current(),
    async close() {
      await client.close();
      await journal.close();
    },
  };
}

function probePath(contract: Contract, tenant: string): string {
  const { resource, tenant: name } = contract.provider;
  return fillPath(endpointById(contract, resource.list).path, { [name]: tenant });
}

/** Loopback is never reached through a proxy. */
function proxyFor({ loopback }: Target, env: World['env']): OutboundProxy | undefined {
  const url = env['HTTPS_PROXY'] || env['https_proxy'];
  if (loopback || !url) return undefined;
  if (!URL.canParse(url))
    throw new HarnessError('usage', 'HTTPS_PROXY is not a URL', { hint: 'Give it as http://host:port.' });
  return { url, except: env['NO_PROXY'] ?? env['no_proxy'] ?? '' };
}

function passwordsIn(url: string): string[] {
  const { password } = new URL(url);
  return password === '' ? [] : [password, decodeURIComponent(password)];
}

function demoAccess(target: Target, dryRun = false): Access {
  if (target.loopback || dryRun) return { credentials: demo.credentials };
  throw new HarnessError('usage', `${target.origin} needs credentials and the environment has none`, {
    hint: 'Set CHIFT_CLIENT_ID, CHIFT_CLIENT_SECRET and CHIFT_ACCOUNT_ID, or CHIFT_ACCESS_TOKEN.',
  });
}

/** After an interruption, what is in flight has this long to end: an answer lost is a contact to look for. */
const graceMs = 5000;

function later(signal: AbortSignal, milliseconds: number): AbortSignal {
  const controller = new AbortController();
  signal.addEventListener('abort', () => setTimeout(() => controller.abort(), milliseconds).unref(), { once: true });
  return controller.signal;
}

function jsonIn(body: Body): unknown {
  const reading = body.state === 'present' ? jsonOf(body) : undefined;
  return reading?.ok ? reading.value : undefined;
}

/** Whoever cleans up needs the id as the provider gave it, of whatever type. An id of ten megabytes is a finding, not a line of the journal. */
const longestId = 1000;

function createdId(body: Body): string | null {
  const answer = jsonIn(body);
  const id = typeof answer === 'object' && answer !== null ? (answer as { id?: unknown }).id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id).slice(0, longestId) : null;
}
