import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { HarnessError } from '../errors.js';
import { headBytes } from '../formats/detect.js';
import type { Reading } from '../formats/format.js';
import type { Reread } from '../formats/lines.js';
import { type Peeked, peeked } from '../formats/peek.js';

/** One recording as it was found, not yet opened. */
export interface Recording {
  /** As the user named it. */
  readonly file: string;
  /** Where it lies, for who opens it in another thread. */
  readonly path?: string;
  /** Bytes of a file; undefined for what is only known as it comes. */
  readonly size?: number;
  /** Its bytes, from one of them on where it has a size. Lent, they are the reader's only until it asks for the next. */
  open(from?: number, lent?: 'lent'): AsyncIterable<Uint8Array>;
  /** Gives bytes of a file once more; only of what can be lent. */
  readonly reread?: Reread;
  /** See {@link Reading.beside}. Without it, side files count as not recorded. */
  beside?: Reading['beside'];
  /** Come upon in a folder and of no telling name: not being a recording is worth a note, not an error. */
  readonly incidental?: boolean;
}

/** An opened recording: its first bytes, and all of them. */
export interface Opened extends Peeked {
  /** The bytes are not those of the file, which therefore cannot be entered in the middle. */
  readonly packed: boolean;
}

/** What packed bytes may decode to, however few they are; beyond, no more than so many times as much. */
const freeBytes = 64 * 1024 * 1024;
const mostTimes = 200;

/** Whether `packed` bytes decode to more than any recording does. */
export function isBomb(packed: number, decoded: number): boolean {
  return decoded > Math.max(freeBytes, mostTimes * packed);
}

/** Gzip, as of rotated logs, is undone. */
export async function opened(recording: Recording): Promise<Opened> {
  const raw = await peeked(recording.open(), headBytes);
  if (!(raw.head[0] === 0x1f && raw.head[1] === 0x8b)) return { ...raw, packed: false };
  return { ...(await peeked(gunzipped(raw.chunks, recording.file), headBytes)), packed: true };
}

/** Streamed: what is decoded is read at once and takes no memory, and what decodes to too much of it is not read on. */
async function* gunzipped(chunks: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  let decoded = 0;
  for await (const chunk of pipeline(Readable.from(chunks), gunzip, () => {})) {
    decoded += chunk.length;
    if (isBomb(gunzip.bytesWritten, decoded))
      throw new HarnessError('unreadable', `${file} decodes to more than ${mostTimes} times its size`, {
        hint: 'No log is packed like this, but a gzip bomb is. If it is no bomb, give it unpacked.',
      });
    yield chunk;
  }
}
