#!/usr/bin/env node
// Reads vitest's JSON report and prints `<passed> <failed>`; the other words go to standard error.
// Usage: count-tests.mjs REPORT FOLDER…; every folder must have executed at least one test.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [report, ...folders] = process.argv.slice(2);

function fail(message) {
  console.error(`count-tests: ${message}`);
  process.exit(1);
}

if (report === undefined) fail('which report?');
if (!existsSync(report)) fail(`${report} is absent: vitest ended before it could report`);
const { testResults = [] } = JSON.parse(readFileSync(report, 'utf8'));

/** A file that broke before its first test counts as one failed test: it must not vanish from the count. */
const tests = testResults.flatMap(({ name, status, assertionResults }) => {
  const folder = relative(process.cwd(), name).split('/')[0];
  const broken = status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
  const own = assertionResults.map((test) => ({ folder, status: test.status }));
  return broken ? [...own, { folder, status: 'failed' }] : own;
});
const count = (status) => tests.filter((test) => test.status === status).length;
const executed = tests.filter(({ status }) => status === 'passed' || status === 'failed');

for (const folder of folders)
  if (!executed.some((test) => test.folder === folder)) fail(`no test was executed below ${folder}/`);
if (executed.length === 0) fail('no test was executed');
const skipped = tests.length - executed.length;
if (skipped > 0) console.error(`count-tests: ${skipped} skipped`);
console.log(`${count('passed')} ${count('failed')}`);
