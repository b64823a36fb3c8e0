import { startHost } from '../../../src/index.js';
import { demo } from './demo.js';
import { type Deviations, emulationOf } from './emulation-of.js';
import { type Fault, faults } from './faults/index.js';
import { type Variation, variations } from './variations/index.js';

export { choices } from './choices.js';
export { demo } from './demo.js';

/** Where the emulated provider listens and in what it differs from a faithful one. */
export interface SandboxOptions extends Deviations {
  /** A free one when left out. */
  readonly port?: number;
}

/** A running emulation of the provider, on loopback until it is closed. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly demo: typeof demo;
  close(): Promise<void>;
}

/**
 * Starts the emulated provider on loopback: any client id and secret get a token, any UUID is a consumer. Throws
 * `usage` for a fault or variation it does not have and for a port that is taken.
 */
export async function startSandbox({ port = 0, ...deviations }: SandboxOptions = {}): Promise<Sandbox> {
  const host = await startHost(emulationOf(deviations), { port });
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
