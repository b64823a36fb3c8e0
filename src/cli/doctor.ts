import { contract } from '../../contracts/chift/index.js';
import { interactions } from '../../contracts/chift/pact/interactions.js';
import { askBroker, type BrokerAccess } from '../broker/client.js';
import {
  canIDeploy,
  type Deployability,
  describeVersion,
  listEnvironments,
  type Participant,
} from '../broker/deployments.js';
import { exitCodes, HarnessError, worstExitCode } from '../errors.js';
import { startMockHost } from '../pact/mock-host.js';
import { mockPlan } from '../pact/mock-plan.js';
import { brokerAccessFrom } from './broker-access.js';
import { consumerNameIn } from './consumer-pact.js';
import { gitBranch } from './git.js';
import type { asking } from './pact-settings.js';
import { versionHere } from './publish.js';
import { say } from './say.js';
import type { Values } from './settings.js';
import type { World } from './world.js';

const oldestNode = [20, 19] as const;

/** Walks the chain from this machine to an answer of the broker, and tells of each step whether it holds. */
export async function doctor(world: World, settings: Values<typeof asking>): Promise<number> {
  const walk = new Walk(world);
  await walk.step('node', async () => nodeVersion());
  await walk.step('pact core', pactCore);
  await walk.step('broker client', brokerClient);
  const access = await walk.step('broker address', async () => brokerAddress(world, settings), hostOf);
  const who = await walk.step('version', async () => participant(world, settings), nameOf);
  if (access === undefined) return walk.exitCode;
  const environments = await walk.step('broker', () => listEnvironments(access), environmentsIn);
  if (environments === undefined || who === undefined) return walk.exitCode;
  const published = await walk.step('published', () => publishedUnder(access, who));
  const environment = await walk.step('environment', async () => chosen(environments, settings.toEnvironment));
  if (published === undefined || environment === undefined) return walk.exitCode;
  const deployable = await walk.step(
    'asked',
    () => canIDeploy(access, { ...who, environment }),
    ({ answer }) => answer,
  );
  if (deployable !== undefined) tellAnswer(walk, deployable, environment);
  return walk.exitCode;
}

/** Steps as they are told, and the worst of what they came to. */
class Walk {
  private readonly codes: number[] = [];
  constructor(private readonly world: World) {}

  get exitCode(): number {
    return worstExitCode(this.codes);
  }

  async step<T>(name: string, look: () => Promise<T>, told: (seen: T) => string = String): Promise<T | undefined> {
    try {
      const seen = await look();
      this.holds(name, told(seen));
      return seen;
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      this.fails(name, exitCodes[error.code], error.message, error.hint);
      return undefined;
    }
  }

  holds(name: string, text: string): void {
    say(this.world.stdout, `✔ ${name.padEnd(15)} ${text}`);
  }

  fails(name: string, exitCode: number, text: string, hint: string | undefined): void {
    say(this.world.stdout, `✖ ${name.padEnd(15)} ${text}`);
    if (hint !== undefined) say(this.world.stdout, `${' '.repeat(18)}${hint}`);
    this.codes.push(exitCode);
  }
}

function nodeVersion(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return process.versions.node;
  throw new HarnessError('infrastructure', `${process.versions.node} is too old`, {
    hint: `Install Node ${oldestNode.join('.')} or newer.`,
  });
}

/** A mock server that opens and closes has loaded the native library for this platform. */
async function pactCore(): Promise<string> {
  const host = startMockHost();
  try {
    const server = await host.open(mockPlan(interactions[0]!, 'doctor', contract.provider.name));
    await server.close(false);
    return `runs on ${process.platform} ${process.arch}`;
  } finally {
    await host.stop();
  }
}

async function brokerClient(): Promise<string> {
  const { code, words } = await askBroker({ url: 'http://127.0.0.1' }, ['--version']);
  if (code === 0) return words;
  throw new HarnessError('infrastructure', `Pact's broker client does not run: ${words}`);
}

function brokerAddress({ env }: World, settings: Values<typeof asking>): BrokerAccess {
  return brokerAccessFrom(env, settings);
}

function hostOf({ url, token, username }: BrokerAccess): string {
  const by = token === undefined ? (username === undefined ? 'without credentials' : `as ${username}`) : 'by token';
  return `${new URL(url).host}, ${by}`;
}

function participant(world: World, { pacticipant, version }: Values<typeof asking>) {
  const who = {
    pacticipant: pacticipant ?? consumerNameIn(world.cwd, '--pacticipant'),
    version: version ?? versionHere(world, '--version'),
  };
  return { ...who, branch: version === undefined ? gitBranch(world) : undefined };
}

const nameOf = ({ pacticipant, version, branch }: Participant & { readonly branch: string | undefined }): string =>
  `${pacticipant} ${version}${branch === undefined ? '' : ` on branch ${branch}`}`;

const environmentsIn = (names: readonly string[]): string =>
  `answers; environments: ${names.length === 0 ? 'none' : names.join(', ')}`;

async function publishedUnder(access: BrokerAccess, who: Participant): Promise<string> {
  const known = await describeVersion(access, who);
  if (known === undefined || known.pacts.length === 0)
    throw new HarnessError(
      'inconclusive',
      known === undefined
        ? `the broker knows no version ${who.version} of ${who.pacticipant}`
        : `no pact is published under version ${who.version} of ${who.pacticipant}`,
      { hint: 'chift-contract pact publish' },
    );
  const branches = known.branches.length === 0 ? ', on no branch' : `, on ${known.branches.join(', ')}`;
  return `${known.pacts.join('; ')}${branches}`;
}

function chosen(environments: readonly string[], named: string | undefined): string {
  if (named !== undefined && environments.includes(named)) return named;
  throw new HarnessError(
    named === undefined ? 'inconclusive' : 'usage',
    named === undefined ? 'none is named, so nothing can be asked' : `the broker has no environment ${named}`,
    {
      hint:
        environments.length === 0
          ? 'Make one: npx pact-broker create-environment --name production --production.'
          : `Give --to-environment with one of ${environments.join(', ')}.`,
    },
  );
}

function tellAnswer(walk: Walk, { answer, reasons }: Deployability, environment: string): void {
  if (answer === 'yes') walk.holds('verified', `yes, it may go to ${environment}`);
  else if (answer === 'no')
    walk.fails('verified', exitCodes.findings, reasons.join(' '), 'Look at the verification that failed.');
  else
    walk.fails(
      'verified',
      exitCodes.inconclusive,
      reasons.join(' '),
      'Run chift-contract pact verify --broker --publish, and record the deployment of the provider.',
    );
}
