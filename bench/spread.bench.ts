import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordedLine, writeRecording } from './recorded.js';
import { report } from './report.js';
import { median } from './rounds.js';

/**
 * Wall time of one process that judges a recording, beside two at once that take half of its bytes each (`--shard`), on
 * a machine of two processors or more. Large, as what is spread out is: a program takes a second to start and to warm up.
 *
 * Whether a machine has two processors to give changes by the minute where others share it. So each round begins with
 * processes that only parse, one and two at once; it counts when the two are nearly twice as fast.
 */
const megabytes = Number(process.argv[2] ?? 3072);
const rounds = Number(process.argv[3] ?? 3);
const attempts = 10 * rounds;
/** Two that parse, over one: two processors to give. */
const quiet = 1.75;
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const file = join(folder, 'lines.ndjson');
const bin = join(process.cwd(), 'dist/cli/bin.js');

const telling = join(folder, 'telling.mjs');
writeFileSync(
  telling,
  "process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write('\\ntook ' + (user + system)); });",
);
const parsing = join(folder, 'parsing.mjs');
writeFileSync(
  parsing,
  `import { openSync, readSync } from 'node:fs';
  const [file, from, to] = process.argv.slice(2);
  const bytes = Buffer.alloc(Number(to) - Number(from));
  readSync(openSync(file), bytes, 0, bytes.length, Number(from));
  for (const line of bytes.toString().split('\\n').slice(1, -1)) JSON.parse(line);`,
);

/** Microseconds of CPU that it took. */
function run(argv: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', telling, ...argv], { stdio: ['ignore', 'ignore', 'pipe'] });
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
    child.once('close', (status) => {
      const took = /took (\d+)$/.exec(told)?.[1];
      if (status === 0 && took !== undefined) resolve(Number(took));
      else reject(new Error(`${argv.join(' ')} ended with ${status}: ${told.slice(-400)}`));
    });
  });
}

interface Run {
  /** Microseconds. */
  readonly wall: number;
  /** Processors that were kept busy meanwhile. */
  readonly busy: number;
}

/** All of them at once. */
async function atOnce(...processes: (readonly string[])[]): Promise<Run> {
  const began = performance.now();
  const took = await Promise.all(processes.map(run));
  const wall = (performance.now() - began) * 1000;
  return { wall, busy: took.reduce((sum, each) => sum + each, 0) / wall };
}

function check(...shard: string[]): string[] {
  const reports = ['--report', 'json', '--report-dir', join(folder, shard.join('').replace('/', '-'))];
  return [bin, 'check', file, ...shard, ...reports, '--quiet'];
}

const parsed = 256 * 1024 * 1024;
const parse = (from: number, to: number): string[] => [parsing, file, `${from * parsed}`, `${to * parsed}`];

/** One, and two at once. */
type Pair = readonly [Run, Run];

const over = ([one, two]: Pair): number => one.wall / two.wall;

try {
  writeRecording(file, recordedLine, (_, size) => size >= megabytes * 1024 * 1024);
  const size = statSync(file).size / 1024 / 1024;
  const parses: Pair[] = [];
  const checks: Pair[] = [];
  for (let attempt = 0; attempt < attempts && checks.length < rounds; attempt++) {
    const parsing: Pair = [await atOnce(parse(0, 1)), await atOnce(parse(0, 0.5), parse(0.5, 1))];
    parses.push(parsing);
    if (over(parsing) >= quiet)
      checks.push([await atOnce(check()), await atOnce(check('--shard', '1/2'), check('--shard', '2/2'))]);
  }
  if (checks.length === 0) {
    const most = Math.max(...parses.map(over)).toFixed(2);
    throw new Error(`no two processors to give: two processes that parse were at most ${most} times as fast as one`);
  }
  const speed = (at: 0 | 1): string => {
    const runs = checks.map((pair) => pair[at]);
    const rate = Math.round(size / (median(runs.map(({ wall }) => wall)) / 1e6));
    return `${rate} MB/s, ${median(runs.map(({ busy }) => busy)).toFixed(1)} busy`;
  };
  const found = median(checks.map(over));
  report(
    'Judging NDJSON in two processes',
    '× the wall time of one',
    [
      { name: 'one process', ratio: 1, detail: speed(0) },
      { name: 'two at once, half of the bytes each', ratio: 1 / found, detail: speed(1) },
      { name: 'two that only parse', ratio: 1 / median(parses.map(over).filter((each) => each >= quiet)) },
    ],
    [
      {
        name: 'speed of two over one',
        found,
        limit: 1.5,
        atLeast: true,
        rest: 'one process keeps more than one processor busy already, because bytes are read and code is compiled beside the judging; both start a program, and the second counts the lines before its half.',
      },
    ],
  );
} finally {
  rmSync(folder, { recursive: true });
}
