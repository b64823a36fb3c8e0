import { type Element, placeIn, readElements, unreadable } from './elements.js';
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
import { recordedExchange } from './recorded-exchange.js';

const label = 'data.pairs';

/** Simulations of Hoverfly, schema v1 to v5: what it answers, so stubs, even where it once observed them. */
export const hoverfly: Format = {
  id: 'hoverfly',
  title: 'Hoverfly simulation',
  recognises({ paths }) {
    if (paths.get(label.replace('.', '/')) !== '[') return 0;
    return paths.has('data/pairs/[]/response/status') || paths.has('meta/hoverflyVersion') ? 1 : 0.9;
  },
  read(chunks, reading) {
    return readElements(
      chunks,
      { path: ['data', 'pairs'], label, entry: (element) => pair(element, reading) },
      reading,
    );
  },
};

async function pair({ value, index, line }: Element, reading: Reading): Promise<Entry> {
  const at = { index, line };
  const place = { ...at, format: 'hoverfly', label: placeIn(label, at), fidelity: [], provenance: 'stub' as const };
  const [request, response] = [own(value, 'request'), own(value, 'response')];
  if (!isObject(request) || !isObject(response)) return unreadable(place.label, 'has no request or no response object');
  const [method, path] = [only(request['method']), only(request['path'])];
  if (method === undefined || path === undefined)
    return unreadable(place.label, 'matches many requests and names none');
  return recordedExchange(
    {
      method,
      url: `${originOf(request)}${path}${queryOf(request['query'])}`,
      requestHeaders: lines(request['headers']).map(([name, text]) => [name, text]),
      requestBody: sent(only(request['body'])),
      response: {
        kind: 'told',
        status: response['status'],
        headers: response['headers'],
        body: await came(response, reading),
      },
    },
    place,
    reading,
  );
}

/** The one text that is matched: bare in v1, by `exactMatch` to v4, by a list of matchers since. */
function only(matcher: unknown): string | undefined {
  if (typeof matcher === 'string') return matcher;
  const one = Array.isArray(matcher) && matcher.length === 1 ? matcher[0] : matcher;
  if (typeof one === 'string') return one;
  const exact = ['exact', 'json'].includes(String(own(one, 'matcher'))) ? own(one, 'value') : undefined;
  const text = exact ?? own(one, 'exactMatch') ?? own(one, 'jsonMatch');
  return typeof text === 'string' ? text : undefined;
}

function originOf(request: Record<string, unknown>): string {
  const host = only(request['destination']);
  return host === undefined || host === '' ? '' : `${only(request['scheme']) ?? 'https'}://${host}`;
}

function queryOf(query: unknown): string {
  const text =
    isObject(query) && only(query) === undefined ? new URLSearchParams(lines(query)).toString() : only(query);
  return text ? `?${text}` : '';
}

/** Names with the one value that each is matched by. */
function lines(value: unknown): [string, string][] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, matcher]): [string, string][] => {
    const text = only(matcher);
    return text === undefined ? [] : [[name, text]];
  });
}

function sent(text: string | undefined): Recorded | undefined {
  if (text === undefined) return undefined;
  return text === '' ? emptyRecorded : textBody(text, undefined);
}

async function came(response: Record<string, unknown>, reading: Reading): Promise<Recorded | undefined> {
  const { body, bodyFile, encodedBody } = response;
  const headers = headersOf(response['headers']) ?? [];
  if (response['templated'] === true) return templated('a template');
  if (typeof bodyFile === 'string' && bodyFile !== '') {
    const bytes = await reading.beside(bodyFile);
    if (!('problem' in bytes)) return codedBody(bytes, headers, ['file']);
    return { body: { state: 'absent', bytes: Buffer.of(), decoded: [], ...bytes }, fidelity: ['side-file-missing'] };
  }
  if (typeof body !== 'string') return undefined;
  if (body === '') return emptyRecorded;
  return encodedBody === true ? base64Body(body, headers) : textBody(body, undefined);
}
