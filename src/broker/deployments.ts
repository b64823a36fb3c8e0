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
  const { summary, notices = [] } = matrixIn(stdout, words);
  const reasons = notices.filter(({ type }) => type !== 'success').map(({ text }) => text);
  if (summary.deployable === true) return { answer: 'yes', reasons: [] };
  return { answer: summary.failed > 0 ? 'no' : 'unknown', reasons };
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
    hint: `The environment must exist (pact-broker create-environment --name ${environment}), and the version be published.`,
  });
}
