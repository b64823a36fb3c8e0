import { isUtf8 } from 'node:buffer';
import { HarnessError } from '../errors.js';
import type { Unanswered } from '../exchange/exchange.js';
import { notUtf8, placeIn, readElements, unreadable, utf8Of } from './elements.js';
import { embedded, type Source, sourceOf } from './exchange-line.js';
import type { Entry, Format, Reading } from './format.js';
import { base64Body, emptyRecorded, headersOf, isObject, own, type Recorded, templated, textBody } from './message.js';
import { outlineOf } from './outline.js';
import { peeked } from './peek.js';
import { notRecorded, recordedExchange, type ToldResponse } from './recorded-exchange.js';
import { isSchemathesis, schemathesisLines } from './schemathesis.js';
import { yamlItems } from './yaml-items.js';
import type { readYaml } from './yaml-value.js';

/** Ruby's VCR, Betamax and Schemathesis say the first, vcrpy the second. */
const lists = ['http_interactions', 'interactions'] as const;
const list = new RegExp(`^(?:${lists.join('|')})[ \\t]*:[ \\t]*(?:#.*)?\\r?$`, 'm');
const maxItemBytes = 64 * 1024 * 1024;

/** Cassettes of Ruby's VCR, vcrpy, Betamax and Schemathesis, in YAML or in JSON; of the last also its events, one a line. */
export const vcr: Format = {
  id: 'vcr',
  title: 'VCR cassette',
  recognises({ paths, text }) {
    if (paths.get('http_interactions') === '[' || isSchemathesis(paths)) return 1;
    if (paths.get('interactions') === '[')
      return paths.has('interactions/[]/request/uri') && !paths.has('consumer/name') ? 1 : 0;
    return paths.size === 0 && list.test(text) && /\b(?:uri|method|request|response)"?:/.test(text) ? 1 : 0;
  },
  async *read(source, reading) {
    const { head, chunks } = await peeked(source, 4096);
    const { paths } = outlineOf(new TextDecoder().decode(head));
    if (isSchemathesis(paths)) yield* schemathesisLines(chunks, reading);
    else if (paths.get('') === '{') yield* json(chunks, paths.has(lists[0]) ? lists[0] : lists[1], reading);
    else yield* yaml(chunks, reading);
  },
};

function json(chunks: AsyncIterable<Uint8Array>, label: string, reading: Reading): AsyncIterable<Entry> {
  const elements = {
    path: [label],
    label,
    entry: ({ value, text, ...at }: { value: unknown; text: string; index: number; line: number }) =>
      interaction(value, sourceOf(text, value), at, placeIn(label, at), reading),
  };
  return readElements(chunks, elements, reading);
}

async function* yaml(chunks: AsyncIterable<Uint8Array>, reading: Reading): AsyncGenerator<Entry> {
  const { readYaml } = await import('./yaml-value.js');
  let found = false;
  for await (const item of yamlItems(chunks, lists, maxItemBytes)) {
    found = true;
    if (item !== 'found' && reading.wants(item.index, item.offset)) {
      const label = placeIn('interactions', item);
      const { bytes, cut, ...at } = item;
      if (bytes === undefined) yield unreadable(label, `larger than ${maxItemBytes} bytes`);
      else if (cut) yield unreadable(label, 'the file ends within this entry, without a line end');
      else yield fromYaml(bytes, readYaml, at, label, reading);
    }
  }
  if (!found)
    throw new HarnessError('unreadable', `${reading.file} has no list ${lists.join(' or ')} in block style`, {
      hint: 'Check that the file is whole, and what --format says.',
    });
}

function fromYaml(bytes: Uint8Array, read: typeof readYaml, at: At, label: string, reading: Reading): Entry {
  if (!isUtf8(bytes)) return unreadable(label, notUtf8(bytes));
  const text = utf8Of(bytes);
  const document = read(text);
  if (!document.ok) return unreadable(label, document.problem);
  const value = Array.isArray(document.value) ? document.value[0] : undefined;
  return interaction(value, undefined, at, label, reading);
}

interface At {
  readonly index: number;
  readonly line: number;
}

function interaction(value: unknown, source: Source | undefined, at: At, label: string, reading: Reading): Entry {
  const request = own(value, 'request');
  if (!isObject(request)) return unreadable(label, 'has no request object');
  const response = responseOf(value, source);
  if (typeof response === 'string') return unreadable(label, response);
  const { method, uri, headers } = request;
  const requestBody = bodyOf(request, source, 'request');
  return recordedExchange(
    {
      method: typeof method === 'string' ? method.toUpperCase() : method,
      url: uri ?? request['url'],
      requestHeaders: headers,
      requestBody,
      response,
    },
    { ...at, format: 'vcr', label, fidelity: [] },
    reading,
  );
}

/** No answer is null in Schemathesis; the others record nothing then. */
function responseOf(value: unknown, source: Source | undefined): ToldResponse | Unanswered | string {
  const response = own(value, 'response');
  if (response === null) return notRecorded('no response in the recording');
  if (!isObject(response)) return 'has no response object';
  const status = own(response['status'], 'code') ?? response['status_code'] ?? response['status'];
  return { kind: 'told', status, headers: response['headers'], body: bodyOf(response, source, 'response') };
}

/** `{encoding, string}`, `{encoding, base64_string}`, bytes under a binary tag, or the text itself. */
function bodyOf(message: Record<string, unknown>, source: Source | undefined, side: string): Recorded | undefined {
  const { body } = message;
  const headers = headersOf(message['headers']) ?? [];
  const base64 = own(body, 'base64_string') ?? own(body, 'base64') ?? own(own(body, 'string'), 'base64');
  if (typeof base64 === 'string') return base64 === '' ? emptyRecorded : base64Body(base64, headers);
  const text = isObject(body) && Object.hasOwn(body, 'string') ? body['string'] : body;
  if (text === undefined || text === null) return undefined;
  if (text === '') return emptyRecorded;
  if (typeof text === 'string') return /<%=.*%>/.test(text) ? templated('an ERB template') : textBody(text, undefined);
  return source && { body: embedded(body, source, [side, 'body']), fidelity: [] };
}
