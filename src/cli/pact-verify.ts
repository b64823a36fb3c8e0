import { contract, startSandbox } from '../../contracts/chift/index.js';
import { contactStates } from '../../contracts/chift/pact/states.js';
import type { BrokerAccess } from '../broker/client.js';
import { listEnvironments } from '../broker/deployments.js';
import { checksFor } from '../checks/index.js';
import { route } from '../contract/route.js';
import { exitCodes, HarnessError } from '../errors.js';
import { headerValue } from '../exchange/headers.js';
import { interactionName, pactFindings } from '../pact/findings.js';
import { readPactFile } from '../pact/pact-file.js';
import { providerCall } from '../pact/provider-call.js';
import { type PactSelection, type PactVerification, verifyPacts } from '../pact/verify.js';
import { oneLine } from '../reporters/visible-text.js';
import type { Sink, Source } from '../sources/source.js';
import type { Door } from '../transport/door.js';
import { grantWrites, type Target, targetOf } from '../transport/permit.js';
import { brokerAccessFrom } from './broker-access.js';
import { openGate } from './gate.js';
import { type Interruption, interruptionOf } from './interruption.js';
import { judgedRun } from './judged-run.js';
import { mappedStates, type StateMapping, stateMapping, tokensOf } from './mapped-states.js';
import type { verifying } from './pact-settings.js';
import { providerVersion } from './provider-version.js';
import { pactFiles } from './publish.js';
import { say } from './say.js';
import type { judging, Values } from './settings.js';
import { consumerFor, journalFor } from './stage.js';
import { orStopped } from './stopped-run.js';
import { embeddedTarget } from './verify.js';
import type { World } from './world.js';

type Verifying = Values<typeof judging & typeof verifying>;

/** One connection: Pact's verifier sends one request after the other. */
const concurrency = 1;

/** Replays pacts at the provider; what Pact's verifier and the checks find goes into one result. */
export async function verifyPact(world: World, settings: Verifying, named: readonly string[]): Promise<number> {
  const chosen = await selection(world, settings, named);
  const mapping = stateMapping(world, settings.states);
  const interruption = interruptionOf(world);
  const sandbox = settings.url === undefined ? await startSandbox() : undefined;
  if (settings.publish && sandbox !== undefined)
    say(world.stderr, 'warning: what is published here was found at the embedded sandbox, not at the provider');
  try {
    return await orStopped(world, { command: 'pact verify', settings, interruption }, async () => {
      const target = targetOf(settings.url ?? sandbox!.url);
      if (settings.dryRun) return tellPlan(world, chosen, target);
      return verifyAt(world, settings, { ...chosen, mapping }, target, interruption);
    });
  } finally {
    await sandbox?.close();
    interruption.end();
  }
}

interface Chosen {
  readonly pacts: PactSelection;
  /** Files or broker, as the report names them. */
  readonly name: string;
  readonly secrets: readonly string[];
  /** Of the provider, as the results are published under. */
  readonly version?: string;
}

async function selection(world: World, settings: Verifying, named: readonly string[]): Promise<Chosen> {
  const { publish, providerBranch, includeWip } = settings;
  if (settings.broker === named.length > 0)
    throw new HarnessError('usage', 'which pacts? Give pact files, or --broker, and not both', {
      hint: 'chift-contract pact verify pacts/my-shop-chift.json',
    });
  if (includeWip !== undefined && !(settings.broker && publish && providerBranch !== undefined))
    throw new HarnessError('usage', '--include-wip needs --broker, --publish and --provider-branch', {
      hint: 'Work in progress is told by what was published from other branches.',
    });
  if (!settings.broker) {
    if (publish) throw new HarnessError('usage', '--publish needs --broker: results belong to published pacts');
    const files = pactFiles(world, named, undefined);
    for (const file of files) readPactFile(file);
    return { pacts: { files }, name: named.join(' '), secrets: [] };
  }
  const access = brokerAccessFrom(world.env, { brokerBaseUrl: settings.brokerBaseUrl });
  await listEnvironments(access);
  const version = settings.providerVersion ?? providerVersion();
  const results = { version, ...(providerBranch === undefined ? {} : { branch: providerBranch }) };
  return {
    pacts: {
      broker: {
        ...credentialsOf(access),
        ...(publish ? { publish: results } : {}),
        ...(includeWip === undefined ? {} : { includeWipSince: includeWip }),
      },
    },
    ...(publish ? { version } : {}),
    name: `the broker at ${new URL(access.url).host}`,
    secrets: [access.token, access.password].filter((secret) => secret !== undefined),
  };
}

function credentialsOf({ url, token, username, password }: BrokerAccess) {
  if (token !== undefined) return { url, token };
  return username === undefined || password === undefined ? { url } : { url, username, password };
}

async function verifyAt(
  world: World,
  settings: Verifying,
  { pacts, name, secrets, version, mapping }: Chosen & { readonly mapping: StateMapping },
  target: Target,
  interruption: Interruption,
): Promise<number> {
  const seed = settings.seed ?? 0;
  const consumer = consumerFor({ settings }, target);
  const { allowWrites, maxCreates, maxRequests, timeout } = settings;
  const gate = openGate({
    world,
    contract,
    target,
    tenant: consumer,
    permit: grantWrites({ target, consumer, allowWrites, maxCreates, environment: world.env }),
    maxRequests,
    maxTimeMs: settings.maxTime,
    timeoutMs: timeout,
    concurrency,
    rateLimit: settings.rateLimit,
    journal: journalFor({ world, settings, seed }, target, consumer),
    signal: interruption.signal,
  });
  const { headers, tenant } = contract.provider;
  const door = identified(forOne(gate.door, consumer, target), headers.requestId, world.runId);
  const states = mappedStates(world, mapping, {
    base: contactStates(providerCall(contract, door), consumer),
    tenant: { [tenant]: consumer },
    connectionHeader: headers.connection,
  });
  const source = replaying(world, settings, { pacts, version, door, states, basePath: target.basePath });
  try {
    return await judgedRun(world, interruption, {
      command: 'pact verify',
      contract,
      checks: checksFor(settings.echo),
      sources: [source],
      settings,
      seed: null,
      shard: null,
      target: settings.url === undefined ? embeddedTarget : `${target.origin}${target.basePath}`,
      options: { pacts: name, consumer, publish: settings.publish, maxRequests, echo: settings.echo },
      basePaths: { live: target.basePath, recorded: '' },
      minJudged: 1,
      expected: undefined,
      spent: () => ({ requests: gate.budget.requests, creates: gate.budget.creates, shrinkRequests: 0 }),
      secrets: () => [...gate.secrets, ...secrets, ...tokensOf(world, mapping)],
      artefacts: [],
    });
  } finally {
    await gate.close();
  }
}

interface Replayed {
  readonly pacts: PactSelection;
  readonly version: string | undefined;
  readonly door: Door;
  readonly states: ReturnType<typeof mappedStates>;
  readonly basePath: string;
}

/** What Pact's verifier sends for the pacts, with what it says about them. */
function replaying(world: World, settings: Verifying, { pacts, version, door, states, basePath }: Replayed): Source {
  const provider = contract.provider.name;
  return async (sink) => {
    sink.step("replaying pacts through Pact's verifier");
    const report = await verifyPacts({
      ...{ pacts, provider, contract, door },
      onExchange: (exchange) => void sink.exchange(exchange),
      states: states.handler,
      timeoutMs: settings.timeout,
    });
    if (!settings.quiet) tellInteractions(world, report);
    sink.found(pactFindings(report, contract, basePath));
    for (const notice of report.notices) sink.note(notice);
    for (const state of states.unused()) sink.note(`--states: no interaction has the state "${state}"`);
    if (version !== undefined) sink.note(`published for ${provider} ${version}`);
    noteUnjudged(report, sink);
  };
}

/** No interaction that was not judged passes for one that was. */
function noteUnjudged({ interactions }: PactVerification, sink: Sink): void {
  for (const { result, exchange, ...interaction } of interactions) {
    const [mismatch] = interaction.mismatches;
    if (result === 'pending' && exchange === undefined)
      sink.note(`pending, not sent: ${interactionName(interaction)}: ${mismatch?.message}`);
    if (result !== 'unverified') continue;
    sink.planUnfinished(1);
    sink.note(`not verified: ${interactionName(interaction)}: ${mismatch?.message ?? 'no answer'}`);
  }
}

/** A pact may name any consumer; away from loopback nothing is created but for the one that is permitted. */
function forOne(door: Door, consumer: string, { loopback }: Target): Door {
  return {
    async send(outgoing) {
      const named = route(contract, outgoing.method, outgoing.path)?.params[contract.provider.tenant];
      if (outgoing.writes && !loopback && named?.toLowerCase() !== consumer.toLowerCase())
        throw new HarnessError(
          'inconclusive',
          `it writes for ${named ?? 'nobody'}, and --allow-writes names ${consumer}`,
        );
      return door.send(outgoing);
    },
  };
}

/** Pacts name no client request id; every create gets one of this run, so that the ledger can ask what became of it. */
function identified(door: Door, header: string, runId: string): Door {
  let serial = 0;
  return {
    send(outgoing) {
      if (!outgoing.writes || headerValue(outgoing.headers, header) !== undefined) return door.send(outgoing);
      return door.send({ ...outgoing, headers: [...outgoing.headers, [header, `${runId}-${++serial}`]] });
    },
  };
}

const signs = { passed: '✔', failed: '✖', pending: '–', unverified: '?' } as const;

function tellInteractions({ stdout }: World, { interactions }: PactVerification): void {
  for (const interaction of interactions) {
    const { result } = interaction;
    say(stdout, `${signs[result]} ${oneLine(interactionName(interaction))}${result === 'pending' ? ' (pending)' : ''}`);
  }
}

function tellPlan({ stdout }: World, { pacts, name }: Chosen, target: Target): number {
  say(stdout, `Nothing is sent. At ${target.origin}${target.basePath}:`);
  if ('broker' in pacts) say(stdout, `  what ${name} selects`);
  else
    for (const file of pacts.files)
      for (const { description } of readPactFile(file).interactions) say(stdout, `  ${oneLine(description)}`);
  return exitCodes.conforms;
}
