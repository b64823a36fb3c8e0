import { placeIn, readElements } from './elements.js';
import type { Format } from './format.js';
import { harEntry } from './har-entry.js';
import { own } from './message.js';

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
          const fidelity = losses(siblings.get('creator'));
          return harEntry(
            value,
            { index, line, format: 'har', label: placeIn(label, { index, line }), fidelity },
            reading,
          );
        },
      },
      reading,
    );
  },
};

/**
 * Chrome leaves cookies and authorization out by default since version 130, and says nothing about it. Optic wrote the
 * request's headers as the response's.
 */
function losses(creator: unknown): string[] {
  const name = own(creator, 'name');
  if (name === 'WebInspector') return ['headers-sanitised'];
  return name === 'Optic' ? ['response-headers-unreliable'] : [];
}
