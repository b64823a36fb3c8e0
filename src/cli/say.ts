import { inert } from '../reporters/visible-text.js';
import type { Output } from './world.js';

/** Prints lines that may quote a stranger: nothing in them acts on a terminal, or on the CI system that reads the log. */
export function say(to: Output, text: string): void {
  to.write(`${inert(text)}\n`);
}
