import type { Exchange } from '../exchange/exchange.js';
import type { Skim } from '../exchange/skimmed.js';
import { batchesOf } from '../formats/batches.js';
import type { Entry, Format, LineStart, Reading } from '../formats/format.js';
import { lineStarts, untilLine } from '../formats/line-starts.js';
import type { Part, Stretch } from './parts.js';
import type { Recording } from './recording.js';
import { type Relate, relatedWithin } from './relations.js';
import type { Sink } from './source.js';

/** What is done with the exchanges of every recording. */
export interface Each {
  /** A new one for each recording: ids mean nothing across recordings. */
  readonly relations?: () => Relate;
  /** Told every exchange that was read, before it is judged. */
  readonly observe?: (exchange: Exchange) => void;
  /** Spares parsing what is plainly in order, where nobody observes it. */
  readonly skim?: Skim;
}

/** One recording to be read, and where what is in it goes. */
export interface Task extends Each {
  readonly recording: Recording;
  readonly format: Format;
  readonly sink: Sink;
  readonly signal: AbortSignal;
}

/** How many entries were found, and what of them could be read. */
export interface Found {
  readonly entries: number;
  readonly read: number;
  /** The first that could not. */
  readonly broken: string | undefined;
}

/** What becomes of an entry: judged, only looked at for what comes after it, or left to another part. */
type Fate = 'judged' | 'related' | 'passed';

export type Owns = (index: number, offset: number) => Fate;

export function ownedBy({ from, to }: Part): Owns {
  return (_, offset) =>
    offset >= to || offset < from - relatedWithin ? 'passed' : offset < from ? 'related' : 'judged';
}

export const nothingFound: Found = { entries: 0, read: 0, broken: undefined };

/** Cuts a part of a recording of lines into stretches of about `bytes`. */
export async function* stretches(recording: Recording, { from, to }: Part, bytes: number): AsyncGenerator<Stretch> {
  const end = Math.min(to, recording.size!);
  const cuts = [from];
  for (let cut = from + bytes; cut < end; cut += bytes) cuts.push(cut);
  const marks = cuts.map((cut) => Math.max(0, cut - relatedWithin));
  let at = 0;
  for await (const start of lineStarts(recording.open(0, 'lent'), marks)) {
    yield { start, from: cuts[at]!, to: cuts[at + 1] ?? to };
    at++;
  }
}

/** Reads one stretch of a recording of lines, in this thread. */
export function readStretch(task: Task, stretch: Stretch): Promise<Found> {
  const { start, to } = stretch;
  const { chunks, reread } = lentBytes(task.recording, start.offset);
  return readEntries(task, { chunks: untilLine(chunks, start.offset, to), reread }, ownedBy(stretch), start);
}

/** The bytes of a recording; lent where there is `reread`. */
export interface Bytes {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly reread?: Recording['reread'];
}

/** Of a recording of lines: lent where they can be read once more, which spares fetching memory for all of them. */
export function lentBytes(recording: Recording, from = 0): Bytes {
  const { reread } = recording;
  return { chunks: recording.open(from, reread && 'lent'), reread };
}

export async function readEntries(
  { recording, format, sink, signal, relations, observe, skim }: Task,
  { chunks, reread }: Bytes,
  owns: Owns,
  start?: LineStart,
): Promise<Found> {
  const { file, beside = notBeside } = recording;
  let entries = 0;
  let read = 0;
  let broken: string | undefined;
  const next: { fate: Fate; offset: number } = { fate: 'passed', offset: 0 };
  const wants: Reading['wants'] = (index, offset) => {
    entries++;
    next.offset = offset;
    next.fate = owns(index, offset);
    return next.fate !== 'passed';
  };
  const relate = relations?.() ?? unrelated;
  const reading: Reading = {
    file,
    wants,
    beside,
    ...(start && { start }),
    ...(reread && { reread }),
    ...(skim && !observe && { skim }),
  };
  const take = (entry: Entry): void => {
    if (entry.kind === 'exchange') {
      const { exchange, findings } = relate(entry.exchange, next.offset, entry.written);
      if (next.fate !== 'judged') return;
      read++;
      observe?.(entry.exchange);
      sink.exchange(exchange);
      if (findings.length > 0) sink.found(findings);
    } else if (next.fate === 'judged') {
      broken ??= `${entry.place}: ${entry.reason}`;
      sink.unreadable(`${file}: ${entry.place}`, entry.reason);
    }
  };
  for await (const batch of batchesOf(format.read(chunks, reading))) {
    for (const entry of batch) {
      take('kind' in entry ? entry : await entry);
      if (signal.aborted) break;
    }
    if (signal.aborted) break;
  }
  return { entries, read, broken };
}

const unrelated: Relate = (exchange) => ({ exchange, findings: [] });
const notBeside: Reading['beside'] = async () => ({ problem: 'side files are not read here' });
