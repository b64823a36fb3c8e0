import { isUtf8 } from 'node:buffer';
import { HarnessError } from '../errors.js';
import { type Element, notUtf8, parseJson, unreadable, utf8Of } from './elements.js';
import type { Entry, Reading } from './format.js';
import { type Line, linesOf, maxLineBytes } from './lines.js';

type EntryOf = (element: Element) => Entry | Promise<Entry>;

/** Reads one JSON document a line, each on its own; blank lines are none, and what is broken is told by its line. */
export async function* readJsonLines(
  chunks: AsyncIterable<Uint8Array>,
  entry: EntryOf,
  reading: Reading,
): AsyncGenerator<Entry> {
  let index = 0;
  for await (const line of linesOf(chunks)) {
    if (isBlank(line)) continue;
    if (reading.wants(index)) yield await lineEntry(line, index, entry);
    index++;
  }
  if (index === 0) throw new HarnessError('unreadable', `${reading.file} has no line with content`);
}

function isBlank({ bytes }: Line): boolean {
  return bytes?.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d) ?? false;
}

function lineEntry({ bytes, line, size, last }: Line, index: number, entry: EntryOf): Entry | Promise<Entry> {
  const label = lineLabel(line);
  if (bytes === undefined) return unreadable(label, `${size} bytes long, more than ${maxLineBytes}`);
  if (!isUtf8(bytes)) return unreadable(label, notUtf8(bytes));
  const text = utf8Of(bytes).replace(/^\ufeff/, '');
  const parsed = parseJson(text);
  if (!parsed.ok)
    return unreadable(label, last ? `${parsed.problem}; the file ends here without a line end` : parsed.problem);
  return entry({ value: parsed.value, text, index, line });
}

export const lineLabel = (line: number): string => `line ${line}`;
