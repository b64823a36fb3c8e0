import type { Unanswered } from '../exchange/exchange.js';
import type { Entry, Reading } from './format.js';
import { lineDocuments } from './line-documents.js';
import { base64Body, emptyRecorded, headersOf, isObject, own, type Recorded, textBody } from './message.js';
import { notRecorded, recordedExchange, type ToldResponse } from './recorded-exchange.js';

/** One line holds all cases of a scenario. */
const maxLineBytes = 64 * 1024 * 1024;
const scenarios = ['ScenarioFinished', 'FuzzScenarioFinished'] as const;

/** Whether a document begins as the events of Schemathesis do (`--report ndjson`, since version 4). */
export function isSchemathesis(paths: ReadonlyMap<string, string>): boolean {
  return paths.has('Initialize/schemathesis_version') || scenarios.some((name) => paths.has(`${name}/recorder`));
}

/** The exchanges of each scenario that is finished; the other events tell of none. */
export async function* schemathesisLines(chunks: AsyncIterable<Uint8Array>, reading: Reading): AsyncGenerator<Entry> {
  let index = 0;
  for await (const document of lineDocuments(chunks, maxLineBytes)) {
    const { label, line, offset } = document;
    const found = document.problem === undefined ? interactions(document.value) : [undefined];
    for (const interaction of found) {
      const at = index++;
      if (!reading.wants(at, offset)) continue;
      if (interaction === undefined) yield { kind: 'unreadable', place: label, reason: document.problem! };
      else yield exchange(interaction, { index: at, line, label }, reading);
    }
  }
}

interface Interaction {
  readonly id: string;
  readonly value: unknown;
}

function interactions(event: unknown): Interaction[] {
  return scenarios
    .map((name) => own(own(own(event, name), 'recorder'), 'interactions'))
    .filter(isObject)
    .flatMap((all) => Object.entries(all).map(([id, value]) => ({ id, value })));
}

function exchange(
  { id, value }: Interaction,
  { label, ...at }: { index: number; line: number; label: string },
  reading: Reading,
): Entry {
  const place = `${label}, case ${id.slice(0, 40)}`;
  const request = own(value, 'request');
  if (!isObject(request)) return { kind: 'unreadable', place, reason: 'has no request object' };
  const { method, uri, headers } = request;
  const told = { method, url: uri, requestHeaders: headers, requestBody: bodyOf(request['body'], headers) };
  return recordedExchange(
    { ...told, response: responseOf(own(value, 'response')) },
    { ...at, format: 'vcr', label: place, fidelity: [] },
    reading,
  );
}

function responseOf(response: unknown): ToldResponse | Unanswered {
  if (!isObject(response)) return notRecorded('no response in the recording');
  const { status_code: status, headers, content, elapsed } = response;
  const durationMs = typeof elapsed === 'number' ? elapsed * 1000 : undefined;
  return { kind: 'told', status, headers, body: bodyOf(content, headers), durationMs };
}

/** Bytes as `{"$base64": …}`; what was text already stands as it is. */
function bodyOf(content: unknown, headers: unknown): Recorded | undefined {
  const base64 = own(content, '$base64');
  if (content === '' || base64 === '') return emptyRecorded;
  if (typeof base64 === 'string') return base64Body(base64, headersOf(headers) ?? []);
  return typeof content === 'string' ? textBody(content, undefined) : undefined;
}
