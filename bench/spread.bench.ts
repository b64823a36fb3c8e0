import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
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

function check(name: string, shard: readonly string[]): Promise<void> {
  const argv = [bin, 'check', file, ...shard, '--report', 'json', '--report-dir', join(folder, name), '--quiet'];
  return new Promise((resolve, reject) => {
    spawn(process.execPath, argv, { stdio: 'ignore' }).once('close', (status) =>
      status === 0 ? resolve() : reject(new Error(`check ended with ${status}`)),
    );
  });
}

async function wall(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) * 1000;
}

try {
  writeRecording(file, recordedLine, (_, size) => size >= megabytes * 1024 * 1024);
  const [one, two]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    one.push(await wall(() => check('whole', [])));
    two.push(await wall(() => Promise.all(['1/2', '2/2'].map((shard, at) => check(`${at}`, ['--shard', shard])))));
  }
  const timings = [timing('one process', one, one), timing('two at once, half of the bytes each', two, one)];
  const size = statSync(file).size / 1024 / 1024;
  report(
    'Judging NDJSON in two processes',
    '× the wall time of one',
    timings.map(({ name, ratio, micros }) => ({
      name,
      ratio,
      detail: `${Math.round(size / (micros / 1e6))} MB/s`,
    })),
    [
      {
        name: 'speed of two over one',
        found: 1 / timings[1]!.ratio,
        limit: 1.5,
        atLeast: true,
        rest: 'with two processors the collector of one process keeps the second one busy already.',
      },
    ],
  );
} finally {
  rmSync(folder, { recursive: true });
}
