import type { Fidelity } from '../derive/pact-matcher.js';
import { exitCodes } from '../errors.js';
import type { InteractionOutcome } from '../pact/write.js';
import { gapLines, levelCounts } from '../reporters/pact-words.js';
import { oneLine } from '../reporters/visible-text.js';
import { consumerNameIn, writeConsumerPact } from './consumer-pact.js';
import type { pacting } from './pact-settings.js';
import { say } from './say.js';
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
    say(world.stdout, `not tried: ${written.left} more mixtures of present, null and absent fields`);
  if (written.unplayed.length > 0)
    say(world.stdout, `not run: ${written.unplayed.join(', ')} (the module exports no function of that name)`);
  if (written.artefact === undefined) {
    say(world.stderr, 'error: no pact is written, because the client broke an interaction');
    return exitCodes.findings;
  }
  say(world.stdout, `\n${written.artefact.path}  sha256:${written.artefact.sha256}`);
  return exitCodes.conforms;
}

function tell({ stdout }: World, { description, passed, problems, fidelity }: InteractionOutcome) {
  say(stdout, `${passed ? '✔' : '✖'} ${oneLine(description)}`);
  for (const problem of problems) say(stdout, `    ${problem}`);
  if (fidelity.length === 0) return;
  say(stdout, `    of the model ${levelCounts(fidelity)}`);
  for (const line of gapLines(fidelity)) say(stdout, `    ${line}`);
}

/** Of all answers together: what some interaction pins, and what none does. */
function tellPinned({ stdout }: World, outcomes: readonly InteractionOutcome[]): void {
  const places = outcomes.flatMap(({ fidelity }) => fidelity);
  const said = pinned(places);
  const unsaid = places
    .filter(({ pointer, level }) => level === 'unpinned' && !said.some((other) => other.startsWith(pointer)))
    .map(({ pointer }) => pointer);
  say(stdout, `\npinned: ${said.join(', ') || 'nothing'}`);
  say(stdout, `not pinned: ${[...new Set(unsaid)].join(', ') || 'nothing'}`);
}

/** The places that the pact speaks of, the innermost only. */
function pinned(fidelity: readonly Fidelity[]): string[] {
  const said = fidelity.filter(({ level }) => level !== 'unpinned').map(({ pointer }) => pointer);
  return [...new Set(said)].filter((pointer) => !said.some((other) => other.startsWith(`${pointer}/`)));
}
