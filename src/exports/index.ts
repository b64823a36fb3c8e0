import type { Export } from './export.js';

/** What a finding can be written as, by the name that `--export` takes; loaded when it is asked for. */
export const exporters = {
  curl: async () => (await import('./curl.js')).curl,
  http: async () => (await import('./http.js')).http,
  vitest: async () => (await import('./vitest.js')).vitest,
  pact: async () => (await import('./pact.js')).pact,
} satisfies Readonly<Record<string, () => Promise<Export>>>;

type ExportName = keyof typeof exporters;
export const exportNames = Object.keys(exporters) as readonly ExportName[];
