import type { Header } from '../exchange/headers.js';
import { embedded, type Source, sourceOf } from './exchange-line.js';
import type { Entry, Reading } from './format.js';
import { emptyRecorded, headersOf, isObject, own, type Recorded, textBody } from './message.js';
import { type Place, recordedExchange } from './recorded-exchange.js';

/** How servers name the parts of a request in their access logs: nginx, Apache and Envoy, by habit of their manuals. */
const names = {
  method: ['request_method', 'method', 'http_method', 'httpMethod', 'verb'],
  url: ['request_uri', 'uri', 'path', 'url', 'request_path'],
  query: ['args', 'query_string', 'query'],
  host: ['http_host', 'authority', ':authority', 'host', 'server_name'],
  status: ['status', 'response_code', 'status_code', 'response_status'],
  requestBody: ['request_body', 'req_body'],
  responseBody: ['response_body', 'resp_body'],
  requestSize: ['content_length', 'http_content_length', 'bytes_received'],
  responseSize: ['body_bytes_sent', 'bytes_sent', 'response_size'],
} as const;

const requestLine = /^([A-Z]+) (\S+)(?: HTTP\/[\d.]+)?$/;

/** Whether what stands at the keys on top of a line is what an access log says of a request. */
export function isAccessLine(at: (key: string) => unknown): boolean {
  const has = (keys: readonly string[]) => keys.some((key) => at(key) !== undefined);
  const request = at('request');
  return has(names.status) && (typeof request === 'string' || (has(names.method) && has(names.url)));
}

/** One line of an access log in JSON. What a server does not log by itself, bodies above all, may be there. */
export function accessLine(value: unknown, text: string, place: Place, reading: Reading): Entry {
  const [, lineMethod, lineUrl] = requestLine.exec(String(own(value, 'request'))) ?? [];
  const source = sourceOf(text, value);
  const sent = sizeOf(first(value, names.requestSize)?.[1]);
  const responseHeaders = headersIn(value, 'response_headers', /^(?:sent|upstream)_http_/);
  return recordedExchange(
    {
      method: first(value, names.method)?.[1] ?? lineMethod,
      url: urlOf(value, lineUrl),
      requestHeaders: headersIn(value, 'request_headers', /^http_/),
      requestBody: bodyAt(value, names.requestBody, sent, source),
      response: {
        kind: 'told',
        status: first(value, names.status)?.[1],
        headers: responseHeaders,
        body: bodyAt(value, names.responseBody, sizeOf(first(value, names.responseSize)?.[1]), source),
        durationMs: durationOf(value),
      },
    },
    place,
    reading,
  );
}

/** The first of the keys that says something; a dash is how servers write nothing. */
function first(value: unknown, keys: readonly string[]): readonly [key: string, value: unknown] | undefined {
  return keys
    .map((key) => [key, own(value, key)] as const)
    .find(([, each]) => each !== undefined && each !== null && each !== '-' && each !== '');
}

function urlOf(value: unknown, line: string | undefined): unknown {
  const url = first(value, names.url)?.[1] ?? line;
  if (typeof url !== 'string' || !url.startsWith('/')) return url;
  const host = first(value, names.host)?.[1];
  const query = first(value, names.query)?.[1];
  const search = typeof query === 'string' && !url.includes('?') ? `?${query.replace(/^\?/, '')}` : '';
  return `${typeof host === 'string' ? `https://${host}` : ''}${url}${search}`;
}

/**
 * All headers where the log has them in one place. Single ones are taken only when the content type is among them: of
 * the others nobody could tell whether they were missing or not logged.
 */
function headersIn(value: unknown, whole: string, single: RegExp): Header[] {
  const all = headersOf(own(value, whole));
  if (all !== undefined && all.length > 0) return all;
  if (!isObject(value)) return [];
  const lines = Object.entries(value)
    .filter(([key, text]) => single.test(key) && typeof text === 'string' && text !== '-' && text !== '')
    .map(([key, text]): Header => [key.replace(single, '').replaceAll('_', '-'), String(text)]);
  return lines.some(([name]) => name === 'content-type') ? lines : [];
}

/** As text or as the JSON itself; an empty one may be a body that the server did not keep, unless it counted no byte. */
function bodyAt(
  value: unknown,
  keys: readonly string[],
  size: number | undefined,
  source: Source,
): Recorded | undefined {
  const [key, content] = first(value, keys) ?? [];
  if (key === undefined) return size === 0 && keys.some((each) => own(value, each) === '') ? emptyRecorded : undefined;
  return typeof content === 'string'
    ? textBody(content, size)
    : { body: embedded(content, source, [key]), fidelity: [] };
}

function sizeOf(size: unknown): number | undefined {
  const number = typeof size === 'string' ? Number(size) : size;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined;
}

/** nginx counts seconds, Envoy milliseconds. */
function durationOf(value: unknown): number | undefined {
  const [seconds, milliseconds] = [Number(own(value, 'request_time')), Number(own(value, 'duration'))];
  if (Number.isFinite(seconds)) return Math.round(seconds * 1000);
  return Number.isFinite(milliseconds) ? milliseconds : undefined;
}
