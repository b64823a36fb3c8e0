import type { Reporter } from './reporter.js';

/** Every report that can be written to a file, by the name that `--report` takes; loaded when it is asked for. */
export const reporters = {
  html: async () => (await import('./html.js')).html,
  junit: async () => (await import('./junit.js')).junit,
  sarif: async () => (await import('./sarif.js')).sarif,
  ctrf: async () => (await import('./ctrf.js')).ctrf,
  markdown: async () => (await import('./markdown.js')).markdown,
  json: async () => (await import('./json.js')).json,
  har: async () => (await import('./har.js')).har,
} satisfies Readonly<Record<string, () => Promise<Reporter>>>;

export type ReportName = keyof typeof reporters;
export const reportNames = Object.keys(reporters) as readonly ReportName[];

export const allReporters = (): Promise<readonly Reporter[]> =>
  Promise.all(reportNames.map((name) => reporters[name]()));
