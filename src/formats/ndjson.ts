import { isUtf8 } from 'node:buffer';
import { HarnessError } from '../errors.js';
import { notUtf8, parseJson, unreadable, utf8Of } from './elements.js';
import { exchangeLine } from './exchange-line.js';
import type { Entry, Format, Reading } from './format.js';
import { harEntry } from './har-entry.js';
import { type Line, linesOf, maxLineBytes } from './lines.js';
import { isObject, own } from './message.js';

/**
 * One exchange a line:
 * `{"request":{"method","url","headers","body"},"response":{"status","headers","body"},"durationMs"}`.
 * `headers` is an object (a text or a list for each name) or a list of pairs. `body` is the body's text, or the body
 * itself as JSON; `bodyBase64` gives its bytes. A `body` that is missing or null was not recorded, `""` was empty.
 * `response` null means that no answer came. A line may also be a HAR entry.
 */
export const ndjson: Format = {
  id: 'ndjson',
  title: 'NDJSON, one exchange a line',
  recognises({ paths, lines }) {
    if (paths.get('request') !== '{' || !paths.has('request/method')) return 0;
    return lines ? 1 : paths.has('response') ? 0.9 : 0.5;
  },
  async *read(chunks, reading) {
    let index = 0;
    for await (const line of linesOf(chunks)) {
      if (isBlank(line)) continue;
      if (reading.wants(index)) yield await lineEntry(line, index, reading);
      index++;
    }
    if (index === 0) throw new HarnessError('unreadable', `${reading.file} has no line with content`);
  },
};

function isBlank({ bytes }: Line): boolean {
  return bytes?.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d) ?? false;
}

async function lineEntry({ bytes, line, size, last }: Line, index: number, reading: Reading): Promise<Entry> {
  const label = `line ${line}`;
  if (bytes === undefined) return unreadable(label, `${size} bytes long, more than ${maxLineBytes}`);
  if (!isUtf8(bytes)) return unreadable(label, notUtf8(bytes));
  const text = utf8Of(bytes).replace(/^\ufeff/, '');
  const parsed = parseJson(text);
  if (!parsed.ok)
    return unreadable(label, last ? `${parsed.problem}; the file ends here without a line end` : parsed.problem);
  const place = { index, line, format: 'ndjson', label, fidelity: [] };
  return isHarEntry(parsed.value)
    ? harEntry(parsed.value, place, reading)
    : exchangeLine(parsed.value, text, place, reading);
}

/** What only HAR has: content beside the headers, or a list of named header objects with sizes. */
function isHarEntry(value: unknown): boolean {
  const [request, response] = [own(value, 'request'), own(value, 'response')];
  return (
    isObject(own(response, 'content')) ||
    own(request, 'postData') !== undefined ||
    own(request, 'headersSize') !== undefined
  );
}
