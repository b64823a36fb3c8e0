import { curl } from './curl.js';
import type { Export } from './export.js';
import { http } from './http.js';
import type { ExportName } from './names.js';
import { pact } from './pact.js';
import { vitest } from './vitest.js';

/** What a finding can be written as, by the name that `--export` takes. */
export const exporters: Readonly<Record<ExportName, Export>> = { curl, http, vitest, pact };
