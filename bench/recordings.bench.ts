import { spawnSync } from 'node:child_process';
import { closeSync, createReadStream, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuUsage } from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { contactOut } from '../contracts/chift/index.js';
import { recordingAt } from '../src/cli/recordings.js';
import { ElementScanner } from '../src/formats/element-scanner.js';
import { utf8Of } from '../src/formats/elements.js';
import { judged } from './judged.js';
import { peers } from './peers.js';
import { harFrame, recordedEntry, recordedLine, writeRecording } from './recorded.js';
import { type Limit, report } from './report.js';
import { microsSince, rowOf, type Timing, timing } from './rounds.js';

/**
 * Recorded exchanges judged end to end on one core (reading, decoding, losslessness, routing, every check, relations,
 * accounting), in CPU time beside a limit that only reads and parses, and beside what a user writes by hand: ratios of
 * one run. Files lie in the page cache. Each contestant has a process of its own every round, as it has in use: what one
 * leaves to the collector is not the next one's to clear. There it warms up first.
 */
const entries = Number(process.argv[2] ?? 40_000);
const rounds = Number(process.argv[3] ?? 5);
const warmUpMs = 1500;
const [alone, folder] = [process.argv[4], process.argv[5] ?? mkdtempSync(join(tmpdir(), 'bench-'))];

/** More lines than entries: a HAR has to fit into one text for the limit. */
const lineCount = 5 * entries;
const [ndjson, har] = [join(folder, 'lines.ndjson'), join(folder, 'all.har')];

async function ours(path: string): Promise<number> {
  const { recording } = await recordingAt('bench', path, false);
  return judged(recording);
}

/** A file piece by piece in the same memory. */
function* piecesOf(path: string): Generator<Buffer> {
  const [file, buffer] = [openSync(path, 'r'), Buffer.alloc(1024 * 1024)];
  for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) yield buffer.subarray(0, size);
  closeSync(file);
}

interface Line {
  readonly response: { readonly body: unknown };
}

/** The least there is: lines cut by hand and parsed. */
async function limitOfLines(): Promise<number> {
  let found = 0;
  let begun = Buffer.alloc(0);
  for (const piece of piecesOf(ndjson)) {
    let from = 0;
    for (let end = piece.indexOf(10); end >= 0; from = end + 1, end = piece.indexOf(10, from)) {
      const line =
        begun.length === 0
          ? piece.toString('utf8', from, end)
          : Buffer.concat([begun, piece.subarray(from, end)]).toString();
      found += Number((JSON.parse(line) as Line).response.body !== undefined);
      begun = begun.subarray(0, 0);
    }
    begun = Buffer.from(piece.subarray(from));
  }
  return found;
}

async function linesByHand(): Promise<number> {
  let valid = 0;
  for await (const line of createInterface({ input: createReadStream(ndjson), crlfDelay: Number.POSITIVE_INFINITY }))
    valid += Number(contactOut.safeParse((JSON.parse(line) as Line).response.body).success);
  return valid;
}

interface HarDocument {
  readonly log: { readonly entries: readonly { readonly response: { readonly content: { readonly text: string } } }[] };
}

const wholeHar = () => (JSON.parse(readFileSync(har, 'utf8')) as HarDocument).log.entries;

async function limitOfHar(): Promise<number> {
  return wholeHar().reduce((found, { response }) => found + Number(JSON.parse(response.content.text) !== undefined), 0);
}

async function harByHand(): Promise<number> {
  const texts = wholeHar().map(({ response }) => response.content.text);
  return texts.reduce((valid, text) => valid + Number(contactOut.safeParse(JSON.parse(text)).success), 0);
}

interface StreamParsers {
  chain(stages: readonly unknown[]): AsyncIterable<{ readonly value: HarDocument['log']['entries'][number] }>;
  parser(): unknown;
  pick(options: { readonly filter: string }): unknown;
  streamArray(): unknown;
  readonly JSONParser: new (options: {
    readonly paths: readonly string[];
    readonly keepStack: false;
  }) => {
    onValue: (found: { readonly value: unknown }) => void;
    write(chunk: Uint8Array): void;
  };
}

const { chain, parser, pick, streamArray, JSONParser } = await peers<StreamParsers>('index.mjs');

/** The three below cut a HAR into its entries, and do nothing else. */
async function harByScanner(): Promise<number> {
  const scanner = new ElementScanner({ path: ['log', 'entries'], siblings: [], cap: Number.POSITIVE_INFINITY });
  let found = 0;
  for await (const chunk of createReadStream(har, { highWaterMark: 256 * 1024 }))
    for (const { bytes } of scanner.push(chunk)) found += Number(JSON.parse(utf8Of(bytes!)) !== undefined);
  return found;
}

async function harByStreamJson(): Promise<number> {
  let found = 0;
  const stages = [createReadStream(har), parser(), pick({ filter: 'log.entries' }), streamArray()];
  for await (const { value } of chain(stages)) found += Number(value.response !== undefined);
  return found;
}

async function harByStreamparser(): Promise<number> {
  let found = 0;
  const streaming = new JSONParser({ paths: ['$.log.entries.*'], keepStack: false });
  streaming.onValue = ({ value }) => {
    found += Number(value !== undefined);
  };
  for (const chunk of piecesOf(har)) streaming.write(chunk);
  return found;
}

/** Every one must take all entries. */
const contestants = {
  'NDJSON limit: split and JSON.parse': limitOfLines,
  'NDJSON ours, judged end to end': () => ours(ndjson),
  'NDJSON by hand: readline, JSON.parse, zod': linesByHand,
  'HAR limit: JSON.parse of all and of each body': limitOfHar,
  'HAR ours, judged end to end': () => ours(har),
  'HAR by hand: JSON.parse of all, zod': harByHand,
  'HAR limit: JSON.parse of all': async () => wholeHar().length,
  'HAR ours: found by its bytes, JSON.parse of each': harByScanner,
  'HAR @streamparser/json': harByStreamparser,
  'HAR stream-json': harByStreamJson,
} as const satisfies Readonly<Record<string, () => Promise<number>>>;
type Name = keyof typeof contestants;

/** In this process: microseconds an entry. */
async function measured(name: Name): Promise<number> {
  const count = name.startsWith('NDJSON') ? lineCount : entries;
  for (const until = performance.now() + warmUpMs; performance.now() < until; ) await contestants[name]();
  const before = cpuUsage();
  const valid = await contestants[name]();
  const spent = microsSince(before);
  if (valid !== count) throw new Error(`${name} found ${valid} of ${count}`);
  return spent / count;
}

/** The same in a process of its own. */
function measuredAlone(name: Name): number {
  const argv = [fileURLToPath(import.meta.url), `${entries}`, `${rounds}`, name, folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name}: exit ${status}: ${stderr.slice(-400)}`);
  return Number(stdout);
}

/** Each in turn, round after round; the first is the floor. */
function race(...names: readonly [Name, Name, ...Name[]]): Timing[] {
  const times = names.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++)
    for (const [at, name] of names.entries()) times[at]!.push(measuredAlone(name));
  return names.map((name, at) => timing(name.replace(/^\w+ /, ''), times[at]!, times[0]!));
}

/** The speed of ours as a share of another's. */
function shareOf(timings: readonly Timing[], other: number): number {
  return timings[other]!.ratio / timings[1]!.ratio;
}

/** Ours against what only parses and validates. */
const overLimit = (timings: readonly Timing[]): Limit => ({
  name: 'speed of ours over the limit',
  found: shareOf(timings, 0),
  limit: 0.9,
  atLeast: true,
});
const overByHand = (timings: readonly Timing[]): Limit => ({
  name: 'speed of ours over by hand',
  found: shareOf(timings, 2),
  limit: 1.5,
  atLeast: true,
});

function raceAll(): void {
  const unit = '× the time of the limit';
  const lines = race(
    'NDJSON limit: split and JSON.parse',
    'NDJSON ours, judged end to end',
    'NDJSON by hand: readline, JSON.parse, zod',
  );
  report('Judging NDJSON, per exchange', unit, lines.map(rowOf), [overLimit(lines), overByHand(lines)]);
  const documents = race(
    'HAR limit: JSON.parse of all and of each body',
    'HAR ours, judged end to end',
    'HAR by hand: JSON.parse of all, zod',
  );
  report('Judging HAR, per exchange', unit, documents.map(rowOf), [overLimit(documents)]);
  const cut = race(
    'HAR limit: JSON.parse of all',
    'HAR ours: found by its bytes, JSON.parse of each',
    'HAR @streamparser/json',
    'HAR stream-json',
  );
  report('Cutting a HAR into its entries, per entry', unit, cut.map(rowOf), [
    overLimit(cut),
    { name: 'speed of ours over @streamparser/json', found: shareOf(cut, 2), limit: 3, atLeast: true },
    { name: 'speed of ours over stream-json', found: shareOf(cut, 3), limit: 3, atLeast: true },
  ]);
}

if (alone === undefined) {
  try {
    writeRecording(ndjson, recordedLine, (count) => count >= lineCount);
    writeRecording(
      har,
      (index) => `${index === 0 ? '' : ','}${recordedEntry(index)}`,
      (count) => count >= entries,
      harFrame,
    );
    raceAll();
  } finally {
    rmSync(folder, { recursive: true });
  }
} else process.stdout.write(`${await measured(alone as Name)}`);
