import { isAscii, isUtf8 } from 'node:buffer';
import { HarnessError } from '../errors.js';
import { bodyOf, textOf } from '../exchange/body.js';
import { readJson } from '../exchange/json.js';
import { Batches } from './batches.js';
import { ElementScanner, type Scanned, type Target } from './element-scanner.js';
import type { Entry, Reading } from './format.js';

/** An entry of more bytes is reported and not read. */
const maxEntryBytes = 64 * 1024 * 1024;

/** One element as parsed, with what tells where it stood. */
export interface Element {
  readonly value: unknown;
  /** As it stands in the document, for what `JSON.parse` loses. */
  readonly text: string;
  readonly index: number;
  readonly line: number;
  readonly offset: number;
}

export interface Elements {
  readonly path: readonly string[];
  readonly siblings?: readonly string[];
  /** What the array is called in messages: `log.entries`. */
  readonly label: string;
  entry(element: Element, siblings: ReadonlyMap<string, unknown>): Entry | Promise<Entry>;
}

/** Reads the elements of one array of a JSON document, each on its own: what is broken is told by its place. */
export function readElements(
  chunks: AsyncIterable<Uint8Array>,
  elements: Elements,
  reading: Reading,
): AsyncIterable<Entry> {
  return new Batches(entriesByChunk(chunks, elements, reading));
}

async function* entriesByChunk(chunks: AsyncIterable<Uint8Array>, elements: Elements, reading: Reading) {
  const target: Target = { path: elements.path, siblings: elements.siblings ?? [], cap: maxEntryBytes };
  const scanner = new ElementScanner(target);
  const siblings = new Map<string, unknown>();
  const entriesOf = function* (found: Iterable<Scanned>) {
    for (const scanned of found) {
      if (scanned.sibling !== undefined) siblings.set(scanned.sibling, parsed(scanned)?.value);
      else if (reading.wants(scanned.index, scanned.offset))
        yield repeatable(scanned.offset, () => entryOf(scanned, elements, siblings));
    }
  };
  for await (const chunk of chunks) yield entriesOf(scanner.push(chunk));
  if (!scanner.found)
    throw new HarnessError('unreadable', `${reading.file} has no list ${elements.label}`, {
      hint: 'Check that the file is whole, and what --format says.',
    });
  for (const scanned of scanner.end())
    if (reading.wants(scanned.index, scanned.offset))
      yield [unreadable(placeIn(elements.label, scanned), scanned.problem!)];
}

/** Exchanges that lie deeper than the elements of the array, such as the spans of a resource. */
export interface Nested extends Pick<Elements, 'path' | 'label'> {
  within(element: Element): Iterable<(index: number) => Entry>;
}

/** As {@link readElements}, where an element holds any number of exchanges, counted through. */
export async function* readNested(
  chunks: AsyncIterable<Uint8Array>,
  { path, label, within }: Nested,
  reading: Reading,
): AsyncGenerator<Entry> {
  let index = 0;
  let place = 0;
  const wants: Reading['wants'] = (_, offset) => {
    place = offset;
    return true;
  };
  const inner: (readonly ((index: number) => Entry)[])[] = [];
  const entry = (element: Element): Entry => {
    inner.push([...within(element)]);
    return unreadable('', '');
  };
  for await (const found of readElements(chunks, { path, label, entry }, { ...reading, wants }))
    for (const make of inner.pop() ?? [() => found]) {
      if (reading.wants(index, place)) yield make(index);
      index++;
    }
}

/** An entry with what makes it again, as long as nothing beside the recording is needed for it. */
function repeatable(offset: number, make: () => Entry | Promise<Entry>): Entry | Promise<Entry> {
  const made = make();
  if (!('kind' in made) || made.kind !== 'exchange') return made;
  const written = { offset, again: () => (make() as typeof made).exchange };
  return { kind: 'exchange', exchange: made.exchange, written };
}

function entryOf(scanned: Scanned, elements: Elements, siblings: ReadonlyMap<string, unknown>): Entry | Promise<Entry> {
  const place = placeIn(elements.label, scanned);
  if (scanned.bytes === undefined) return unreadable(place, scanned.problem!);
  const element = parsed(scanned);
  return element.problem === undefined ? elements.entry(element, siblings) : unreadable(place, element.problem);
}

/** Bytes known to be UTF-8 as text; faster than a decoder, which looks once more. */
export function utf8Of(bytes: Uint8Array): string {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return buffer.toString(isAscii(bytes) ? 'latin1' : 'utf8');
}

/** `log.entries[3], line 120` */
export function placeIn(label: string, { index, line }: { index: number; line: number }): string {
  return `${label}[${index}], line ${line}`;
}

export function unreadable(place: string, reason: string): Entry {
  return { kind: 'unreadable', place, reason };
}

function parsed({ bytes, index, line, offset }: Scanned): Element & { problem?: string } {
  const none = { value: undefined, text: '', index, line, offset };
  if (bytes === undefined) return none;
  if (!isUtf8(bytes)) return { ...none, problem: notUtf8(bytes) };
  const text = utf8Of(bytes);
  const reading = parseJson(text);
  return reading.ok ? { value: reading.value, text, index, line, offset } : { ...none, problem: reading.problem };
}

/** Why bytes are not read as text. */
export function notUtf8(bytes: Uint8Array): string {
  return `not UTF-8 from byte ${textOf(bodyOf(bytes)).invalidAt} on`;
}

/** `JSON.parse` with its complaint as data, without the content that some engines quote in it. */
export function parseJson(text: string): { ok: true; value: unknown } | { ok: false; problem: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    const reading = readJson(text);
    const problem = reading.ok ? 'not JSON' : `not JSON: ${reading.message}, at byte ${reading.byteOffset}`;
    const isEscaped = /\\x[0-9a-f]{2}/i.test(text);
    return { ok: false, problem: isEscaped ? `${problem}; \\xNN is no JSON (nginx: log_format escape=json)` : problem };
  }
}
