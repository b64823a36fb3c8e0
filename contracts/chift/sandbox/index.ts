import { HarnessError, startHost } from '../../../src/index.js';
import { changed } from './behaviour.js';
import { demo } from './demo.js';
import { emulate } from './emulate.js';
import { faithful } from './faithful.js';
import { type Fault, faults } from './faults/index.js';
import { nearest } from './nearest.js';
import { State } from './state.js';
import { type Variation, variations } from './variations/index.js';

export { choices } from './choices.js';
export { demo } from './demo.js';

export interface SandboxOptions {
  /** A free one when left out. */
  readonly port?: number;
  /** Names of promises to break, see {@link listFaults}; the last one is outermost. */
  readonly faults?: readonly string[];
  /** Names of harmless differences, see {@link listVariations}. */
  readonly variations?: readonly string[];
  /** Tokens that are good for ever, beside those that `/token` gives out. */
  readonly acceptTokens?: readonly string[];
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly demo: typeof demo;
  close(): Promise<void>;
}

/**
 * Starts the emulated provider on loopback: any client id and secret get a token, any UUID is a consumer. Throws
 * `usage` for an unknown name and for a port that is taken.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const changes = [
    ...(options.variations ?? []).map((name) => named('variation', variations, name).change),
    ...(options.faults ?? []).map((name) => named('fault', faults, name).change),
  ];
  const state = new State(options.acceptTokens ?? []);
  const host = await startHost(emulate(changed(faithful, changes), state), { port: options.port ?? 0 });
  return { url: host.url, demo, close: () => host.close() };
}

/** Each fault with the finding that a run on it must give. */
export function listFaults(): readonly Pick<Fault, 'name' | 'finding' | 'description'>[] {
  return faults.map(({ name, finding, description }) => ({ name, finding, description }));
}

/** Differences that keep every promise: a run on them finds no error. */
export function listVariations(): readonly Pick<Variation, 'name' | 'description'>[] {
  return variations.map(({ name, description }) => ({ name, description }));
}

function named<T extends { readonly name: string }>(kind: string, all: readonly T[], name: string): T {
  const found = all.find((each) => each.name === name);
  if (found) return found;
  const near = nearest(
    name,
    all.map((each) => each.name),
  );
  throw new HarnessError('usage', `the sandbox has no ${kind} ${JSON.stringify(name)}`, {
    hint: `Did you mean ${near.join(', ')}? ${kind === 'fault' ? '--list-faults lists them all.' : ''}`.trim(),
  });
}
