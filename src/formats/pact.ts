import { absentBody, emptyBody } from '../exchange/body.js';
import { placeIn, readElements } from './elements.js';
import { embedded, type Source, sourceOf } from './exchange-line.js';
import type { Entry, Format, Reading } from './format.js';
import { base64Body, headersOf, isObject, own, type Recorded, textBody } from './message.js';
import { recordedExchange } from './recorded-exchange.js';

const label = 'interactions';

/**
 * Pact files, V2 to V4: what a consumer expects, so examples and no observations. A missing body means any body, and
 * an expectation without one says nothing about it.
 */
export const pact: Format = {
  id: 'pact',
  title: 'Pact file',
  recognises({ paths }) {
    if (paths.get(label) !== '[' && paths.get('metadata') !== '{') return 0;
    const named = Number(paths.has('consumer/name')) + Number(paths.has('provider/name'));
    return named === 2 ? 1 : paths.has('metadata/pactSpecification/version') ? 0.9 : 0;
  },
  read(chunks, reading) {
    return readElements(
      chunks,
      {
        path: [label],
        label,
        entry: ({ value, text, index, line }) => interaction(value, sourceOf(text, value), { index, line }, reading),
      },
      reading,
    );
  },
};

function interaction(value: unknown, source: Source, at: { index: number; line: number }, reading: Reading): Entry {
  const place = { ...at, format: 'pact', label: placeIn(label, at), fidelity: [], provenance: 'example' as const };
  const type = own(value, 'type') ?? 'Synchronous/HTTP';
  if (type !== 'Synchronous/HTTP')
    return { kind: 'unreadable', place: place.label, reason: `is ${JSON.stringify(type).slice(0, 40)}, not HTTP` };
  const request = own(value, 'request');
  const response = own(value, 'response');
  if (!isObject(request) || !isObject(response))
    return { kind: 'unreadable', place: place.label, reason: 'has no request or no response object' };
  return recordedExchange(
    {
      method: typeof request['method'] === 'string' ? request['method'].toUpperCase() : request['method'],
      url: urlOf(request),
      requestHeaders: request['headers'],
      requestBody: bodyOf(request, source, 'request'),
      response: {
        kind: 'told',
        status: response['status'],
        headers: response['headers'],
        body: bodyOf(response, source, 'response') ?? { body: absentBody, fidelity: [] },
      },
    },
    place,
    reading,
  );
}

/** The query is text in V2 and lists by name since V3. */
function urlOf({ path, query }: Record<string, unknown>): unknown {
  if (typeof path !== 'string' || query === undefined || query === null || query === '') return path;
  if (typeof query === 'string') return `${path}?${query}`;
  const pairs = (headersOf(query) ?? []).map(([name, value]): [string, string] => [name, value]);
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

/** V4 wraps a body with its encoding; before, it stood bare. Null is JSON null in V4 and an empty body before. */
function bodyOf(message: Record<string, unknown>, source: Source, side: string): Recorded | undefined {
  const { body } = message;
  if (body === undefined) return undefined;
  if (body === null) return { body: emptyBody, fidelity: [] };
  if (!isObject(body) || !Object.hasOwn(body, 'content')) return bare(body, message, source, [side, 'body']);
  const encoded = body['encoded'];
  if (typeof body['content'] === 'string' && encoded === 'base64')
    return base64Body(body['content'], headersOf(message['headers']) ?? []);
  if (typeof body['content'] === 'string' && encoded !== 'JSON') return textBody(body['content'], undefined);
  return { body: embedded(body['content'], source, [side, 'body', 'content']), fidelity: [] };
}

/** Text stands for itself unless the message says that it is JSON. */
function bare(body: unknown, message: Record<string, unknown>, source: Source, path: readonly string[]): Recorded {
  const types = (headersOf(message['headers']) ?? []).filter(([name]) => name.toLowerCase() === 'content-type');
  if (typeof body === 'string' && !types.some(([, value]) => /json/i.test(value))) return textBody(body, undefined);
  return { body: embedded(body, source, path), fidelity: [] };
}
