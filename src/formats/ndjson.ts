import { accessLine, isAccessLine } from './access-line.js';
import type { Element } from './elements.js';
import { exchangeLine } from './exchange-line.js';
import type { Entry, Format } from './format.js';
import { harEntry } from './har-entry.js';
import { lineLabel, readJsonLines } from './json-lines.js';
import { isObject, own } from './message.js';
import { LineSkimmer } from './skimmed-line.js';

/**
 * One exchange a line:
 * `{"request":{"method","url","headers","body"},"response":{"status","headers","body"},"durationMs"}`.
 * `headers` is an object (a text or a list for each name) or a list of pairs. `body` is the body's text, or the body
 * itself as JSON; `bodyBase64` gives its bytes. A `body` that is missing or null was not recorded, `""` was empty.
 * `response` null means that no answer came. A line may also be a HAR entry, or one of an access log in JSON.
 */
export const ndjson: Format = {
  id: 'ndjson',
  title: 'NDJSON, one exchange a line',
  lines: true,
  recognises({ paths, lines }) {
    if (isAccessLine((key) => scalar(paths.get(key)))) return lines ? 0.95 : 0.9;
    if (!paths.has('request/method')) return 0;
    return lines ? 0.95 : paths.has('response') ? 0.9 : 0.5;
  },
  read(chunks, reading) {
    const skimmer = reading.skim && new LineSkimmer(reading.skim, reading.file);
    const entry = ({ value, text, index, line }: Element): Entry | Promise<Entry> => {
      const place = { index, line, format: 'ndjson', label: lineLabel(line), fidelity: [] };
      if (isAccessLine((key) => own(value, key))) return accessLine(value, text, place, reading);
      return isHarEntry(value) ? harEntry(value, place, reading) : exchangeLine(value, text, place, reading);
    };
    return readJsonLines(chunks, { entry, ...(skimmer && { skimmed: skimmer.skimmed }) }, reading);
  },
};

/** What an outline says of a value on top: text for a scalar, no text for a container. */
const scalar = (told: string | undefined): unknown => (told === '{' || told === '[' ? [] : told);

/** What only HAR has: content beside the headers, or a list of named header objects with sizes. */
function isHarEntry(value: unknown): boolean {
  const [request, response] = [own(value, 'request'), own(value, 'response')];
  return (
    isObject(own(response, 'content')) ||
    own(request, 'postData') !== undefined ||
    own(request, 'headersSize') !== undefined
  );
}
