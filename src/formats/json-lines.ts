import { isUtf8 } from 'node:buffer';
import { HarnessError } from '../errors.js';
import { type Element, notUtf8, parseJson, repeatable, unreadable, utf8Of } from './elements.js';
import type { Entry, Reading } from './format.js';
import { type Line, LineSplitter, maxLineBytes } from './lines.js';

type EntryOf = (element: Element) => Entry | Promise<Entry>;

/** Reads one JSON document a line, each on its own; blank lines are none, and what is broken is told by its line. */
export async function* readJsonLines(
  chunks: AsyncIterable<Uint8Array>,
  entry: EntryOf,
  reading: Reading,
): AsyncGenerator<Entry> {
  const { start } = reading;
  let index = start?.index ?? 0;
  const splitter = new LineSplitter(maxLineBytes, start?.line, start?.offset);
  const entriesOf = function* (lines: Iterable<Line>) {
    for (const line of lines) {
      if (isBlank(line)) continue;
      const at = index++;
      if (reading.wants(at, line.offset)) yield repeatable(() => lineEntry(line, at, entry));
    }
  };
  for await (const chunk of chunks) yield* entriesOf(splitter.push(chunk));
  yield* entriesOf(splitter.end());
  if (index === 0 && start === undefined)
    throw new HarnessError('unreadable', `${reading.file} has no line with content`);
}

function isBlank({ bytes }: Line): boolean {
  if (bytes === undefined || bytes[0]! > 0x20) return false;
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

function lineEntry({ bytes, line, offset, size, last }: Line, index: number, entry: EntryOf): Entry | Promise<Entry> {
  const label = lineLabel(line);
  if (bytes === undefined) return unreadable(label, `${size} bytes long, more than ${maxLineBytes}`);
  if (!isUtf8(bytes)) return unreadable(label, notUtf8(bytes));
  const written = utf8Of(bytes);
  const text = written.charCodeAt(0) === 0xfeff ? written.slice(1) : written;
  const parsed = parseJson(text);
  if (!parsed.ok)
    return unreadable(label, last ? `${parsed.problem}; the file ends here without a line end` : parsed.problem);
  return entry({ value: parsed.value, text, index, line, offset });
}

export const lineLabel = (line: number): string => `line ${line}`;
