import type { Fidelity } from '../derive/pact-matcher.js';
import { exitCodes } from '../errors.js';
import type { InteractionOutcome } from '../pact/write.js';
import { gapLines, levelCounts } from '../reporters/pact-words.js';
import { consumerNameIn, writeConsumerPact } from './consumer-pact.js';
import type { pacting } from './pact-settings.js';
import type { Values } from './settings.js';
import type { World } from './world.js';

/** Runs the consumer contract and writes the pact; a client that breaks an interaction leaves the file as it was. */
export async function pact(world: World, settings: Values<typeof pacting>): Promise<number> {
  const { pactDir, consumerName, uses, client } = settings;
  const consumer = consumerName ?? consumerNameIn(world.cwd);
  const written = await writeConsumerPact(world, {
    consumer,
    ...(pactDir === undefined ? {} : { dir: pactDir }),
    uses,
    client,
  });
  for (const outcome of written.outcomes) tell(world, outcome);
  tellPinned(world, written.outcomes);
  if (written.left > 0)
    world.stdout.write(`not tried: ${written.left} more mixtures of present, null and absent fields\n`);
  if (written.unplayed.length > 0)
    world.stdout.write(`not run: ${written.unplayed.join(', ')} (the module exports no function of that name)\n`);
  if (written.artefact === undefined) {
    world.stderr.write('error: no pact is written, because the client broke an interaction\n');
    return exitCodes.findings;
  }
  world.stdout.write(`\n${written.artefact.path}  sha256:${written.artefact.sha256}\n`);
  return exitCodes.conforms;
}

function tell({ stdout }: World, { description, passed, problems, fidelity }: InteractionOutcome) {
  stdout.write(`${passed ? '✔' : '✖'} ${description}\n`);
  for (const problem of problems) stdout.write(`    ${problem}\n`);
  if (fidelity.length === 0) return;
  stdout.write(`    of the model ${levelCounts(fidelity)}\n`);
  for (const line of gapLines(fidelity)) stdout.write(`    ${line}\n`);
}

/** Of all answers together: what some interaction pins, and what none does. */
function tellPinned({ stdout }: World, outcomes: readonly InteractionOutcome[]): void {
  const places = outcomes.flatMap(({ fidelity }) => fidelity);
  const said = pinned(places);
  const unsaid = places
    .filter(({ pointer, level }) => level === 'unpinned' && !said.some((other) => other.startsWith(pointer)))
    .map(({ pointer }) => pointer);
  stdout.write(`\npinned: ${said.join(', ') || 'nothing'}\n`);
  stdout.write(`not pinned: ${[...new Set(unsaid)].join(', ') || 'nothing'}\n`);
}

/** The places that the pact speaks of, the innermost only. */
function pinned(fidelity: readonly Fidelity[]): string[] {
  const said = fidelity.filter(({ level }) => level !== 'unpinned').map(({ pointer }) => pointer);
  return [...new Set(said)].filter((pointer) => !said.some((other) => other.startsWith(`${pointer}/`)));
}
