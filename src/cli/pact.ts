import type { Fidelity } from '../derive/pact-matcher.js';
import { exitCodes } from '../errors.js';
import { consumerNameIn, ownPactDir, writeConsumerPact } from './consumer-pact.js';
import type { World } from './world.js';

export interface PactOptions {
  readonly pactDir?: string;
  readonly consumerName?: string;
}

/** Runs the consumer contract and writes the pact; a client that breaks an interaction leaves the file as it was. */
export async function pact(world: World, { pactDir, consumerName }: PactOptions): Promise<number> {
  const consumer = consumerName ?? consumerNameIn(world.cwd);
  const dir = pactDir ?? (consumer === 'chift-contract' ? ownPactDir : 'pacts');
  const { artefact, outcomes } = await writeConsumerPact(world, consumer, dir);
  for (const { description, passed, problems, fidelity } of outcomes) {
    world.stdout.write(`${passed ? '✔' : '✖'} ${description}\n`);
    for (const problem of problems) world.stdout.write(`    ${problem}\n`);
    if (fidelity.length > 0) world.stdout.write(`    ${fidelitySentence(fidelity)}\n`);
  }
  if (artefact === undefined) {
    world.stderr.write('error: no pact is written, because the client broke an interaction\n');
    return exitCodes.findings;
  }
  world.stdout.write(`\n${artefact.path}  sha256:${artefact.sha256}\n`);
  return exitCodes.conforms;
}

/** How much of the model the pact can say: `29 places exact, 2 weakened`. */
function fidelitySentence(fidelity: readonly Fidelity[]): string {
  const levels = ['exact', 'weakened', 'inexpressible', 'unpinned'] as const;
  const counts = levels.map((level) => [fidelity.filter((place) => place.level === level).length, level] as const);
  return `of the model ${counts
    .filter(([count]) => count > 0)
    .map(([count, level]) => `${count} ${level}`)
    .join(', ')}`;
}
