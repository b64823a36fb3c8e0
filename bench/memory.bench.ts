import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { harFrame, recordedEntry, recordedLine } from './recorded.js';
import { report } from './report.js';

/**
 * The most memory that `check` holds while it judges recordings far larger than that, beside a program that parses the
 * whole document; each in a process of its own. `npm run bench -- memory 10240 2048` tries 10 GB of lines and 2 GB of
 * HAR; the recordings are written for the occasion.
 */
const [linesMb = 512, harMb = 512] = process.argv.slice(2).map(Number);
const wholeMb = 128;
const folder = mkdtempSync(join(tmpdir(), 'bench-'));

/** Pieces, over and over, until the file has so many megabytes. */
function written(name: string, megabytes: number, piece: (index: number) => string, [start, end] = ['', '']): string {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  const wanted = megabytes * 1024 * 1024;
  let size = writeSync(file, start);
  for (let index = 0; size < wanted; ) {
    const chunk: string[] = [];
    for (let count = 0; count < 2000; count++) chunk.push(piece(index++));
    size += writeSync(file, chunk.join(''));
  }
  writeSync(file, end);
  closeSync(file);
  return path;
}

const entry = (index: number): string => `${index === 0 ? '' : ','}${recordedEntry(index)}`;
const script = "process.stderr.write('\\nheld ' + process.resourceUsage().maxRSS)";

/** Megabytes that a process held at most. */
function held(argv: readonly string[]): number {
  const { status, stderr } = spawnSync(process.execPath, argv, { cwd: folder, encoding: 'utf8' });
  const told = /held (\d+)$/.exec(stderr.trimEnd())?.[1];
  if (status !== 0 || told === undefined) throw new Error(`exit ${status}: ${stderr.slice(-400)}`);
  return Number(told) / 1024;
}

const telling = join(folder, 'telling.mjs');
const file = openSync(telling, 'w');
writeSync(file, `process.on('exit', () => { ${script} });`);
closeSync(file);

function check(name: string): number {
  const most = held(['--import', telling, join(process.cwd(), 'dist/cli/bin.js'), 'check', name, '--report', 'json']);
  rmSync(join(folder, name));
  return most;
}

try {
  written('lines.ndjson', linesMb, recordedLine);
  const lines = check('lines.ndjson');
  written('entries.har', harMb, entry, [...harFrame]);
  const har = check('entries.har');
  written('small.har', wholeMb, entry, [...harFrame]);
  const parse = `JSON.parse(require('fs').readFileSync('small.har', 'utf8')); ${script}`;
  const whole = held(['-e', parse]);
  const rows = [
    [`check, ${linesMb} MB of NDJSON`, lines],
    [`check, ${harMb} MB of HAR`, har],
    [`JSON.parse of ${wholeMb} MB of HAR`, whole],
  ] as const;
  report(
    'Memory while judging recordings',
    'MB at most',
    rows.map(([name, ratio]) => ({ name, ratio })),
    [
      { name: 'NDJSON', found: lines, limit: 300 },
      { name: 'HAR', found: har, limit: 300 },
    ],
  );
} finally {
  rmSync(folder, { recursive: true });
}
