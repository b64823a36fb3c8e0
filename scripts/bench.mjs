#!/usr/bin/env node
// Runs the benchmarks of bench/: `npm run bench` all of them, which rewrites docs/performance.md, `npm run bench --
// generate` one, which renews its part, or one with numbers of your own. Exits 1 when a limit is missed.
import { fork, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const suffix = '.bench.ts';
const all = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length))
  .sort();
const [only, ...args] = process.argv.slice(2);

if (only !== undefined && !all.includes(only)) {
  console.error(`no benchmark is called ${only}; there are ${all.join(', ')}`);
  process.exit(2);
}
installPeers();
const names = only === undefined ? all : [only];
const bundles = await bundled(names);
const results = [];
for (const name of names) results.push(await run(name, bundles[name]));
const found = results.flatMap((result) => result.found);
const pageFile = join(root, 'docs/performance.md');
if (only === undefined) writeFileSync(pageFile, page(found));
else if (args.length === 0) writeFileSync(pageFile, renewed(readFileSync(pageFile, 'utf8'), found));
for (const { name, status } of results)
  if (status !== 0) console.error(`\n${name}: a limit is missed, or the benchmark broke off`);
process.exitCode = results.every(({ status }) => status === 0) ? 0 : 1;

/** Rivals have a lock file of their own, so that `npm ci` of the project does not install them. */
function installPeers() {
  const room = join(root, 'bench/peers');
  const wanted = readFileSync(join(room, 'package-lock.json'), 'utf8');
  const installed = join(room, 'node_modules/.installed-lock.json');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  const npm = spawnSync('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: room, stdio: 'inherit' });
  if (npm.status !== 0) throw new Error('bench/peers could not be installed');
  writeFileSync(installed, wanted);
}

/** One after the other, so that each is one file that can be started again. */
async function bundled(names) {
  const file = (name) => join(root, 'node_modules/.cache/bench', `${name}.bench.js`);
  for (const name of names)
    await build({
      cwd: root,
      input: `bench/${name}${suffix}`,
      platform: 'node',
      external: (id) => !id.startsWith('.') && !isAbsolute(id),
      output: { file: file(name), format: 'esm', codeSplitting: false },
    });
  return Object.fromEntries(names.map((name) => [name, file(name)]));
}

/** A process for each, so that none warms up or fills the memory of the next. */
function run(name, bundle) {
  const found = [];
  const child = fork(bundle, args, { cwd: root, execArgv: ['--expose-gc'] });
  child.on('message', (benchmark) => found.push(benchmark));
  return new Promise((resolve) => child.on('close', (status) => resolve({ name, status: status ?? 1, found })));
}

function page(benchmarks) {
  const day = new Date().toISOString().slice(0, 10);
  const machine = `Node ${process.versions.node.split('.').slice(0, 2).join('.')}, ${cpus().length} cores, ${platform()} ${arch()}`;
  return [
    '# Speed',
    '',
    `Written by \`npm run bench\` on ${day} (${machine}). Ratios within one run: contestants take turns, round after`,
    'round, and a ratio is the median over the rounds, of CPU time where nothing else is said. What a busy machine does',
    'to one it does to the other. Absolute times say more about the machine than about the program, so none are here and',
    'none are tested. Rivals are pinned in `bench/peers`.',
    ...benchmarks.flatMap(section),
    '',
  ].join('\n');
}

/** The page with these sections in the place of what they were; one that is new stands behind the one before it. */
function renewed(text, benchmarks) {
  const [head, ...sections] = text.trimEnd().split(/\n(?=## )/);
  let at = sections.length;
  for (const benchmark of benchmarks) {
    const known = sections.findIndex((each) => each.startsWith(`## ${benchmark.title}\n`));
    const made = section(benchmark).slice(1).join('\n');
    if (known >= 0) sections[known] = `${made}\n`;
    else sections.splice(at, 0, `${made}\n`);
    at = (known >= 0 ? known : at) + 1;
  }
  return `${[head, ...sections.map((each) => `${each.trimEnd()}\n`)].join('\n')}`;
}

function section({ title, unit, rows, limits }) {
  return [
    '',
    `## ${title}`,
    '',
    ...table(
      ['', unit],
      rows.map(({ name, ratio }) => [name, figure(ratio)]),
    ),
    '',
    ...table(
      ['Limit', 'found', 'wanted', ''],
      limits.map(({ name, found, limit, atLeast, holds }) => [
        name,
        figure(found),
        `at ${atLeast ? 'least' : 'most'} ${limit}`,
        holds ? 'holds' : '**missed**',
      ]),
    ),
    ...limits
      .filter(({ holds, rest }) => !holds && rest !== undefined)
      .flatMap(({ name, rest }) => ['', `${name}: ${rest}`]),
  ];
}

function figure(ratio) {
  return ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2);
}

function table(head, rows) {
  const widths = head.map((_, at) => Math.max(3, ...[head, ...rows].map((row) => row[at].length)));
  const line = (cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
