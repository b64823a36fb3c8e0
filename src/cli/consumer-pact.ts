import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { contract } from '../../contracts/chift/index.js';
import { interactions as stated } from '../../contracts/chift/pact/interactions.js';
import { runReference } from '../../contracts/chift/pact/reference.js';
import { startTeamProcess, type TeamProcess } from '../client/team-process.js';
import { HarnessError } from '../errors.js';
import { callFor, requireKept } from '../pact/client-module.js';
import type { PactInteraction } from '../pact/interaction.js';
import { usingOnly } from '../pact/using-only.js';
import { withVariants } from '../pact/variants.js';
import { type InteractionOutcome, type WritePactOptions, writePact } from '../pact/write.js';
import { type Artefact, writeIfChanged } from './artefacts.js';
import { generatedDir } from './contract-files.js';
import { secretsOf } from './secrets.js';
import { usedFields } from './used-fields.js';
import type { World } from './world.js';

/** Where the pact of this package lies, in its repository. */
const ownPactDir = `${generatedDir}/pacts`;
const ownName = 'chift-contract';

/** Where the pact of a consumer goes when nobody says. */
function pactDirOf(consumer: string): string {
  return consumer === ownName ? ownPactDir : 'pacts';
}

/** Where the pacts of this project go. */
export function pactDirHere(cwd: string): string {
  return pactDirOf(packageName(cwd) ?? '');
}

export interface ConsumerPactOptions {
  /** Consumer and folder; this package's own when left out. */
  readonly consumer?: string;
  readonly dir?: string;
  /** Fields that the team reads, or the one schema that names them; all of the reference client when left out. */
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
  /** Variants beyond the limit. */
  readonly left: number;
}

/** The pact of a client under a consumer's name, run anew against Pact's mock server. */
export async function writeConsumerPact(world: World, options: ConsumerPactOptions = {}): Promise<ConsumerPact> {
  const { consumer = ownName, dir = pactDirOf(consumer), client } = options;
  const { wanted, left } = await wantedBy(world, options.uses);
  const played = await player(world, client, wanted);
  const scratch = mkdtempSync(join(tmpdir(), 'chift-contract-'));
  try {
    const { path, outcomes } = await writePact({
      consumer,
      provider: contract.provider.name,
      interactions: played.interactions,
      run: played.run,
      dir: scratch,
      secrets: secretsOf(world.env),
    });
    const ran = new Set(played.interactions.map(({ endpoint }) => endpoint.id));
    const unplayed = [...new Set(wanted.map(({ endpoint }) => endpoint.id))].filter((id) => !ran.has(id));
    const artefact =
      path === undefined
        ? undefined
        : await writeIfChanged(world.cwd, join(dir, basename(path)), readFileSync(path, 'utf8'));
    return { artefact, outcomes, interactions: played.interactions, unplayed, left };
  } finally {
    await played.end();
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function wantedBy({ cwd }: World, named: readonly string[] | undefined) {
  const uses = await usedFields(cwd, named);
  const { interactions, left } = withVariants(stated, uses);
  return { wanted: uses === undefined ? interactions : usingOnly(interactions, uses), left };
}

type Player = Pick<WritePactOptions, 'interactions' | 'run'> & { readonly end: () => Promise<void> };

/** For one call of a team's client. */
const longestCallMs = 8_000;

/** A team's client plays in a process of its own: it may hang, end the process or look for our secrets. */
async function player({ cwd }: World, module: string | undefined, wanted: readonly PactInteraction[]): Promise<Player> {
  if (module === undefined) {
    const run: Player['run'] = (interaction, mock) => runReference(interaction, mock, fetch);
    return { interactions: wanted, run, end: async () => undefined };
  }
  const team: TeamProcess = await startTeamProcess(resolve(cwd, module), contract, longestCallMs);
  const interactions = wanted.filter(({ endpoint }) => team.endpoints.includes(endpoint.id));
  const run: Player['run'] = async (interaction, mock) =>
    requireKept(await team.call(callFor(interaction, mock)), interaction);
  if (interactions.length > 0) return { interactions, run, end: () => team.stop() };
  await team.stop();
  throw new HarnessError('usage', `--client: ${module} has no function for any interaction of the pact`, {
    hint: `Export async functions (baseUrl, token, body, params) named ${[...new Set(wanted.map(({ endpoint }) => endpoint.id))].join(', ')}.`,
  });
}

/** The consumer's name as its `package.json` has it; usage error without one, which names the flag to give. */
export function consumerNameIn(cwd: string, flag = '--consumer-name'): string {
  const name = packageName(cwd);
  if (name !== undefined) return name;
  throw new HarnessError('usage', 'whose pact is it? There is no name in a package.json here', {
    hint: `Give ${flag} NAME.`,
  });
}

function packageName(cwd: string): string | undefined {
  const file = join(cwd, 'package.json');
  return existsSync(file) ? nameIn(readFileSync(file, 'utf8')) : undefined;
}

function nameIn(text: string): string | undefined {
  try {
    const { name } = JSON.parse(text) as { name?: unknown };
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined;
  }
}
