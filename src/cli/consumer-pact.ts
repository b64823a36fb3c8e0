import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { contract } from '../../contracts/chift/index.js';
import { interactions } from '../../contracts/chift/pact/interactions.js';
import { runReference } from '../../contracts/chift/pact/reference.js';
import { HarnessError } from '../errors.js';
import { loadClient, playable, runClient } from '../pact/client-module.js';
import type { PactInteraction } from '../pact/interaction.js';
import { usingOnly } from '../pact/uses.js';
import { type InteractionOutcome, type WritePactOptions, writePact } from '../pact/write.js';
import { type Artefact, writeIfChanged } from './artefacts.js';
import { generatedDir } from './contract-files.js';
import { secretsOf } from './secrets.js';
import type { World } from './world.js';

/** Where the pact of this package lies, in its repository. */
const ownPactDir = `${generatedDir}/pacts`;
const ownName = 'chift-contract';

/** Where the pact of a consumer goes when nobody says. */
export function pactDirOf(consumer: string): string {
  return consumer === ownName ? ownPactDir : 'pacts';
}

export interface ConsumerPactOptions {
  /** Consumer and folder; this package's own when left out. */
  readonly consumer?: string;
  readonly dir?: string;
  /** Fields that the team reads; all of the reference client when left out. */
  readonly uses?: readonly string[] | undefined;
  /** Path of the team's client module; the reference client when left out. */
  readonly client?: string | undefined;
}

export interface ConsumerPact {
  /** Undefined when the client broke an interaction: nothing is written then. */
  readonly artefact: Artefact | undefined;
  readonly outcomes: readonly InteractionOutcome[];
  readonly interactions: readonly PactInteraction[];
  /** Endpoints of the contract's pact that the team's client has no function for. */
  readonly unplayed: readonly string[];
}

/** The pact of a client under a consumer's name, run anew against Pact's mock server. */
export async function writeConsumerPact(world: World, options: ConsumerPactOptions = {}): Promise<ConsumerPact> {
  const { consumer = ownName, dir = pactDirOf(consumer), uses, client } = options;
  const wanted = uses === undefined ? interactions : usingOnly(interactions, uses);
  const played = await player(world, client, wanted);
  const scratch = mkdtempSync(join(tmpdir(), 'chift-contract-'));
  try {
    const { path, outcomes } = await writePact({
      consumer,
      provider: contract.provider.name,
      ...played,
      dir: scratch,
      secrets: secretsOf(world.env),
    });
    const ran = new Set(played.interactions.map(({ endpoint }) => endpoint.id));
    const unplayed = [...new Set(wanted.map(({ endpoint }) => endpoint.id))].filter((id) => !ran.has(id));
    const artefact =
      path === undefined
        ? undefined
        : await writeIfChanged(world.cwd, join(dir, basename(path)), readFileSync(path, 'utf8'));
    return { artefact, outcomes, interactions: played.interactions, unplayed };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function player(
  { cwd }: World,
  module: string | undefined,
  wanted: readonly PactInteraction[],
): Promise<Pick<WritePactOptions, 'interactions' | 'run'>> {
  if (module === undefined)
    return { interactions: wanted, run: (interaction, mock) => runReference(interaction, mock, fetch) };
  const client = await loadClient(resolve(cwd, module), contract);
  const interactions = playable(wanted, client);
  if (interactions.length > 0)
    return { interactions, run: (interaction, mock) => runClient(client, interaction, mock) };
  throw new HarnessError('usage', `--client: ${module} has no function for any interaction of the pact`, {
    hint: `Export async functions (baseUrl, token, body, params) named ${[...new Set(wanted.map(({ endpoint }) => endpoint.id))].join(', ')}.`,
  });
}

/** The consumer's name as its `package.json` has it; usage error without one, which names the flag to give. */
export function consumerNameIn(cwd: string, flag = '--consumer-name'): string {
  const file = join(cwd, 'package.json');
  const name = existsSync(file) ? nameIn(readFileSync(file, 'utf8')) : undefined;
  if (name !== undefined) return name;
  throw new HarnessError('usage', 'whose pact is it? There is no name in a package.json here', {
    hint: `Give ${flag} NAME.`,
  });
}

function nameIn(text: string): string | undefined {
  try {
    const { name } = JSON.parse(text) as { name?: unknown };
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined;
  }
}
