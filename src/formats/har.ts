import { placeIn, readElements } from './elements.js';
import type { Format } from './format.js';
import { harEntry } from './har-entry.js';
import { isObject, own } from './message.js';

const label = 'log.entries';

/** HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) as browsers, proxies and test tools write it. */
export const har: Format = {
  id: 'har',
  title: 'HAR 1.2',
  recognises({ paths }) {
    if (paths.get('log') !== '{') return 0;
    if (paths.get('log/entries') === '[') return 0.95;
    return paths.has('log/creator') || paths.has('log/version') ? 0.9 : 0.3;
  },
  read(chunks, reading) {
    return readElements(
      chunks,
      {
        path: ['log', 'entries'],
        siblings: ['creator'],
        label,
        entry: ({ value, index, line }, siblings) => {
          const creator = siblings.get('creator');
          const at = { index, line, format: 'har', label: placeIn(label, { index, line }), fidelity: losses(creator) };
          return harEntry(mended(value, own(creator, 'name')), at, reading);
        },
      },
      reading,
    );
  },
};

/** An entry as other recorders would have written it. */
function mended(entry: unknown, creator: unknown): unknown {
  if (creator === 'harfile') return withMarkedBytes(entry);
  return creator === 'Optic' ? withoutInventions(entry) : entry;
}

/** Optic writes the headers of the request as those of the answer, and of a body in brotli an empty text. */
function withoutInventions(entry: unknown): unknown {
  const response = own(entry, 'response');
  const content = own(response, 'content');
  if (!isObject(entry) || !isObject(response) || !isObject(content)) return entry;
  const { text, ...rest } = content;
  return { ...entry, response: { ...response, headers: [], content: text === '' ? rest : content } };
}

/** Schemathesis keeps the bytes of both bodies in base64 on request, and says so at the answer's only. */
function withMarkedBytes(entry: unknown): unknown {
  const request = own(entry, 'request');
  const postData = own(request, 'postData');
  const content = own(own(entry, 'response'), 'content');
  const inBytes = own(content, 'encoding') === 'base64' || (own(content, 'text') === undefined && isBase64(postData));
  if (!inBytes || !isObject(entry) || !isObject(request) || !isObject(postData)) return entry;
  return { ...entry, request: { ...request, postData: { ...postData, encoding: 'base64' } } };
}

/** No JSON is base64 by chance. */
function isBase64(postData: unknown): boolean {
  const text = own(postData, 'text');
  return typeof text === 'string' && /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
}

/** Chrome leaves cookies and authorization out by default since version 130, and says nothing about it. */
function losses(creator: unknown): string[] {
  const name = own(creator, 'name');
  if (name === 'WebInspector') return ['headers-sanitised'];
  return name === 'Optic' ? ['response-headers-not-recorded'] : [];
}
