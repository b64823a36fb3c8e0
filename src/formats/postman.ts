import type { Unanswered } from '../exchange/exchange.js';
import { type Element, placeIn, readElements, readNested, unreadable } from './elements.js';
import type { Entry, Format, Reading } from './format.js';
import {
  codedBody,
  emptyRecorded,
  formBody,
  headersOf,
  isObject,
  own,
  type Recorded,
  templated,
  textBody,
} from './message.js';
import { outlineOf } from './outline.js';
import { peeked } from './peek.js';
import { notRecorded, type Place, recordedExchange, type ToldResponse } from './recorded-exchange.js';

/** Reports of Newman, which hold what was observed, and collections, whose saved examples people wrote and edit. */
export const postman: Format = {
  id: 'postman',
  title: 'Postman collection or Newman report',
  recognises({ paths }) {
    if (paths.get('run/executions') === '[' || paths.get('collection/item') === '[') return 1;
    return paths.get('item') === '[' && (paths.has('info/schema') || paths.has('info/_postman_id')) ? 1 : 0;
  },
  async *read(source, reading) {
    const { head, chunks } = await peeked(source, 4096);
    const { paths } = outlineOf(new TextDecoder().decode(head));
    yield* paths.has('collection') || paths.has('run') ? report(chunks, reading) : collection(chunks, reading);
  },
};

function report(chunks: AsyncIterable<Uint8Array>, reading: Reading): AsyncIterable<Entry> {
  const label = 'run.executions';
  const entry = ({ value, index, line }: Element) =>
    exchange(own(value, 'request'), answer(value), { ...placeOf(label, { index, line }), fidelity: [] }, reading);
  return readElements(chunks, { path: ['run', 'executions'], label, entry }, reading);
}

function collection(chunks: AsyncIterable<Uint8Array>, reading: Reading): AsyncIterable<Entry> {
  const label = 'item';
  const within = ({ value, index, line }: Element) =>
    [...examples(value)].map((example) => (at: number) => {
      const request = own(example, 'originalRequest');
      const place: Place = {
        ...placeOf(label, { index, line }),
        index: at,
        provenance: 'example',
        fidelity: JSON.stringify(request ?? null).includes('{{') ? ['unresolved-variables'] : [],
      };
      return exchange(request, told(example), place, reading);
    });
  return readNested(chunks, { path: ['item'], label, within }, reading);
}

function placeOf(label: string, at: { index: number; line: number }): Omit<Place, 'fidelity'> {
  return { ...at, format: 'postman', label: placeIn(label, at) };
}

/** The saved examples of a request, and of all requests of a folder. */
function* examples(item: unknown): Generator<unknown> {
  const [responses, items] = [own(item, 'response'), own(item, 'item')];
  if (Array.isArray(responses)) yield* responses;
  if (Array.isArray(items)) for (const inner of items) yield* examples(inner);
}

function exchange(request: unknown, response: ToldResponse | Unanswered, place: Place, reading: Reading): Entry {
  if (!isObject(request)) return unreadable(place.label, 'has no request object');
  const requestHeaders = enabled(request['header']);
  const told = { method: request['method'], url: urlOf(request['url']), requestHeaders };
  return recordedExchange({ ...told, requestBody: sent(request['body']), response }, place, reading);
}

function answer(execution: unknown): ToldResponse | Unanswered {
  const response = own(execution, 'response');
  if (isObject(response)) return told(response);
  const code = own(own(execution, 'requestError'), 'code');
  return notRecorded(typeof code === 'string' ? `the request failed: ${code}` : 'no response in the recording');
}

function told(response: unknown): ToldResponse {
  const headers = enabled(own(response, 'header'));
  const status = own(response, 'code');
  return { kind: 'told', status, headers, body: came(response, headers), durationMs: own(response, 'responseTime') };
}

/** Newman keeps the bytes as a Buffer's JSON, a collection keeps text. */
function came(response: unknown, headers: unknown): Recorded | undefined {
  const stream = own(response, 'stream');
  const data = own(stream, 'data') ?? stream;
  if (Array.isArray(data)) return codedBody(Buffer.from(data as number[]), headersOf(headers) ?? [], ['buffer']);
  return textOrTemplate(own(response, 'body'));
}

function sent(body: unknown): Recorded | undefined {
  const mode = own(body, 'mode');
  const fields = typeof mode === 'string' ? own(body, mode) : undefined;
  if (mode === 'urlencoded' && Array.isArray(fields)) return formBody(fields.filter(isEnabled), undefined);
  if (mode === 'formdata') return formBody([], 'multipart/form-data');
  if (mode === 'graphql' && isObject(fields)) return textOrTemplate(JSON.stringify(fields));
  return mode === 'raw' ? textOrTemplate(fields) : undefined;
}

function textOrTemplate(text: unknown): Recorded | undefined {
  if (typeof text !== 'string') return undefined;
  if (text === '') return emptyRecorded;
  return /\{\{[$\w.-]+\}\}/.test(text) ? templated('a text with variables') : textBody(text, undefined);
}

/** Text, or parts of which `raw` is the whole; a variable in the place of the host says nothing about the path. */
function urlOf(url: unknown): unknown {
  const text = typeof url === 'string' ? url : (own(url, 'raw') ?? assembled(url));
  return typeof text === 'string' ? text.replace(/^\{\{[^}]*\}\}/, '') : text;
}

function assembled(url: unknown): string | undefined {
  const [protocol, host, port, path, query] = ['protocol', 'host', 'port', 'path', 'query'].map((key) => own(url, key));
  if (!Array.isArray(path)) return undefined;
  const origin = Array.isArray(host) ? `${protocol ?? 'https'}://${host.join('.')}${port ? `:${port}` : ''}` : '';
  const pairs = Array.isArray(query) ? query.filter(isEnabled) : [];
  const search = pairs.map((pair) => `${own(pair, 'key')}=${own(pair, 'value') ?? ''}`).join('&');
  return `${origin}/${path.join('/')}${search === '' ? '' : `?${search}`}`;
}

/** Lines that were switched off were not sent. */
function enabled(headers: unknown): unknown {
  return Array.isArray(headers) ? headers.filter(isEnabled) : headers;
}

const isEnabled = (line: unknown): boolean => own(line, 'disabled') !== true;
