import { isUtf8 } from 'node:buffer';
import { HarnessError } from '../errors.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Whole } from '../exchange/skimmed.js';
import { Batches } from './batches.js';
import { type Element, notUtf8, parseJson, unreadable, utf8Of } from './elements.js';
import type { Entry, Reading, Written } from './format.js';
import { type Line, LineSplitter, maxLineBytes, WholeLine } from './lines.js';

/** What makes entries of lines. */
export interface LineReading {
  /** Of a line that was parsed. */
  entry(element: Element): Entry | Promise<Entry>;
  /** The exchange of a line that needs no parsing; `whole` gives the one that parsing would. */
  skimmed?(line: WholeLine, index: number, whole: Whole): Exchange | undefined;
}

/** Reads one JSON document a line, each on its own; blank lines are none, and what is broken is told by its line. */
export function readJsonLines(
  chunks: AsyncIterable<Uint8Array>,
  lines: LineReading,
  reading: Reading,
): AsyncIterable<Entry> {
  return new Batches(entriesByChunk(chunks, lines, reading));
}

async function* entriesByChunk(chunks: AsyncIterable<Uint8Array>, lines: LineReading, reading: Reading) {
  const { start } = reading;
  let index = start?.index ?? 0;
  const splitter = new LineSplitter(maxLineBytes, start?.line, start?.offset, reading.reread);
  const entriesOf = function* (found: Iterable<Line>) {
    for (const line of found) {
      if (isBlank(line)) continue;
      const at = index++;
      if (reading.wants(at, line.offset)) yield new WrittenLine(line, at, lines, reading.file).entry();
    }
  };
  for await (const chunk of chunks) {
    yield entriesOf(splitter.push(chunk));
    splitter.release();
  }
  yield entriesOf(splitter.end());
  if (index === 0 && start === undefined)
    throw new HarnessError('unreadable', `${reading.file} has no line with content`);
}

class WrittenLine implements Written, Whole {
  constructor(
    private readonly line: Line,
    private readonly index: number,
    private readonly lines: LineReading,
    private readonly file: string,
  ) {}

  get offset(): number {
    return this.line.offset;
  }

  entry(): Entry | Promise<Entry> {
    const exchange = this.skimmed();
    if (exchange !== undefined) return { kind: 'exchange', exchange, written: this };
    const entry = this.parse();
    return 'kind' in entry && entry.kind === 'exchange' ? { ...entry, written: this } : entry;
  }

  /**
   * Whole, so that nothing of it is left to be read when the recording may be gone. Only asked of a line that is an
   * exchange and needs nothing beside the recording.
   */
  again(): Exchange {
    const entry = this.parse();
    if ('kind' in entry && entry.kind === 'exchange') return entry.exchange;
    throw new HarnessError('unreadable', `${this.file} changed while it was read`);
  }

  private skimmed(): Exchange | undefined {
    const { line, index, lines } = this;
    return line instanceof WholeLine ? lines.skimmed?.(line, index, this) : undefined;
  }

  private parse(): Entry | Promise<Entry> {
    return lineEntry(this.line, this.index, this.lines.entry);
  }
}

function isBlank(line: Line): boolean {
  if (line.first > 0x20) return false;
  return line.bytes?.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d) ?? false;
}

function lineEntry(line: Line, index: number, entry: LineReading['entry']): Entry | Promise<Entry> {
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
