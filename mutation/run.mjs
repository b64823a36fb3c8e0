#!/usr/bin/env node
// Mutation testing of what the product's safety and judgement rest on: `npm ci` in this folder, then
// `node mutation/run.mjs [target…]`. Writes mutation/score.json, which docs/guarantees.md shows.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');
const scoreFile = join(here, 'score.json');
const targets = JSON.parse(readFileSync(join(here, 'targets.json'), 'utf8'));
const scratch = mkdtempSync(join(tmpdir(), 'mutation-'));

function mutate(name) {
  const { files, tests } = targets[name];
  const report = join(scratch, `${name}.json`);
  const config = join(scratch, `${name}.config.json`);
  writeFileSync(config, JSON.stringify(configFor(name, files, report)));
  const stryker = join(here, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const env = { ...process.env, MUTATION_TESTS: tests.join(','), NO_COLOR: '1' };
  const { status } = spawnSync(process.execPath, [stryker, 'run', config], { cwd: root, env, stdio: 'inherit' });
  if (status !== 0 || !existsSync(report)) throw new Error(`${name}: Stryker exited ${status}`);
  return Object.entries(JSON.parse(readFileSync(report, 'utf8')).files).map(([file, read]) =>
    scoreOf(name, file, read),
  );
}

function configFor(name, files, report) {
  return {
    plugins: [join(here, 'node_modules/@stryker-mutator/vitest-runner/dist/src/index.js')],
    testRunner: 'vitest',
    vitest: { configFile: 'mutation/vitest.config.ts', related: false },
    mutate: files,
    coverageAnalysis: 'all',
    concurrency: Number(process.env.MUTATION_WORKERS ?? 2),
    timeoutMS: 10_000,
    // What a message says is held by golden cases where it matters, never word by word.
    mutator: { excludedMutations: ['StringLiteral'] },
    ignorePatterns: ['/.broker', '/dist', '/reports', '/mutation/node_modules', '/docs', '/bench'],
    tempDirName: join(scratch, `sandbox-${name}`),
    reporters: ['json', 'clear-text'],
    clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
    jsonReporter: { fileName: report },
    allowConsoleColors: false,
    logLevel: 'warn',
  };
}

function scoreOf(target, file, { mutants, source }) {
  const lines = source.split('\n');
  const count = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const alive = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  return {
    target,
    file,
    killed: count('Killed', 'Timeout'),
    total: count('Killed', 'Timeout', 'Survived', 'NoCoverage'),
    survivors: alive
      .map(({ location: { start }, mutatorName, replacement }) => ({
        line: lines[start.line - 1].trim(),
        mutant: `${mutatorName}: ${(replacement ?? '').replaceAll(/\s+/g, ' ').slice(0, 100)}`,
      }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  };
}

try {
  const asked = process.argv.slice(2);
  for (const name of asked.length > 0 ? asked : Object.keys(targets)) {
    const scores = mutate(name);
    const earlier = existsSync(scoreFile) ? JSON.parse(readFileSync(scoreFile, 'utf8')) : { files: [] };
    const files = [...earlier.files.filter(({ target }) => target !== name && target in targets), ...scores];
    const order = Object.keys(targets);
    files.sort((a, b) => order.indexOf(a.target) - order.indexOf(b.target) || (a.file < b.file ? -1 : 1));
    const date = new Date().toISOString().slice(0, 10);
    writeFileSync(scoreFile, `${JSON.stringify({ date, files }, null, 2)}\n`);
    for (const { file, killed, total } of scores) console.log(`${file}: ${killed} of ${total} killed`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
