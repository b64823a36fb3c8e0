import { appendFileSync } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, stat, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { HarnessError } from '../errors.js';

/** What a run did to a provider's data, in the order it became known. Holds no secret and no body. */
export type JournalRecord =
  | {
      readonly kind: 'run';
      readonly run: string;
      readonly target: string;
      readonly tenant: string;
      readonly connection: string | null;
      readonly seed: number;
      /** ISO 8601 in UTC. */
      readonly startedAt: string;
    }
  /** A request that may create something is about to leave. */
  | { readonly kind: 'intent'; readonly requestId: string; readonly at: string; readonly sha256: string }
  /** `id` is null where a success named none. */
  | { readonly kind: 'created'; readonly requestId: string; readonly status: number; readonly id: string | null }
  | { readonly kind: 'refused'; readonly requestId: string; readonly status: number }
  /** No answer that tells: the request may or may not have created something. */
  | { readonly kind: 'unknown'; readonly requestId: string; readonly reason: string }
  /** Asked later: what the provider's look-up by client request id says of it; `absent` is nothing. */
  | { readonly kind: 'found'; readonly requestId: string; readonly status: number; readonly id: string | null }
  | { readonly kind: 'absent'; readonly requestId: string };

/** Append-only; a record is on its way to the disk before `append` resolves. */
export interface Journal {
  append(record: JournalRecord): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a journal file. `durable` waits for the disk with every record, so that not even a power cut loses one;
 * without it a record is written at once (some microseconds) and survives the end of the process, not of the machine.
 * Records that arrive together are made durable together. A write that fails is an artefact error, and no request may
 * follow it.
 */
export async function openJournal(path: string, durable: boolean): Promise<Journal> {
  const file = await guarded(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    await dropTornTail(path);
    return open(path, 'a', 0o600);
  });
  return durable ? new DurableJournal(path, file) : plainJournal(path, file);
}

function plainJournal(path: string, file: FileHandle): Journal {
  const attempt = untilOneFails();
  return {
    append: (record) => attempt(() => guarded(path, async () => appendFileSync(file.fd, lineOf(record)))),
    close: () => file.close(),
  };
}

/** What a crash left of its last line says nothing; the next record must not be glued to it. */
async function dropTornTail(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return;
  const content = await readFile(path);
  await truncate(path, content.lastIndexOf('\n') + 1);
}

/** For targets that end with the run: nothing there has to be found again. */
export const noJournal: Journal = { append: async () => undefined, close: async () => undefined };

/** Opens the file with its first record, `head` before it: a run that writes nothing leaves no journal. */
export function lazyJournal(path: string, durable: boolean, head: JournalRecord): Journal {
  let opened: Promise<Journal> | undefined;
  const open = async (): Promise<Journal> => {
    const journal = await openJournal(path, durable);
    await journal.append(head);
    return journal;
  };
  return {
    async append(record) {
      opened ??= open();
      return (await opened).append(record);
    },
    close: async () => (await opened?.catch(() => undefined))?.close(),
  };
}

class DurableJournal implements Journal {
  private waiting: string[] = [];
  private batch: Promise<void> | undefined;
  private written: Promise<void> = Promise.resolve();
  private readonly attempt = untilOneFails();

  constructor(
    private readonly path: string,
    private readonly file: FileHandle,
  ) {}

  append(record: JournalRecord): Promise<void> {
    this.waiting.push(lineOf(record));
    if (this.batch === undefined) {
      this.batch = this.written.then(() => this.write());
      this.written = this.batch.catch(() => undefined);
    }
    return this.batch;
  }

  async close(): Promise<void> {
    await this.written;
    await this.file.close();
  }

  private write(): Promise<void> {
    const lines = this.waiting.join('');
    this.waiting = [];
    this.batch = undefined;
    return this.attempt(() =>
      guarded(this.path, async () => {
        await this.file.appendFile(lines);
        await this.file.datasync();
      }),
    );
  }
}

/** After a write that failed none is tried: it would be glued to the half of a line that may be there, and be lost. */
function untilOneFails(): (write: () => Promise<void>) => Promise<void> {
  let failed: { readonly error: unknown } | undefined;
  return async (write) => {
    if (failed) throw failed.error;
    try {
      await write();
    } catch (error) {
      failed = { error };
      throw error;
    }
  };
}

async function guarded<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    throw new HarnessError('artefact', `the journal ${path} cannot be written (${(cause as { code?: string }).code})`, {
      hint: 'Nothing more is sent: what is created without a record could not be found again.',
      cause,
    });
  }
}

/** `crc32 json`: a line cut short by a crash is told apart from one that was changed. */
function lineOf(record: JournalRecord): string {
  const json = JSON.stringify(record);
  return `${checksum(json)} ${json}\n`;
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

export interface JournalReading {
  readonly records: readonly JournalRecord[];
  /** Lines that cannot be trusted, by their number from 1. */
  readonly damaged: readonly number[];
  /** The last line was cut short: the process ended while it wrote. */
  readonly torn: boolean;
}

/** Reads a journal back, whatever ended the run that wrote it. */
export function readJournal(text: string): JournalReading {
  const lines = text.split('\n');
  const tail = lines.pop();
  const records: JournalRecord[] = [];
  const damaged: number[] = [];
  for (const [at, line] of lines.entries()) {
    const json = line.slice(9);
    if (line.slice(0, 8) === checksum(json) && line[8] === ' ') records.push(JSON.parse(json) as JournalRecord);
    else damaged.push(at + 1);
  }
  return { records, damaged, torn: tail !== '' };
}
