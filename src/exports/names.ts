/** What a finding can be written as; apart from the writers, so that a command line is read without loading them. */
export const exportNames = ['curl', 'http', 'vitest', 'pact'] as const;
export type ExportName = (typeof exportNames)[number];
