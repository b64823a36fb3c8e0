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
  // Entry by entry and not by `yield*`, which would wrap every one in promises of its own.
  for await (const chunk of chunks) for (const found of entriesOf(splitter.push(chunk))) yield found;
  for (const found of entriesOf(splitter.end())) yield found;
  if (index === 0 && start === undefined)
    throw new HarnessError('unreadable', `${reading.file} has no line with content`);
}

function isBlank(line: Line): boolean {
  if (line.first > 0x20) return false;
  return line.bytes?.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d) ?? false;
}

function lineEntry(line: Line, index: number, entry: EntryOf): Entry | Promise<Entry> {
  const label = lineLabel(line.line);
  const written = line.text ?? textIn(line);
  if (typeof written !== 'string') return unreadable(label, written.problem);
  const text = written.charCodeAt(0) === 0xfeff ? written.slice(1) : written;
  const parsed = parseJson(text);
  if (!parsed.ok)
    return unreadable(label, line.last ? `${parsed.problem}; the file ends here without a line end` : parsed.problem);
  return entry({ value: parsed.value, text, index, line: line.line, offset: line.offset });
}

function textIn({ bytes, size }: Line): string | { readonly problem: string } {
  if (bytes === undefined) return { problem: `${size} bytes long, more than ${maxLineBytes}` };
  return isUtf8(bytes) ? utf8Of(bytes) : { problem: notUtf8(bytes) };
}

export const lineLabel = (line: number): string => `line ${line}`;
