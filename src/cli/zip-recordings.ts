import { stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise } from 'yauzl';
import { HarnessError } from '../errors.js';
import { isBomb, type Recording } from '../sources/recording.js';

/** Files of an archive that are looked at; Playwright keeps one for each body. */
const maxEntries = 100_000;

interface Kinds {
  /** Names that claim to be recordings. */
  readonly telling: RegExp;
  /** A side file of more bytes is not read. */
  readonly maxSideFile: number;
}

/** A zip archive as it was found: what its directory lists, and the file that the directory is of. */
interface Archive {
  readonly file: string;
  readonly path: string;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * The recordings within a zip archive, as Playwright writes one: a HAR whose bodies are files beside it. Nothing is
 * unpacked onto the disk.
 */
export async function zipRecordings(file: string, path: string, { telling, maxSideFile }: Kinds): Promise<Recording[]> {
  const { size, mtimeMs } = await stat(path);
  const archive: Archive = { file, path, entries: await entriesOf(file, path), size, mtimeMs };
  const named = [...archive.entries.keys()].filter((name) => telling.test(name)).sort();
  if (named.length === 0)
    throw new HarnessError('unreadable', `${file} is a zip archive without a recording`, {
      hint: `Looked for names that end in .har, .ndjson or .jsonl among ${archive.entries.size} files.`,
    });
  return named.map((name) => ({
    file: `${file}/${name}`,
    path,
    open: () => bytesOf(archive, name),
    beside: (other) => beside(archive, name, other, maxSideFile),
  }));
}

async function entriesOf(file: string, path: string): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const zip = await openPromise(path).catch((error: unknown) => refuse(file, error));
  try {
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName, entry);
      if (entries.size > maxEntries) throw new Error(`it holds more than ${maxEntries} files`);
    }
  } catch (error) {
    refuse(file, error);
  }
  return entries;
}

/** Says of an archive what is wrong with it, whatever its reader throws. */
function refuse(file: string, error: unknown): never {
  if (error instanceof HarnessError) throw error;
  throw new HarnessError('unreadable', `${file} cannot be read as a zip archive: ${(error as Error).message}`, {
    hint: 'Check that the archive is whole, or unpack it and give the folder.',
    cause: error,
  });
}

/** One file of the archive, unpacked as it is read. */
async function* bytesOf({ file, path, entries, size, mtimeMs }: Archive, name: string): AsyncGenerator<Uint8Array> {
  const entry = entries.get(name)!;
  const told = `${file}/${name}`;
  if (isBomb(entry.compressedSize, entry.uncompressedSize))
    throw new HarnessError('unreadable', `${told} would unpack to ${entry.uncompressedSize} bytes`, {
      hint: 'That is out of all proportion, as of a zip bomb. If it is none, unpack it and give the folder.',
    });
  const zip = await openPromise(path, { autoClose: false }).catch((error: unknown) => refuse(file, error));
  let sum = 0;
  try {
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
    if (sum !== entry.crc32) throw new Error('its checksum is another');
  } catch (error) {
    refuse(told, error);
  } finally {
    zip.close();
  }
  const after = await stat(path);
  if (after.size !== size || after.mtimeMs !== mtimeMs)
    throw new HarnessError('unreadable', `${file} changed while it was read`, {
      hint: 'Wait until the recorder is done, or check a copy.',
    });
}

/** A file that a recording names, from its own folder in the archive and below. */
async function beside(
  archive: Archive,
  recording: string,
  name: string,
  maxSideFile: number,
): Promise<Uint8Array | { problem: string }> {
  const folder = posix.dirname(recording);
  const wanted = posix.join(folder, name);
  const isOutside = posix.isAbsolute(name) || posix.relative(folder, wanted).startsWith('..');
  if (isOutside) return { problem: 'its side file lies outside the folder of the recording' };
  const entry = archive.entries.get(wanted);
  if (entry === undefined) return { problem: 'its side file is not in the archive' };
  if (entry.uncompressedSize > maxSideFile)
    return { problem: `its side file ${posix.basename(name)} is larger than ${maxSideFile} bytes` };
  try {
    return await buffer(bytesOf(archive, wanted));
  } catch {
    return { problem: `its side file ${posix.basename(name)} cannot be unpacked` };
  }
}
