import type { Command } from 'commander';
import { asking, pacting, publishing, recording, serving, verifying } from './pact-settings.js';
import { judging, type Settings, type Values } from './settings.js';
import type { World } from './world.js';

/** Adds a command whose settings come from flags, environment and config file. */
export type Configured = <S extends Settings>(
  parent: Command,
  name: string,
  summary: string,
  settings: S,
  action: (settings: Values<S>, args: string[]) => Promise<number>,
) => Command;

/** What stands between teams: `pact` and what is below it, `client`, `doctor`. */
export function addPactCommands(program: Command, world: World, configured: Configured): void {
  const pact = configured(
    program,
    'pact',
    'runs the consumer contract and writes the pact',
    pacting,
    async (settings) => (await import('./pact.js')).pact(world, settings),
  ).enablePositionalOptions();
  configured(
    pact,
    'verify [file...]',
    "replays pacts at a provider through Pact's own verifier",
    { ...verifying, ...judging },
    async (settings, files) => (await import('./pact-verify.js')).verifyPact(world, settings, files),
  );
  configured(pact, 'publish [file...]', 'publishes pacts to the broker', publishing, async (settings, files) =>
    (await import('./publish.js')).publish(world, settings, files),
  );
  configured(pact, 'can-i-deploy', 'asks the broker: exit 0 yes, 1 no, 3 not known yet', asking, async (settings) =>
    (await import('./deployments.js')).mayDeploy(world, settings),
  );
  configured(pact, 'record-deployment', 'tells the broker what runs where', recording, async (settings) =>
    (await import('./deployments.js')).deployed(world, settings),
  );
  configured(
    program,
    'client <module>',
    'serves valid but surprising answers to a client under test',
    { ...serving, ...judging },
    async (settings, [module]) => (await import('./client.js')).client(world, settings, module!),
  );
  configured(
    program,
    'doctor',
    'says which step is missing between this machine and an answer of the broker',
    asking,
    async (settings) => (await import('./doctor.js')).doctor(world, settings),
  );
}
