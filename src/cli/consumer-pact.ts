import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { interactions } from '../../contracts/chift/pact/interactions.js';
import { runReference } from '../../contracts/chift/pact/reference.js';
import { HarnessError } from '../errors.js';
import { type InteractionOutcome, writePact } from '../pact/write.js';
import { type Artefact, writeIfChanged } from './artefacts.js';
import { generatedDir } from './contract-files.js';
import type { World } from './world.js';

/** Where the pact of this package lies, in its repository. */
export const ownPactDir = `${generatedDir}/pacts`;

export interface ConsumerPact {
  /** Undefined when the client broke an interaction: nothing is written then. */
  readonly artefact: Artefact | undefined;
  readonly outcomes: readonly InteractionOutcome[];
}

/** The pact of the reference client under a consumer's name, run anew against Pact's mock server. */
export async function writeConsumerPact(world: World, consumer: string, dir: string): Promise<ConsumerPact> {
  const scratch = mkdtempSync(join(tmpdir(), 'chift-contract-'));
  try {
    const { path, outcomes } = await writePact({
      consumer,
      provider: 'chift',
      interactions,
      run: (interaction, mock) => runReference(interaction, mock, fetch),
      dir: scratch,
    });
    if (path === undefined) return { artefact: undefined, outcomes };
    return {
      artefact: await writeIfChanged(world.cwd, join(dir, basename(path)), readFileSync(path, 'utf8')),
      outcomes,
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The consumer's name as its `package.json` has it; usage error without one. */
export function consumerNameIn(cwd: string): string {
  const file = join(cwd, 'package.json');
  const name = existsSync(file) ? nameIn(readFileSync(file, 'utf8')) : undefined;
  if (name !== undefined) return name;
  throw new HarnessError('usage', 'whose pact is it? There is no name in a package.json here', {
    hint: 'Give --consumer-name NAME.',
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
