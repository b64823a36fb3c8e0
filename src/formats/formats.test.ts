import { fileURLToPath } from 'node:url';
import { formatSuite } from '../testing/format-suite.js';
import { allFormats } from './index.js';

const golden = fileURLToPath(new URL('golden', import.meta.url));

for (const format of await allFormats()) formatSuite(format, golden);
