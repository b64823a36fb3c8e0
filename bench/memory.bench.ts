import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { harFrame, recordedEntry, recordedLine, writeRecording } from './recorded.js';
import { report } from './report.js';

/**
 * The most memory that `check` holds while it judges recordings far larger than that, beside a program that parses the
 * whole document; each in a process of its own. `npm run bench -- memory 10240 2048` tries 10 GB of lines and 2 GB of
 * HAR; the recordings are written for the occasion.
 */
const [linesMb = 512, harMb = 512] = process.argv.slice(2).map(Number);
const wholeMb = 128;
const folder = mkdtempSync(join(tmpdir(), 'bench-'));

const megabytes = (count: number) => (_: number, size: number) => size >= count * 1024 * 1024;
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
writeFileSync(telling, `process.on('exit', () => { ${script} });`);

function check(name: string): number {
  const most = held(['--import', telling, join(process.cwd(), 'dist/cli/bin.js'), 'check', name, '--report', 'json']);
  rmSync(join(folder, name));
  return most;
}

try {
  writeRecording(join(folder, 'lines.ndjson'), recordedLine, megabytes(linesMb));
  const lines = check('lines.ndjson');
  writeRecording(join(folder, 'entries.har'), entry, megabytes(harMb), harFrame);
  const har = check('entries.har');
  writeRecording(join(folder, 'small.har'), entry, megabytes(wholeMb), harFrame);
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
