import { html } from './html.js';
import { json } from './json.js';
import { junit } from './junit.js';
import type { Reporter } from './reporter.js';

/** Every report that can be written to a file, by the name that `--report` takes. */
export const reporters: Readonly<Record<string, Reporter>> = { html, junit, json };
