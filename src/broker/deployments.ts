import { HarnessError } from '../errors.js';
import { askBroker, type BrokerAccess, firstLine } from './client.js';

export interface Participant {
  readonly pacticipant: string;
  readonly version: string;
}

export interface Deployability {
  /** `unknown`: not known yet, because nothing was verified or deployed. */
  readonly answer: 'yes' | 'no' | 'unknown';
  /** One sentence for each edge that stands in the way. */
  readonly reasons: readonly string[];
}

interface Matrix {
  readonly matrix?: readonly unknown[];
  readonly summary: { readonly deployable: boolean | null; readonly failed: number; readonly unknown: number };
  readonly notices?: readonly { readonly type: string; readonly text: string }[];
}

/** Judged by the summary: Pact's client ends with 0 under `-o json`, whatever the answer is. */
export async function canIDeploy(
  access: BrokerAccess,
  { pacticipant, version, environment }: Participant & { readonly environment: string },
): Promise<Deployability> {
  const { stdout, words } = await askBroker(access, [
    ...['can-i-deploy', '--pacticipant', pacticipant, '--version', version],
    ...['--to-environment', environment, '--output', 'json'],
  ]);
  const { matrix = [], summary, notices = [] } = matrixIn(stdout, words);
  if (matrix.length === 0 && summary.deployable === false) await requireVersion(access, { pacticipant, version });
  const reasons = notices.filter(({ type }) => type !== 'success').map(({ text }) => text);
  if (summary.deployable === true) return { answer: 'yes', reasons: [] };
  return { answer: summary.failed > 0 ? 'no' : 'unknown', reasons };
}

/** A version that the broker never heard of gets the same matrix as one that is merely without pacts: an empty one. */
async function requireVersion(access: BrokerAccess, { pacticipant, version }: Participant): Promise<void> {
  if ((await describeVersion(access, { pacticipant, version })) !== undefined) return;
  throw new HarnessError('usage', `the broker knows no version ${version} of ${pacticipant}`, {
    hint: 'Publish its pact first; `doctor` tells which step is missing.',
  });
}

export interface KnownVersion {
  /** Names of the pacts published under it. */
  readonly pacts: readonly string[];
  readonly branches: readonly string[];
  /** Names of the environments that it runs in. */
  readonly environments: readonly string[];
}

/** What the broker knows of a version; undefined when it never heard of it. */
export async function describeVersion(
  access: BrokerAccess,
  { pacticipant, version }: Participant,
): Promise<KnownVersion | undefined> {
  const { code, stdout, words } = await askBroker(access, [
    ...['describe-version', '--pacticipant', pacticipant, '--version', version, '--output', 'json'],
  ]);
  if (code !== 0) {
    if (/not found/i.test(words)) return undefined;
    throw new HarnessError('infrastructure', `the broker does not describe a version: ${firstLine(words)}`);
  }
  const { _embedded, _links } = JSON.parse(stdout) as VersionResource;
  const names = (links: readonly { readonly name: string }[] = []) => links.map(({ name }) => name);
  return {
    pacts: names(_links['pb:pact-versions']),
    branches: names(_embedded?.branchVersions),
    environments: names(_links['pb:deployed-environments']),
  };
}

interface VersionResource {
  readonly _embedded?: { readonly branchVersions?: readonly { readonly name: string }[] };
  readonly _links: Readonly<Record<string, readonly { readonly name: string }[] | undefined>>;
}

/** Names of the environments that the broker has. */
export async function listEnvironments(access: BrokerAccess): Promise<readonly string[]> {
  const { code, stdout, words } = await askBroker(access, ['list-environments', '--output', 'json']);
  if (code !== 0) throw new HarnessError('infrastructure', `the broker lists no environments: ${firstLine(words)}`);
  const { _embedded } = JSON.parse(stdout) as { _embedded?: { environments?: { name: string }[] } };
  return (_embedded?.environments ?? []).map(({ name }) => name);
}

function matrixIn(stdout: string, words: string): Matrix {
  const start = stdout.indexOf('{');
  try {
    const matrix = JSON.parse(stdout.slice(start)) as Matrix;
    if (typeof matrix.summary === 'object') return matrix;
  } catch {}
  throw new HarnessError('usage', `the broker cannot answer: ${firstLine(words)}`, {
    hint: 'Check the participant, its version and the environment; `doctor` tells which one is missing.',
  });
}

/** Tells the broker that a version runs in an environment, in the place of the one before it. */
export async function recordDeployment(
  access: BrokerAccess,
  { pacticipant, version, environment }: Participant & { readonly environment: string },
): Promise<{ words: string }> {
  const { code, words } = await askBroker(access, [
    ...['record-deployment', '--pacticipant', pacticipant, '--version', version],
    ...['--environment', environment],
  ]);
  if (code === 0) return { words };
  throw new HarnessError('usage', `the deployment is not recorded: ${firstLine(words)}`, {
    hint: `The environment must exist (npx pact-broker create-environment --name ${environment}), and the version be published.`,
  });
}
