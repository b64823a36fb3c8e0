import { contract } from '../../contracts/chift/index.js';
import { canIDeploy, recordDeployment } from '../broker/deployments.js';
import { exitCodes, HarnessError } from '../errors.js';
import { brokerAccessFrom } from './broker-access.js';
import { consumerNameIn } from './consumer-pact.js';
import type { asking, recording } from './pact-settings.js';
import { providerVersion } from './provider-version.js';
import { versionHere } from './publish.js';
import { say } from './say.js';
import type { Values } from './settings.js';
import type { World } from './world.js';

const answers = {
  yes: { exitCode: exitCodes.conforms, word: 'yes' },
  no: { exitCode: exitCodes.findings, word: 'no' },
  unknown: { exitCode: exitCodes.inconclusive, word: 'not known yet' },
} as const;

/** Asks the broker whether a version may go to an environment: exit 0 yes, 1 no, 3 not known yet. */
export async function mayDeploy(world: World, settings: Values<typeof asking>): Promise<number> {
  const access = brokerAccessFrom(world.env, settings);
  const asked = { ...whoOf(world, settings), environment: required(settings.toEnvironment, '--to-environment') };
  const { answer, reasons } = await canIDeploy(access, asked);
  const { exitCode, word } = answers[answer];
  say(world.stdout, `${word}: ${asked.pacticipant} ${asked.version} to ${asked.environment}`);
  for (const reason of reasons) say(world.stdout, `  ${reason}`);
  return exitCode;
}

/** Tells the broker that a version runs in an environment. */
export async function deployed(world: World, settings: Values<typeof recording>): Promise<number> {
  const access = brokerAccessFrom(world.env, settings);
  const done = { ...whoOf(world, settings), environment: required(settings.environment, '--environment') };
  const { words } = await recordDeployment(access, done);
  say(world.stdout, words);
  return exitCodes.conforms;
}

function whoOf(
  world: World,
  { pacticipant, version }: { pacticipant: string | undefined; version: string | undefined },
) {
  const isProvider = pacticipant === contract.provider.name;
  return {
    pacticipant: pacticipant ?? consumerNameIn(world.cwd, '--pacticipant'),
    version: version ?? (isProvider ? providerVersion() : versionHere(world, '--version')),
  };
}

function required(value: string | undefined, flag: string): string {
  if (value !== undefined) return value;
  throw new HarnessError('usage', `which environment? ${flag} is missing`, {
    hint: 'Environments are made once: npx pact-broker create-environment --name production --production.',
  });
}
