import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordedLine, writeRecording } from './recorded.js';
import { report } from './report.js';

/**
 * Wall time of one process that judges a recording, beside two at once that take half of its bytes each (`--shard`), on
 * a machine of two processors or more. Large, as is what is spread out: a program takes half a second to start. Of each
 * the quickest round counts: two that want both processors pay for what a neighbour does, one moves aside.
 */
const megabytes = Number(process.argv[2] ?? 2048);
const rounds = Number(process.argv[3] ?? 5);
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

/** Microseconds, and processors that were kept busy meanwhile. */
interface Run {
  readonly wall: number;
  readonly busy: number;
}

/** All shards at once. */
async function measured(shards: readonly (readonly string[])[]): Promise<Run> {
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
  const runs = Object.values(ways).map(() => [] as Run[]);
  for (let round = 0; round < rounds; round++)
    for (const [at, shards] of Object.values(ways).entries()) runs[at]!.push(await measured(shards));
  const quickest = runs.map((each) => each.reduce((best, run) => (run.wall < best.wall ? run : best)));
  const one = quickest[0]!;
  const size = statSync(file).size / 1024 / 1024;
  report(
    'Judging NDJSON in two processes',
    `× the wall time of one, the quickest of ${rounds} rounds`,
    Object.keys(ways).map((name, at) => {
      const { wall, busy } = quickest[at]!;
      return {
        name,
        ratio: wall / one.wall,
        detail: `${Math.round(size / (wall / 1e6))} MB/s, ${busy.toFixed(1)} processors busy`,
      };
    }),
    [
      {
        name: 'speed of two over one',
        found: one.wall / quickest[1]!.wall,
        limit: 1.5,
        atLeast: true,
        rest: `one process keeps ${one.busy.toFixed(1)} processors busy already, because bytes are read and garbage is collected beside the judging; both start a program, and the second counts the lines before its half.`,
      },
    ],
  );
} finally {
  rmSync(folder, { recursive: true });
}
