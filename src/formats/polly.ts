import { placeIn, readElements } from './elements.js';
import type { Format } from './format.js';
import { harEntry } from './har-entry.js';
import { isObject, own } from './message.js';

const label = 'log.entries';

/** What Polly.JS persists: HAR, but for bodies kept in chunks and header values kept in lists. */
export const polly: Format = {
  id: 'polly',
  title: 'Polly.JS recording',
  recognises({ paths }) {
    if (paths.get('log') !== '{') return 0;
    return paths.has('log/_recordingName') || paths.get('log/creator/name') === 'Polly.JS' ? 1 : 0;
  },
  read(chunks, reading) {
    return readElements(
      chunks,
      {
        path: ['log', 'entries'],
        label,
        entry: ({ value, index, line }) => {
          const at = { index, line };
          return harEntry(asHar(value), { ...at, format: 'polly', label: placeIn(label, at), fidelity: [] }, reading);
        },
      },
      reading,
    );
  },
};

function asHar(entry: unknown): unknown {
  const response = own(entry, 'response');
  if (!isObject(entry) || !isObject(response)) return entry;
  const content = own(response, 'content');
  const headers = flat(response['headers']);
  return { ...entry, request: request(entry['request']), response: { ...response, headers, content: joined(content) } };
}

function request(value: unknown): unknown {
  return isObject(value) ? { ...value, headers: flat(value['headers']) } : value;
}

/** `{name, value: [a, b]}` as two lines. */
function flat(headers: unknown): unknown {
  if (!Array.isArray(headers)) return headers;
  return headers.flatMap((header) => {
    const value = own(header, 'value');
    return Array.isArray(value) ? value.map((one) => ({ name: own(header, 'name'), value: one })) : [header];
  });
}

/** A coded body is the JSON of its chunks: in base64, which is said, or in hex by the first version, which is not. */
function joined(content: unknown): unknown {
  const text = own(content, 'text');
  const chunks = typeof text === 'string' && text.startsWith('["') ? listOf(text) : undefined;
  if (!isObject(content) || chunks === undefined) return content;
  const hex = chunks.every((chunk) => /^([0-9a-f]{2})+$/.test(chunk));
  const base64 = content['encoding'] === 'base64' && chunks.every((chunk) => /^[A-Za-z0-9+/]*={0,2}$/.test(chunk));
  if (!base64 && !hex) return content;
  const bytes = chunks.map((chunk) => Buffer.from(chunk, base64 ? 'base64' : 'hex'));
  return { ...content, encoding: 'base64', text: Buffer.concat(bytes).toString('base64') };
}

function listOf(text: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}
