import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { interactions } from '../../contracts/chift/pact/interactions.js';
import { runReference } from '../../contracts/chift/pact/reference.js';
import { writePact } from '../pact/write.js';
import { type Artefact, writeIfChanged } from './artefacts.js';
import { generatedDir } from './contract-files.js';
import type { World } from './world.js';

/** Name of this package as a consumer of the provider. */
const consumer = 'chift-contract';

/** The pact of the reference client, run anew against Pact's mock server and written where it is committed. */
export async function writeConsumerPact(world: World): Promise<Artefact> {
  const dir = mkdtempSync(join(tmpdir(), 'chift-contract-'));
  try {
    const run: Parameters<typeof writePact>[0]['run'] = (interaction, mock) => runReference(interaction, mock, fetch);
    const { path, outcomes } = await writePact({ consumer, provider: 'chift', interactions, run, dir });
    if (path === undefined)
      throw new Error(
        `the reference client breaks its pact: ${outcomes.flatMap(({ problems }) => problems).join('; ')}`,
      );
    return await writeIfChanged(world.cwd, `${generatedDir}/pacts/${basename(path)}`, readFileSync(path, 'utf8'));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
