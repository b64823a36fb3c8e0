import { closeSync, openSync, readSync } from 'node:fs';
import { constants, open, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { HarnessError } from '../errors.js';
import type { Recording } from '../sources/recording.js';
import type { World } from './world.js';
import { zipRecordings } from './zip-recordings.js';

/** What is looked for in a folder; the first kind claims by its name to be a recording. */
const telling = /\.(har|ndjson|jsonl)(\.gz|\.zip)?$/i;
const kinds = ['har', 'ndjson', 'jsonl', 'json', 'yaml', 'yml'];
const possible = `**/*.{${kinds.join()}}{,.gz,.zip}`;
const looked = new RegExp(`\\.(${kinds.join('|')})(\\.gz|\\.zip)?$`);
const passedOver = /^(node_modules|\..*)$/;

/** A side file of more bytes is not read. */
const maxSideFile = 16 * 1024 * 1024;

/** What is read from a file at a time. */
const chunkBytes = 256 * 1024;

/** The same where what is read is lent: to wait for each takes as long as to look at it. */
const lentBytes = 1024 * 1024;

type Surroundings = Pick<World, 'cwd' | 'stdin'>;

/** The recordings that `FILE…` names: files, folders with all below them, globs, `-` for standard input. Each once, links or not. */
export async function openRecordings(inputs: readonly string[], world: Surroundings): Promise<Recording[]> {
  if (inputs.length === 0)
    throw new HarnessError('usage', 'no recording is named', { hint: 'Give files, folders, globs, or - for stdin.' });
  const found = new Map<string, Recording>();
  for (const input of inputs)
    for (const { path, recording } of await named(input, world)) {
      const key = path === undefined ? '-' : await realpath(path).catch(() => path);
      const earlier = found.get(key);
      if (earlier === undefined || (earlier.incidental && !recording.incidental)) found.set(key, recording);
    }
  return [...found.values()];
}

interface Found {
  readonly recording: Recording;
  /** Undefined for standard input. */
  readonly path: string | undefined;
}

async function named(input: string, world: Surroundings): Promise<Found[]> {
  if (input === '-') return [{ path: undefined, recording: { file: 'stdin', open: () => world.stdin } }];
  if (input === '') throw new HarnessError('usage', 'an empty text names no recording');
  const path = resolve(world.cwd, input);
  const found = await stat(path).catch((error: { code?: string }) => error);
  if (!('mode' in found)) {
    if (found.code !== 'ENOENT') throw unreadable(input, `cannot be read (${found.code})`);
    if (!isDynamicPattern(input)) throw unreadable(input, 'does not exist', `It was looked for in ${dirname(path)}.`);
    return many(input, await glob(input, { cwd: world.cwd, dot: true }), world, `the glob ${input} matches no file`);
  }
  if (found.isFile()) return recordingsAt(nameOf(input, path, world), path, false);
  if (!found.isDirectory()) throw unreadable(input, 'is neither a file nor a folder', 'Pipes are read by giving -.');
  const below = await glob(possible, { cwd: path, ignore: ['**/node_modules/**', '**/.git/**'] });
  return many(
    input,
    [...below, ...(await outOfReach(path))].map((file) => join(nameOf(input, path, world), file)),
    world,
    `${input} holds no recording`,
  );
}

/**
 * What no glob finds below a folder: links that lead nowhere, and folders that may not be entered. They are told as any
 * other file that cannot be read.
 */
async function outOfReach(folder: string, below = ''): Promise<string[]> {
  const all = await readdir(join(folder, below), { withFileTypes: true }).catch(() => undefined);
  if (all === undefined) return [below];
  const found: string[] = [];
  for (const entry of all) {
    const file = join(below, entry.name);
    if (entry.isDirectory() && !passedOver.test(entry.name)) found.push(...(await outOfReach(folder, file)));
    if (!entry.isSymbolicLink() || !looked.test(entry.name)) continue;
    if ((await stat(join(folder, file)).catch(() => undefined)) === undefined) found.push(file);
  }
  return found;
}

/** Below the working folder by the way from there, so that a result reads the same on every machine. */
function nameOf(input: string, path: string, { cwd }: Surroundings): string {
  return isOutside(cwd, path) ? input : relative(cwd, path);
}

async function many(
  input: string,
  files: readonly string[],
  { cwd }: Surroundings,
  otherwise: string,
): Promise<Found[]> {
  if (files.length === 0)
    throw new HarnessError('unreadable', otherwise, {
      hint: `Looked for .har, .ndjson, .jsonl, .json, .yaml and .yml in ${input}.`,
    });
  const all = [...files].sort().map((file) => recordingsAt(file, resolve(cwd, file), !telling.test(file)));
  return (await Promise.all(all)).flat();
}

/** A file as the recording that it is, or as those that are packed in it. */
async function recordingsAt(name: string, path: string, incidental: boolean): Promise<Found[]> {
  const plain = await recordingAt(name, path, incidental);
  if (!(await startsAsZip(path))) return [plain];
  try {
    const packed = await zipRecordings(plain.recording.file, path, { telling, maxSideFile });
    return packed.map((recording) => ({ path: join(path, recording.file), recording: { ...recording, incidental } }));
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return [{ path, recording: { file: plain.recording.file, path, incidental, open: () => failing(error) } }];
  }
}

async function startsAsZip(path: string): Promise<boolean> {
  const handle = await open(path, atOnce).catch(() => undefined);
  try {
    const { buffer } = (await handle?.read(Buffer.alloc(4), 0, 4, 0)) ?? {};
    return buffer?.toString('latin1') === 'PK\u0003\u0004';
  } catch {
    return false;
  } finally {
    await handle?.close();
  }
}

/** What cannot be opened says so when it is its turn, so that the others are judged. */
function failing(error: Error): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) };
}

/** A file as a recording; one that cannot be looked at is said to be so when it is opened. */
export async function recordingAt(name: string, path: string, incidental: boolean): Promise<Found> {
  const file = name.split(sep).join('/');
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  const open: Recording['open'] = (from = 0, lent) => bytesOf(file, path, from, lent === 'lent');
  const reread: Recording['reread'] = (offset, length) => bytesAgain(file, path, offset, length);
  return { path, recording: { file, path, size, incidental, open, reread, beside: (other) => beside(path, other) } };
}

/** Opening a pipe would otherwise wait for somebody to write to it. */
const atOnce = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The bytes of a regular file; one that is written to meanwhile gives no verdict. */
async function* bytesOf(file: string, path: string, start: number, lent: boolean): AsyncGenerator<Uint8Array> {
  const handle = await open(path, atOnce);
  const before = await handle.stat();
  const nextBuffer = lent ? twoInTurn(Math.min(lentBytes, Math.max(1, before.size - start))) : fresh;
  /** The next bytes are read while the last ones are looked at. */
  const readAt = (at: number) => {
    const buffer = nextBuffer();
    const reading = handle.read(buffer, 0, buffer.length, at);
    reading.catch(() => undefined);
    return reading;
  };
  let ahead: ReturnType<typeof readAt> | undefined;
  try {
    if (!before.isFile()) throw unreadable(file, 'is not a regular file');
    ahead = readAt(start);
    for (let at = start; at < before.size; ) {
      const { buffer, bytesRead } = await ahead;
      if (bytesRead === 0) return;
      at += bytesRead;
      ahead = readAt(at);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await ahead?.catch(() => undefined);
    // Also when only a part of it was wanted.
    const after = await handle.stat();
    await handle.close();
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs)
      // biome-ignore lint/correctness/noUnsafeFinally: what was read of a file that changes is worth nothing
      throw changed(file);
  }
}

/** Bytes of a file that were read before. */
function bytesAgain(file: string, path: string, offset: number, length: number): Buffer {
  const handle = openSync(path, atOnce);
  try {
    const bytes = Buffer.alloc(length);
    if (readSync(handle, bytes, 0, length, offset) < length) throw changed(file);
    return bytes;
  } finally {
    closeSync(handle);
  }
}

const fresh = (): Buffer => Buffer.allocUnsafe(chunkBytes);

function twoInTurn(size: number): () => Buffer {
  let [next, last] = [Buffer.allocUnsafe(size), Buffer.allocUnsafe(size)];
  return () => {
    [next, last] = [last, next];
    return last;
  };
}

/** A file that a recording names, only from the recording's own folder: links and `..` lead nowhere else. */
async function beside(recording: string, name: string): Promise<Uint8Array | { problem: string }> {
  try {
    const folder = await realpath(homeOf(recording, name));
    const wanted = resolve(folder, name);
    if (isOutside(folder, wanted)) return { problem: 'its side file lies outside the folder of the recording' };
    const path = await realpath(wanted);
    if (isOutside(folder, path)) return { problem: 'its side file lies outside the folder of the recording' };
    const { size } = await stat(path).then((found) => (found.isFile() ? found : { size: -1 }));
    if (size < 0) return { problem: `its side file ${basename(name)} is not a file` };
    if (size > maxSideFile) return { problem: `its side file ${basename(name)} is larger than ${maxSideFile} bytes` };
    return await readFile(path);
  } catch (error) {
    return { problem: `its side file cannot be read (${(error as { code?: string }).code ?? 'name'})` };
  }
}

/** The recording's folder; but WireMock keeps `__files` beside `mappings`, in which its stubs lie. */
function homeOf(recording: string, name: string): string {
  const folder = dirname(recording);
  return name.startsWith('__files/') && basename(folder) === 'mappings' ? dirname(folder) : folder;
}

function isOutside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

function changed(file: string): HarnessError {
  return unreadable(file, 'changed while it was read', 'Wait until the recorder is done, or check a copy.');
}

function unreadable(input: string, what: string, hint?: string): HarnessError {
  return new HarnessError('unreadable', `${input} ${what}`, hint === undefined ? {} : { hint });
}
