import { fileURLToPath } from 'node:url';
import { contract } from '../../contracts/chift/index.js';
import { properties } from '../../properties/chift/index.js';
import { checksFor } from '../checks/index.js';
import type { InteractionOutcome } from '../pact/write.js';
import type { PactFidelity } from '../run/pact-schema.js';
import { documents } from '../sources/documents.js';
import type { Artefact } from './artefacts.js';
import { writeConsumerPact } from './consumer-pact.js';
import { writeContractFiles } from './contract-files.js';
import { interruptionOf } from './interruption.js';
import { judgedRun } from './judged-run.js';
import { tellStep } from './progress.js';
import { openRecordings } from './recordings.js';
import { type LiveSettings, onStage } from './stage.js';
import { orStopped } from './stopped-run.js';
import { introduce, liveRun } from './verify.js';
import type { World } from './world.js';

/** Fixed, so that two runs of the main job on one version say the same. */
const defaultSeed = 42;

/** The recordings that ship with the contract, beside the bundle and beside the sources alike. */
const home = fileURLToPath(new URL('../..', import.meta.url));
const shipped = 'contracts/chift/recordings';

/** The main job: contract files, the consumer pact, a run on the target, the shipped recordings; one verdict. */
export async function runAll(world: World, settings: LiveSettings): Promise<number> {
  const seed = settings.seed ?? defaultSeed;
  const interruption = interruptionOf(world);
  try {
    const input = { world, contract, properties, settings, seed, signal: interruption.signal };
    return await orStopped(world, { command: 'run', settings, interruption }, () =>
      onStage(input, async (stage) => {
        await introduce(world, settings, stage);
        tellStep(world, settings.quiet, 'running the reference client through its pact');
        const { artefact, outcomes } = await writeConsumerPact(world);
        if (artefact === undefined)
          throw new Error(`the reference client breaks its pact: ${JSON.stringify(outcomes)}`);
        tellStep(world, settings.quiet, 'writing the contract files');
        const artefacts: Artefact[] = [...(await writeContractFiles(world.cwd, contract)), artefact];
        const recordings = documents(await openRecordings([shipped], { ...world, cwd: home }), { format: 'auto' });
        if (!settings.quiet) world.stdout.write(`${artefacts.length} contract files are in contracts/generated\n`);
        return judgedRun(world, interruption, {
          command: 'run',
          contract,
          checks: checksFor(settings.echo),
          sources: [stage.source, recordings],
          settings,
          seed,
          ...liveRun(world, settings, stage),
          artefacts,
          pact: pactFidelity(outcomes),
        });
      }),
    );
  } finally {
    interruption.end();
  }
}

function pactFidelity(outcomes: readonly InteractionOutcome[]): PactFidelity {
  const interactions = outcomes.map(({ description, fidelity }) => ({
    description,
    places: fidelity.map((place) => ({ ...place, looser: [...place.looser], stricter: [...place.stricter] })),
  }));
  return { interactions };
}
