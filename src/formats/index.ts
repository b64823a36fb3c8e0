import { HarnessError } from '../errors.js';
import type { Format } from './format.js';

/** Every kind of recording that is read, by the name that `--format` takes; loaded when there is something to read. */
const formats = {
  har: async () => (await import('./har.js')).har,
  ndjson: async () => (await import('./ndjson.js')).ndjson,
  vcr: async () => (await import('./vcr.js')).vcr,
  polly: async () => (await import('./polly.js')).polly,
  nock: async () => (await import('./nock.js')).nock,
  postman: async () => (await import('./postman.js')).postman,
  otlp: async () => (await import('./otlp.js')).otlp,
  wiremock: async () => (await import('./wiremock.js')).wiremock,
  hoverfly: async () => (await import('./hoverfly.js')).hoverfly,
  pact: async () => (await import('./pact.js')).pact,
  journal: async () => (await import('./journal.js')).journal,
} satisfies Readonly<Record<string, () => Promise<Format>>>;

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as readonly FormatName[];

export const allFormats = (): Promise<readonly Format[]> => Promise.all(formatNames.map((name) => formats[name]()));

/** The format that `--format` names. */
export async function formatNamed(name: string): Promise<Format> {
  if (Object.hasOwn(formats, name)) return formats[name as FormatName]();
  throw new HarnessError('usage', `there is no format ${JSON.stringify(name)}`, {
    hint: `--format accepts auto, ${formatNames.join(', ')}.`,
  });
}
