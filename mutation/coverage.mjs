#!/usr/bin/env node
// Branch coverage of the safety path by its own tests: writes mutation/coverage.json, which docs/guarantees.md shows.
// Exits 1 where a branch of it is never taken.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');
const targets = JSON.parse(readFileSync(join(here, 'targets.json'), 'utf8'));
const path = ['permit', 'budget', 'ledger', 'redactor', 'door', 'exit codes'];
const files = path.flatMap((name) => targets[name].files);
const tests = [...new Set(path.flatMap((name) => targets[name].tests))];
const folder = mkdtempSync(join(tmpdir(), 'coverage-'));

try {
  const flags = [
    '--config=mutation/vitest.config.ts',
    '--coverage.enabled',
    '--coverage.provider=v8',
    '--coverage.reporter=json',
    `--coverage.reportsDirectory=${folder}`,
    ...files.map((file) => `--coverage.include=${file}`),
  ];
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const env = { ...process.env, MUTATION_TESTS: tests.join(',') };
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...flags], { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) throw new Error(`the tests exited ${status}`);
  const report = JSON.parse(readFileSync(join(folder, 'coverage-final.json'), 'utf8'));
  const branches = {};
  let untaken = 0;
  for (const [file, { b, branchMap }] of Object.entries(report)) {
    const taken = Object.values(b).flat();
    const missed = Object.entries(b).filter(([, counts]) => counts.includes(0));
    untaken += missed.length;
    for (const [key] of missed) console.log(`${relative(root, file)}:${branchMap[key].loc.start.line} is never taken`);
    branches[relative(root, file)] = `${taken.filter((count) => count > 0).length} of ${taken.length}`;
  }
  const date = new Date().toISOString().slice(0, 10);
  const sorted = Object.fromEntries(Object.entries(branches).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(join(here, 'coverage.json'), `${JSON.stringify({ date, branches: sorted }, null, 2)}\n`);
  process.exitCode = untaken > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
