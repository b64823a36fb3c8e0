import { emptyBody } from '../exchange/body.js';
import type { Header } from '../exchange/headers.js';
import { placeIn, readElements } from './elements.js';
import { embedded, type Source, sourceOf } from './exchange-line.js';
import type { Entry, Format, Reading } from './format.js';
import { codedBody, headersOf, isObject, type Recorded, textBody } from './message.js';
import { recordedExchange } from './recorded-exchange.js';

const label = 'recording';

/** What nock's recorder writes with `output_objects`, and the fixtures of `nock.back`. */
export const nock: Format = {
  id: 'nock',
  title: 'nock recording',
  recognises({ paths }) {
    return paths.get('') === '[' && paths.has('[]/scope') && paths.has('[]/status') ? 1 : 0;
  },
  read(chunks, reading) {
    return readElements(
      chunks,
      {
        path: [],
        label,
        entry: ({ value, text, index, line }) => call(value, sourceOf(text, value), { index, line }, reading),
      },
      reading,
    );
  },
};

function call(value: unknown, source: Source, at: { index: number; line: number }, reading: Reading): Entry {
  const place = { ...at, format: 'nock', label: placeIn(label, at), fidelity: [] };
  if (!isObject(value)) return { kind: 'unreadable', place: place.label, reason: 'is not an object' };
  const { scope, method, path, body, status, reqheaders } = value;
  const headers = Array.isArray(value['rawHeaders'])
    ? flat(value['rawHeaders'])
    : (value['rawHeaders'] ?? value['headers']);
  return recordedExchange(
    {
      method,
      url:
        typeof path === 'string' ? `${typeof scope === 'string' ? scope.replace(/:(443|80)$/, '') : ''}${path}` : path,
      requestHeaders: reqheaders,
      requestBody: body === undefined ? undefined : content(body, source, 'body'),
      response: { kind: 'told', status, headers, body: answer(value, source, headersOf(headers) ?? []) },
    },
    place,
    reading,
  );
}

/** Name and value in turn, as Node gives raw headers; a list of pairs stays as it is. */
function flat(raw: readonly unknown[]): unknown[] {
  if (raw.some((item) => typeof item !== 'string')) return [...raw];
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1]]] : []));
}

/**
 * A body that is not text is told in hex, whole when it is binary and in chunks when it is content-coded. Text that
 * happens to be all hex digits is told apart by `responseIsBinary` and by the content-encoding.
 */
function answer(call: Record<string, unknown>, source: Source, headers: readonly Header[]): Recorded | undefined {
  const { response, responseIsBinary } = call;
  if (response === undefined) return undefined;
  const coded = headers.some(([name]) => name.toLowerCase() === 'content-encoding');
  const chunks = Array.isArray(response) ? response : [response];
  const hex =
    chunks.every((chunk) => typeof chunk === 'string' && /^([0-9a-f]{2})+$/i.test(chunk)) && chunks.length > 0;
  if (hex && (responseIsBinary === true || (coded && Array.isArray(response))))
    return codedBody(Buffer.from(chunks.join(''), 'hex'), headers, ['hex']);
  return content(response, source, 'response');
}

function content(value: unknown, source: Source, key: string): Recorded {
  if (value === '' || value === null) return { body: emptyBody, fidelity: [] };
  return typeof value === 'string'
    ? textBody(value, undefined)
    : { body: embedded(value, source, [key]), fidelity: [] };
}
