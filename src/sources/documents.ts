import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { HarnessError } from '../errors.js';
import type { Exchange } from '../exchange/exchange.js';
import { detectFormat, formatNamed, headBytes } from '../formats/detect.js';
import type { Format, Reading } from '../formats/format.js';
import { peeked } from '../formats/peek.js';
import type { Shard } from './plan.js';
import type { Relate } from './relations.js';
import type { Sink, Source } from './source.js';

/** One recording as it was found, not yet opened. */
export interface Recording {
  /** As the user named it. */
  readonly file: string;
  open(): AsyncIterable<Uint8Array>;
  /** See {@link Reading.beside}. Without it, side files count as not recorded. */
  beside?: Reading['beside'];
  /** Come upon in a folder and of no telling name: not being a recording is worth a note, not an error. */
  readonly incidental?: boolean;
}

export interface DocumentsOptions {
  /** `auto`, or the format that all recordings have. */
  readonly format: string;
  /** Every N-th entry, counted over all recordings. */
  readonly shard?: Shard;
  /** A new one for each recording: ids mean nothing across recordings. */
  readonly relations?: () => Relate;
  /** Told every exchange that was read, before it is judged. */
  readonly observe?: (exchange: Exchange) => void;
}

/**
 * Hands over recorded exchanges, in the order of the recordings. Every entry is an exchange or unreadable with its
 * place. A recording that cannot be read at all does not keep the others from being read, and is thrown at the end.
 */
export function documents(
  recordings: AsyncIterable<Recording> | Iterable<Recording>,
  { format, shard = { index: 1, total: 1 }, ...each }: DocumentsOptions,
): Source {
  const forced = format === 'auto' ? undefined : formatNamed(format);
  return async (sink, signal) => {
    const pile = new Pile(sink, signal, forced, shard, each);
    for await (const recording of recordings) {
      if (signal.aborted) break;
      await pile.add(recording);
    }
    pile.close();
  };
}

class Pile {
  private entries = 0;
  /** Where the entry that comes next begins in its recording. */
  private offset = 0;
  private readonly files = new Map<string, string[]>();
  private readonly troubles: HarnessError[] = [];
  private readonly passedOver: string[] = [];

  constructor(
    private readonly sink: Sink,
    private readonly signal: AbortSignal,
    private readonly forced: Format | undefined,
    private readonly shard: Shard,
    private readonly each: Pick<DocumentsOptions, 'relations' | 'observe'>,
  ) {}

  async add(recording: Recording): Promise<void> {
    try {
      const { head, chunks } = await opened(recording);
      const format = this.formatOf(head, recording);
      if (format === undefined) this.passedOver.push(recording.file);
      else await this.read(recording, format, chunks);
    } catch (error) {
      this.troubles.push(asTrouble(error, recording.file));
    }
  }

  /** Undefined where nobody said that it is a recording, and it is none. */
  private formatOf(head: Uint8Array, { file, incidental }: Recording): Format | undefined {
    if (this.forced && head.length > 0) return this.forced;
    try {
      return detectFormat(head, file);
    } catch (error) {
      if (incidental && error instanceof HarnessError) return undefined;
      throw error;
    }
  }

  private async read(recording: Recording, format: Format, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const { file } = recording;
    this.files.set(format.id, [...(this.files.get(format.id) ?? []), file]);
    const first = this.entries;
    const reading: Reading = {
      file,
      wants: (index, offset) => {
        this.offset = offset;
        this.entries = Math.max(this.entries, first + index + 1);
        return (first + index) % this.shard.total === this.shard.index - 1;
      },
      beside: recording.beside ?? (async () => ({ problem: 'side files are not read here' })),
    };
    const relate = this.each.relations?.();
    let exchanges = 0;
    let broken: string | undefined;
    for await (const entry of format.read(chunks, reading)) {
      if (entry.kind === 'exchange') {
        exchanges++;
        this.handOver(entry.exchange, relate);
      } else {
        broken ??= `${entry.place}: ${entry.reason}`;
        this.sink.unreadable(`${file}: ${entry.place}`, entry.reason);
      }
      if (this.signal.aborted) return;
    }
    if (this.entries === first) throw new HarnessError('unreadable', `${file} has no entries (read as ${format.id})`);
    if (exchanges === 0 && broken !== undefined)
      throw new HarnessError('unreadable', `no entry of ${file} can be read as ${format.id}; the first, ${broken}`);
  }

  private handOver(read: Exchange, relate: Relate | undefined): void {
    this.each.observe?.(read);
    if (relate === undefined) this.sink.exchange(read);
    else {
      const { exchange, findings } = relate(read, this.offset);
      this.sink.exchange(exchange);
      this.sink.found(findings);
    }
  }

  /** Says what was read as what, and throws what could not be read. */
  close(): void {
    if (this.each.relations && this.shard.total > 1)
      this.sink.note('what relates two exchanges, such as a create and a later read, is judged within a part only');
    for (const [format, files] of this.files) this.sink.note(`read as ${format}: ${listed(files)}`);
    if (this.passedOver.length > 0) this.sink.note(`no recordings, passed over: ${listed(this.passedOver)}`);
    const [first, ...others] = this.troubles;
    if (first === undefined) return;
    for (const { message } of others) this.sink.note(`not read: ${message}`);
    throw first;
  }
}

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

/** The first bytes, for detection, and all bytes, the first ones included; gzip, as of rotated logs, is undone. */
async function opened(recording: Recording): Promise<{ head: Uint8Array; chunks: AsyncIterable<Uint8Array> }> {
  const raw = await peeked(recording.open(), headBytes);
  if (!(raw.head[0] === 0x1f && raw.head[1] === 0x8b)) return raw;
  return peeked(gunzipped(raw.chunks), headBytes);
}

/** Streamed: what is decoded is read at once, so that a bomb costs time and no memory. */
function gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return pipeline(Readable.from(chunks), createGunzip(), () => {});
}
