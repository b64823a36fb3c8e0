import type { Unanswered } from '../exchange/exchange.js';
import type { Header } from '../exchange/headers.js';
import type { Entry, Reading } from './format.js';
import { base64Body, emptyRecorded, isObject, own, type Recorded, textBody } from './message.js';
import { notRecorded, type Place, recordedExchange, type ToldResponse } from './recorded-exchange.js';

type Attributes = ReadonlyMap<string, unknown>;

/** Whether a span tells of an HTTP request, by the attribute names of either generation. */
export function isHttp(span: unknown): boolean {
  const attributes = attributesOf(span);
  return attributes.has('http.request.method') || attributes.has('http.method');
}

export function isServer(span: unknown): boolean {
  const kind = own(span, 'kind');
  return kind === 2 || kind === 'SPAN_KIND_SERVER';
}

/** https://opentelemetry.io/docs/specs/semconv/http/http-spans/, and the names before its version 1.23. */
export function exchangeOfSpan(span: unknown, place: Place, reading: Reading): Entry {
  const attributes = attributesOf(span);
  return recordedExchange(
    {
      method: textIn(attributes, 'http.request.method_original', 'http.request.method', 'http.method'),
      url: urlOf(attributes),
      requestHeaders: headers(attributes, 'request'),
      requestBody: body(span, attributes, 'request'),
      response: responseOf(span, attributes),
    },
    place,
    reading,
  );
}

function responseOf(span: unknown, attributes: Attributes): ToldResponse | Unanswered {
  const status = textIn(attributes, 'http.response.status_code', 'http.status_code');
  if (status === undefined) {
    const error = textIn(attributes, 'error.type');
    return notRecorded(error === undefined ? 'no status in the span' : `the call failed: ${error}`);
  }
  const lines = headers(attributes, 'response');
  const durationMs = durationOf(span);
  return { kind: 'told', status, headers: lines, body: body(span, attributes, 'response'), durationMs };
}

/** Numbers of 64 bits stand as text. */
function durationOf(span: unknown): number | undefined {
  const [start, end] = [own(span, 'startTimeUnixNano'), own(span, 'endTimeUnixNano')];
  if (!isDigits(start) || !isDigits(end)) return undefined;
  return Number((BigInt(end) - BigInt(start)) / 1000n) / 1000;
}

const isDigits = (value: unknown): value is string => typeof value === 'string' && /^\d{1,20}$/.test(value);

function urlOf(attributes: Attributes): string | undefined {
  const full = textIn(attributes, 'url.full', 'http.url');
  if (full !== undefined) return full;
  const path = textIn(attributes, 'url.path', 'http.target');
  const query = textIn(attributes, 'url.query');
  const scheme = textIn(attributes, 'url.scheme', 'http.scheme');
  const host = textIn(attributes, 'server.address', 'http.host', 'net.host.name', 'net.peer.name');
  const port = textIn(attributes, 'server.port', 'net.host.port');
  if (path === undefined) return undefined;
  const origin = scheme && host ? `${scheme}://${host}${port && !/:\d+$/.test(host) ? `:${port}` : ''}` : '';
  return `${origin}${path}${query ? `?${query}` : ''}`;
}

/** One attribute a header with a list of its values; the names once had `_` for `-`. */
function headers(attributes: Attributes, side: string): Header[] {
  const start = `http.${side}.header.`;
  return [...attributes].flatMap(([key, value]) => {
    if (!key.startsWith(start)) return [];
    const name = key.slice(start.length).replaceAll('_', '-');
    return (Array.isArray(value) ? value : [value]).map((one): Header => [name, String(one)]);
  });
}

/** Opt-in and still moving: an attribute, or an event of its own; text, or bytes. */
function body(span: unknown, attributes: Attributes, side: string): Recorded | undefined {
  const names = [`http.${side}.body.content`, `http.${side}.body`, `http.${side}.body.text`];
  const events = own(span, 'events');
  const event = Array.isArray(events) ? events.find((each) => names.includes(String(own(each, 'name')))) : undefined;
  const inEvent = attributesOf(event);
  const content = first(attributes, names) ?? first(inEvent, [...names, 'content', 'body']);
  if (content === undefined) return undefined;
  if (isObject(content)) return bytesBody(content as unknown as Bytes, headers(attributes, side));
  const size = Number(textIn(attributes, `http.${side}.body.size`, `http.${side}_content_length`) ?? Number.NaN);
  const text = String(content);
  return text === '' && !(size > 0) ? emptyRecorded : textBody(text, Number.isInteger(size) ? size : undefined);
}

function bytesBody({ base64 }: Bytes, lines: readonly Header[]): Recorded {
  return base64 === '' ? emptyRecorded : base64Body(base64, lines);
}

interface Bytes {
  readonly base64: string;
}

function first(attributes: Attributes, names: readonly string[]): unknown {
  return names.map((name) => attributes.get(name)).find((value) => value !== undefined);
}

function textIn(attributes: Attributes, ...names: readonly string[]): string | undefined {
  const value = first(attributes, names);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function attributesOf(span: unknown): Attributes {
  const list = own(span, 'attributes');
  if (!Array.isArray(list)) return new Map();
  return new Map(list.map((each) => [String(own(each, 'key')), attributeValue(own(each, 'value'))]));
}

function attributeValue(value: unknown): unknown {
  const bytes = own(value, 'bytesValue');
  if (typeof bytes === 'string') return { base64: bytes } satisfies Bytes;
  const values = own(own(value, 'arrayValue'), 'values');
  if (Array.isArray(values)) return values.map(attributeValue);
  return ['stringValue', 'intValue', 'doubleValue', 'boolValue']
    .map((key) => own(value, key))
    .find((one) => one != null);
}
