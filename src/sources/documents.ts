import { HarnessError } from '../errors.js';
import { detectFormat } from '../formats/detect.js';
import type { Format } from '../formats/format.js';
import { allFormats, formatNamed } from '../formats/index.js';
import { type Part, partsOf, type Stretch, whole } from './parts.js';
import type { Shard } from './plan.js';
import {
  type Each,
  type Found,
  lentBytes,
  nothingFound,
  type Owns,
  ownedBy,
  readEntries,
  readStretch,
  stretches,
  type Task,
} from './read-entries.js';
import { type Opened, opened, type Recording } from './recording.js';
import type { Counted, Sink, Source } from './source.js';

export interface DocumentsOptions extends Each {
  /** `auto`, or the format that all recordings have. */
  readonly format: string;
  /** Its share of the bytes; every N-th entry of what has no known size. */
  readonly shard?: Shard;
  /** Judges a long recording of lines in stretches, all cores at once; without it, one after the other. */
  readonly spread?: Spread;
}

/** Many threads for one long recording. */
export interface Spread {
  /** Bytes from which on threads are worth their start. */
  readonly from: number;
  /** Bytes that one of them takes at a time, of so many in all. */
  bytes(length: number): number;
  /** Judges stretches, and gives what was counted in their order. */
  judge(
    recording: Recording,
    format: string,
    stretches: AsyncIterable<Stretch>,
    signal: AbortSignal,
  ): AsyncIterable<Counted & Found>;
}

/**
 * Hands over recorded exchanges, in the order of the recordings. Every entry is an exchange or unreadable with its
 * place. A recording that cannot be read at all does not keep the others from being read, and is thrown at the end.
 */
export function documents(
  recordings: readonly Recording[],
  { format, shard = { index: 1, total: 1 }, ...each }: DocumentsOptions,
): Source {
  return async (sink, signal) => {
    const known = format === 'auto' ? await allFormats() : [await formatNamed(format)];
    const pile = new Pile(sink, signal, known, shard, each);
    const parts = partsOf(recordings, shard);
    const every = Math.ceil(recordings.length / mostSteps);
    for (const [at, recording] of recordings.entries()) {
      if (signal.aborted) break;
      if (at % every === 0) sink.step(`reading ${recording.file} (${at + 1} of ${recordings.length})`);
      await pile.add(recording, parts.get(recording));
    }
    pile.close();
  };
}

/** Of thousands of recordings, no more than so many are named as they come. */
const mostSteps = 100;

type Means = Each & Pick<DocumentsOptions, 'spread'>;

class Pile {
  private readonly files = new Map<string, string[]>();
  private readonly troubles: HarnessError[] = [];
  private readonly passedOver: string[] = [];
  /** Entries of recordings that are shared out entry by entry. */
  private entries = 0;

  constructor(
    private readonly sink: Sink,
    private readonly signal: AbortSignal,
    /** The one that was named, or all. */
    private readonly known: readonly Format[],
    private readonly shard: Shard,
    private readonly each: Means,
  ) {}

  async add(recording: Recording, part: Part | undefined): Promise<void> {
    try {
      const content = await opened(recording);
      if (part === undefined && recording.size !== undefined && !content.packed) return void (await content.close());
      const format = this.formatOf(content.head, recording);
      if (format === undefined) this.passedOver.push(recording.file);
      else await this.read(recording, format, content, part);
    } catch (error) {
      this.troubles.push(asTrouble(error, recording.file));
    }
  }

  /** Undefined where nobody said that it is a recording, and it is none. */
  private formatOf(head: Uint8Array, { file, incidental }: Recording): Format | undefined {
    if (this.known.length === 1 && head.length > 0) return this.known[0];
    try {
      return detectFormat(head, file, this.known);
    } catch (error) {
      if (incidental && error instanceof HarnessError) return undefined;
      throw error;
    }
  }

  private async read(recording: Recording, format: Format, content: Opened, part: Part = whole): Promise<void> {
    const { file, size } = recording;
    this.files.set(format.id, [...(this.files.get(format.id) ?? []), file]);
    const task = { recording, format, sink: this.sink, signal: this.signal, ...this.each };
    const divisible = size !== undefined && !content.packed;
    const found = divisible
      ? await this.readPart(task, size, content, part)
      : await readEntries(task, content, this.dealt());
    if (this.signal.aborted || (divisible && !isAll(part, size))) return;
    if (found.entries === 0) throw new HarnessError('unreadable', `${file} has no entries (read as ${format.id})`);
    if (found.read === 0 && found.broken !== undefined)
      throw new HarnessError(
        'unreadable',
        `no entry of ${file} can be read as ${format.id}; the first, ${found.broken}`,
      );
  }

  private async readPart(task: Task, size: number, content: Opened, part: Part): Promise<Found> {
    const { recording, format } = task;
    const { spread } = this.each;
    const length = Math.min(part.to, size) - part.from;
    const isLong = length >= (spread?.from ?? Number.POSITIVE_INFINITY);
    if (!format.lines) return readEntries(task, content, ownedBy(part));
    await content.close();
    if (isAll(part, size) && !isLong) return readEntries(task, lentBytes(recording), ownedBy(part));
    if (isLong && spread !== undefined && recording.path !== undefined)
      return this.spreadOut(
        spread.judge(recording, format.id, stretches(recording, part, spread.bytes(length)), this.signal),
      );
    for await (const stretch of stretches(recording, part, Number.POSITIVE_INFINITY)) return readStretch(task, stretch);
    return nothingFound;
  }

  private async spreadOut(counts: AsyncIterable<Counted & Found>): Promise<Found> {
    let all = nothingFound;
    for await (const counted of counts) {
      this.sink.absorb(counted);
      all = {
        entries: all.entries + counted.entries,
        read: all.read + counted.read,
        broken: all.broken ?? counted.broken,
      };
    }
    return all;
  }

  /** Entry by entry, as cards are dealt: what was packed, or comes through a pipe, has no bytes to share out. */
  private dealt(): Owns {
    const first = this.entries;
    const { index: mine, total } = this.shard;
    return (index) => {
      this.entries = Math.max(this.entries, first + index + 1);
      return (first + index) % total === mine - 1 ? 'judged' : 'passed';
    };
  }

  /** Says what was read as what, and throws what could not be read. */
  close(): void {
    if (this.each.relations && this.shard.total > 1)
      this.sink.note(
        'judged in parts: what relates two exchanges, such as a create and a later read, is judged within a part and the four megabytes before it',
      );
    for (const [format, files] of this.files) this.sink.note(`read as ${format}: ${listed(files)}`);
    if (this.passedOver.length > 0) this.sink.note(`no recordings, passed over: ${listed(this.passedOver)}`);
    const [first, ...others] = this.troubles;
    if (first === undefined) return;
    for (const { message } of others) this.sink.note(`not read: ${message}`);
    throw first;
  }
}

const isAll = ({ from, to }: Part, size: number): boolean => from === 0 && to >= size;

function listed(files: readonly string[]): string {
  const rest = files.length - 3;
  return files.slice(0, 3).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** What the file system or a broken gzip says is the user's to mend; anything else is a bug of ours. */
function asTrouble(error: unknown, file: string): HarnessError {
  if (error instanceof HarnessError) return error;
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string' || !/^(E[A-Z]+|Z_[A-Z_]+)$/.test(code)) throw error;
  return new HarnessError('unreadable', `${file} cannot be read (${code})`, {
    hint: code.startsWith('Z_') ? 'The gzip data is damaged or cut.' : 'Check the path and its permissions.',
    cause: error,
  });
}
