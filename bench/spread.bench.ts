import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordedLine, writeRecording } from './recorded.js';
import { report } from './report.js';
import { timing } from './rounds.js';

/**
 * Wall time of one process that judges a recording, beside two at once that take half of its bytes each (`--shard`), on
 * a machine of two processors or more.
 */
const megabytes = Number(process.argv[2] ?? 768);
const rounds = Number(process.argv[3] ?? 3);
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const file = join(folder, 'lines.ndjson');
const bin = join(process.cwd(), 'dist/cli/bin.js');

const telling = join(folder, 'telling.mjs');
writeFileSync(
  telling,
  "process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write('\\ntook ' + (user + system)); });",
);

/** Microseconds of CPU that it took. */
function check(name: string, shard: readonly string[]): Promise<number> {
  const argv = ['--import', telling, bin, 'check', file, ...shard, '--report', 'json', '--quiet'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...argv, '--report-dir', join(folder, name)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
    child.once('close', (status) => {
      const took = /took (\d+)$/.exec(told)?.[1];
      if (status === 0 && took !== undefined) resolve(Number(took));
      else reject(new Error(`check ended with ${status}: ${told.slice(-400)}`));
    });
  });
}

/** Wall time of them at once, and processors that they kept busy meanwhile. */
async function measured(shards: readonly (readonly string[])[]): Promise<{ wall: number; busy: number }> {
  const began = performance.now();
  const took = await Promise.all(shards.map((shard, at) => check(`${at}`, shard)));
  const wall = (performance.now() - began) * 1000;
  return { wall, busy: took.reduce((sum, each) => sum + each, 0) / wall };
}

try {
  writeRecording(file, recordedLine, (_, size) => size >= megabytes * 1024 * 1024);
  const ways = {
    'one process': [[]],
    'two at once, half of the bytes each': [
      ['--shard', '1/2'],
      ['--shard', '2/2'],
    ],
  };
  const times = Object.values(ways).map(() => [] as { wall: number; busy: number }[]);
  for (let round = 0; round < rounds; round++)
    for (const [at, shards] of Object.values(ways).entries()) times[at]!.push(await measured(shards));
  const walls = times.map((each) => each.map(({ wall }) => wall));
  const timings = Object.keys(ways).map((name, at) => timing(name, walls[at]!, walls[0]!));
  const busy = times.map((each) => (each.reduce((sum, { busy }) => sum + busy, 0) / each.length).toFixed(1));
  const size = statSync(file).size / 1024 / 1024;
  report(
    'Judging NDJSON in two processes',
    '× the wall time of one',
    timings.map(({ name, ratio, micros }, at) => ({
      name,
      ratio,
      detail: `${Math.round(size / (micros / 1e6))} MB/s, ${busy[at]} processors busy`,
    })),
    [
      {
        name: 'speed of two over one',
        found: 1 / timings[1]!.ratio,
        limit: 1.5,
        atLeast: true,
        rest: `one process keeps ${busy[0]} processors busy already, because bytes are read and garbage is collected beside the judging; both start a program, and the second counts the lines before its half.`,
      },
    ],
  );
} finally {
  rmSync(folder, { recursive: true });
}
