import { type Emulation, HarnessError } from '../../../src/index.js';
import { changed } from './behaviour.js';
import { emulate } from './emulate.js';
import { faithful } from './faithful.js';
import { faults } from './faults/index.js';
import { nearest } from './nearest.js';
import { State } from './state.js';
import { variations } from './variations/index.js';

export interface Deviations {
  /** Names of promises to break, see `listFaults`; the last one is outermost. */
  readonly faults?: readonly string[];
  /** Names of harmless differences, see `listVariations`. */
  readonly variations?: readonly string[];
  /** Tokens that are good for ever, beside those that `/token` gives out. */
  readonly acceptTokens?: readonly string[];
}

/** A provider without a port, with a memory of its own. Throws `usage` for a name that nothing has. */
export function emulationOf(deviations: Deviations): Emulation {
  const changes = [
    ...(deviations.variations ?? []).map((name) => named('variation', variations, name).change),
    ...(deviations.faults ?? []).map((name) => named('fault', faults, name).change),
  ];
  return emulate(changed(faithful, changes), new State(deviations.acceptTokens ?? []));
}

function named<T extends { readonly name: string }>(kind: string, all: readonly T[], name: string): T {
  const found = all.find((each) => each.name === name);
  if (found) return found;
  const near = nearest(
    name,
    all.map((each) => each.name),
  );
  throw new HarnessError('usage', `the sandbox has no ${kind} ${JSON.stringify(name)}`, {
    hint: `Did you mean ${near.slice(0, -1).join(', ')} or ${near.at(-1)}?`,
  });
}
