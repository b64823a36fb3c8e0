import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report } from './report.js';
import { rowOf, timing } from './rounds.js';

/** What it costs to start: CPU of a whole process, as that process counts it at its end, beside a Node that does nothing. */
const rounds = Number(process.argv[2] ?? 25);
const bin = 'dist/cli/bin.js';
const contestants = {
  'node -e 0': ['-e', '0'],
  'chift-contract --version': [bin, '--version'],
  'chift-contract --help': [bin, '--help'],
  'chift-contract verify --help': [bin, 'verify', '--help'],
};

const built = spawnSync(process.execPath, ['scripts/build.mjs', '--js-only'], { stdio: 'inherit' });
if (built.status !== 0) throw new Error('dist/ could not be built');
const folder = mkdtempSync(join(tmpdir(), 'start-up-'));
const told = join(folder, 'micros');
const teller = join(folder, 'tell.cjs');
writeFileSync(
  teller,
  `process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    require('node:fs').writeFileSync(${JSON.stringify(told)}, String(user + system));
  });`,
);

const times = Object.keys(contestants).map(() => [] as number[]);
try {
  for (let round = 0; round < rounds; round++)
    for (const [at, args] of Object.values(contestants).entries()) times[at]!.push(micros(args));
} finally {
  rmSync(folder, { recursive: true });
}
const timings = Object.keys(contestants).map((name, at) => timing(name, times[at]!, times[0]!));
report(
  'Starting the command line',
  '× the CPU time of node -e 0',
  timings.map(rowOf),
  timings.slice(1).map(({ name, ratio }) => ({ name, found: ratio, limit: 1.6 })),
);

function micros(args: readonly string[]): number {
  const { status } = spawnSync(process.execPath, ['--require', teller, ...args], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${args.join(' ')} gave ${status}`);
  return Number(readFileSync(told, 'utf8'));
}
