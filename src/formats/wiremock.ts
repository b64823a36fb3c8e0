import { HarnessError } from '../errors.js';
import { absentBody } from '../exchange/body.js';
import type { Unanswered } from '../exchange/exchange.js';
import { type Element, parseJson, placeIn, readElements, unreadable } from './elements.js';
import { embedded, type Source, sourceOf } from './exchange-line.js';
import type { Entry, Format, Reading } from './format.js';
import {
  base64Body,
  codedBody,
  emptyRecorded,
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

/** A stub alone in its file of more bytes is not read. */
const maxStubBytes = 64 * 1024 * 1024;
const matchers = ['url', 'urlPath', 'urlPattern', 'urlPathPattern', 'urlPathTemplate'];

/** Stubs of WireMock, one a file or many, and the requests it served (`/__admin/requests`), which are observations. */
export const wiremock: Format = {
  id: 'wiremock',
  title: 'WireMock stubs or served requests',
  recognises({ paths }) {
    const has = (start: string, keys: readonly string[]) => keys.some((key) => paths.has(`${start}${key}`));
    if (paths.get('mappings') === '[') return has('mappings/[]/', ['request', 'response', 'id']) ? 1 : 0.5;
    if (paths.get('requests') === '[')
      return has('requests/[]/request/', ['loggedDate', 'absoluteUrl']) || paths.has('requests/[]/wasMatched') ? 1 : 0;
    const extras = ['response/jsonBody', 'response/base64Body', 'response/bodyFileName', 'request/bodyPatterns'];
    const alone = has('request/', matchers.slice(1)) || has('', [...extras, 'insertionIndex', 'persistent']);
    return alone && paths.has('request') ? 1 : 0;
  },
  async *read(source, reading) {
    const { head, chunks } = await peeked(source, 4096);
    const { paths } = outlineOf(new TextDecoder().decode(head));
    if (paths.has('mappings')) yield* listed(chunks, 'mappings', stub, reading);
    else if (paths.has('requests')) yield* listed(chunks, 'requests', served, reading);
    else yield* alone(chunks, reading);
  },
};

type Read = (element: Element, label: string, reading: Reading) => Entry | Promise<Entry>;

function listed(chunks: AsyncIterable<Uint8Array>, label: string, read: Read, reading: Reading): AsyncIterable<Entry> {
  return readElements(
    chunks,
    { path: [label], label, entry: (element) => read(element, placeIn(label, element), reading) },
    reading,
  );
}

async function* alone(chunks: AsyncIterable<Uint8Array>, reading: Reading): AsyncGenerator<Entry> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxStubBytes)
      throw new HarnessError('unreadable', `${reading.file} is larger than ${maxStubBytes} bytes`);
    pieces.push(chunk);
  }
  if (!reading.wants(0, 0)) return;
  const text = Buffer.concat(pieces)
    .toString()
    .replace(/^\ufeff/, '');
  const parsed = parseJson(text);
  if (!parsed.ok) yield unreadable('the stub', parsed.problem);
  else yield stub({ value: parsed.value, text, index: 0, line: 1, offset: 0 }, 'the stub', reading);
}

function placeOf({ index, line }: Element, label: string): Omit<Place, 'provenance'> {
  return { index, line, format: 'wiremock', label, fidelity: [] };
}

function served(element: Element, label: string, reading: Reading): Entry {
  const { value } = element;
  const [request, response] = [own(value, 'request') ?? value, own(value, 'response')];
  if (!isObject(request)) return unreadable(label, 'has no request object');
  return recordedExchange(
    {
      method: request['method'],
      url: request['absoluteUrl'] ?? request['url'],
      requestHeaders: request['headers'],
      requestBody: bytesOrText(request),
      response: isObject(response) ? answered(response, bytesOrText(response)) : notRecorded('no response recorded'),
    },
    { ...placeOf(element, label), provenance: 'observation' },
    reading,
  );
}

function answered({ status, headers }: Record<string, unknown>, body: Recorded | undefined): ToldResponse {
  return { kind: 'told', status, headers, body };
}

/** The bytes stand beside the text, which lost what is not text. */
function bytesOrText(message: Record<string, unknown>): Recorded | undefined {
  const { body, bodyAsBase64 } = message;
  const headers = headersOf(message['headers']) ?? [];
  if (typeof bodyAsBase64 === 'string' && bodyAsBase64 !== '') return base64Body(bodyAsBase64, headers);
  return text(body ?? bodyAsBase64);
}

function text(content: unknown): Recorded | undefined {
  if (typeof content !== 'string') return undefined;
  return content === '' ? emptyRecorded : textBody(content, undefined);
}

async function stub(element: Element, label: string, reading: Reading): Promise<Entry> {
  const { value } = element;
  const source = sourceOf(element.text, value);
  const [request, response] = [own(value, 'request'), own(value, 'response')];
  if (!isObject(request) || !isObject(response)) return unreadable(label, 'has no request or no response object');
  const url = request['url'] ?? request['urlPath'];
  if (url === undefined || request['method'] === 'ANY')
    return unreadable(label, 'matches many requests and names none');
  return recordedExchange(
    {
      method: request['method'],
      url: withQuery(url, request['queryParameters']),
      requestHeaders: matched(request['headers']),
      requestBody: pattern(request['bodyPatterns']),
      response: await answerOf(response, source, reading),
    },
    { ...placeOf(element, label), provenance: 'stub' },
    reading,
  );
}

function withQuery(url: unknown, parameters: unknown): unknown {
  const search = new URLSearchParams(matched(parameters)).toString();
  return typeof url === 'string' && search !== '' ? `${url}?${search}` : url;
}

/** Names with the one value that each must equal. */
function matched(value: unknown): [string, string][] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, matcher]): [string, string][] => {
    const equal = own(matcher, 'equalTo');
    return typeof equal === 'string' ? [[name, equal]] : [];
  });
}

/** A body that the stub asks for word by word, or as the JSON it must equal. */
function pattern(patterns: unknown): Recorded | undefined {
  if (!Array.isArray(patterns) || patterns.length !== 1) return undefined;
  const json = own(patterns[0], 'equalToJson');
  const bytes = own(patterns[0], 'binaryEqualTo');
  if (typeof bytes === 'string') return base64Body(bytes, []);
  return text(own(patterns[0], 'equalTo') ?? (isObject(json) ? JSON.stringify(json) : json));
}

async function answerOf(
  response: Record<string, unknown>,
  source: Source,
  reading: Reading,
): Promise<ToldResponse | Unanswered> {
  if (response['fault'] !== undefined) return notRecorded(`the stub breaks the connection: ${response['fault']}`);
  if (response['proxyBaseUrl'] !== undefined) return notRecorded('the stub passes the request on');
  const body = await stubBody(response, source, reading);
  return answered({ status: 200, ...response }, body);
}

async function stubBody(
  response: Record<string, unknown>,
  source: Source,
  reading: Reading,
): Promise<Recorded | undefined> {
  const { body, jsonBody, base64Body: base64, bodyFileName, transformers } = response;
  const headers = headersOf(response['headers']) ?? [];
  if (Array.isArray(transformers) && transformers.includes('response-template')) return templated('a template');
  if (typeof bodyFileName === 'string') return fromFile(bodyFileName, headers, reading);
  if (typeof base64 === 'string') return base64 === '' ? emptyRecorded : base64Body(base64, headers);
  if (jsonBody === undefined) return text(body) ?? emptyRecorded;
  return { body: embedded(jsonBody, source, ['response', 'jsonBody']), fidelity: [] };
}

async function fromFile(name: string, headers: ReturnType<typeof headersOf>, reading: Reading): Promise<Recorded> {
  const bytes = await reading.beside(`__files/${name}`);
  if ('problem' in bytes) return { body: { ...absentBody, ...bytes }, fidelity: ['side-file-missing'] };
  return codedBody(bytes, headers ?? [], ['file']);
}
