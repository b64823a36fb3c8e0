import { ctrf } from './ctrf.js';
import { har } from './har.js';
import { html } from './html.js';
import { json } from './json.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import type { Reporter } from './reporter.js';
import { sarif } from './sarif.js';

/** Every report that can be written to a file, by the name that `--report` takes. */
export const reporters: Readonly<Record<string, Reporter>> = { html, junit, sarif, ctrf, markdown, json, har };
