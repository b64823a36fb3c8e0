import type { Format } from './format.js';
import { har } from './har.js';
import { hoverfly } from './hoverfly.js';
import { journal } from './journal.js';
import { ndjson } from './ndjson.js';
import { nock } from './nock.js';
import { otlp } from './otlp.js';
import { pact } from './pact.js';
import { polly } from './polly.js';
import { postman } from './postman.js';
import { vcr } from './vcr.js';
import { wiremock } from './wiremock.js';

/** Every kind of recording that is read, in the order of `--format`. */
export const formats: readonly Format[] = [
  har,
  ndjson,
  vcr,
  polly,
  nock,
  postman,
  otlp,
  wiremock,
  hoverfly,
  pact,
  journal,
];
