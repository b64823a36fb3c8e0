#!/usr/bin/env node
// Runs `verify` on every fault of the sandbox and writes docs/kill-matrix.md: which finding codes each fault gives,
// and which faults only one code gives. Takes some minutes; `npm run build` comes first.
import { writeFileSync } from 'node:fs';
import { listFaults, startSandbox, verify } from '../dist/index.js';

const seed = 1;
const rows = [];
for (const { name, finding, description } of listFaults()) {
  const sandbox = await startSandbox({ faults: [name] });
  try {
    const { findings, totals } = await verify({ url: sandbox.url, consumer: sandbox.demo.consumerId, seed });
    const codes = [...new Set(findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code))].sort();
    rows.push({ name, finding, description, codes, requests: totals.requests });
  } finally {
    await sandbox.close();
  }
}

const codes = [...new Set(rows.flatMap((row) => row.codes))].sort();
const alone = (code) => rows.filter((row) => row.codes.length === 1 && row.codes[0] === code).map(({ name }) => name);
const missed = rows.filter((row) => !row.codes.includes(row.finding));
const lines = [
  '# Kill matrix',
  '',
  `Every fault of the embedded sandbox, tried by \`verify\` with seed ${seed} and 500 requests. Written by`,
  '`scripts/kill-matrix.mjs`; that every fault gives its own finding is a test (`properties/chift/faults.test.ts`).',
  '',
  `${rows.length} faults, ${rows.length - missed.length} found by their own finding${missed.length > 0 ? `; not so: ${missed.map(({ name }) => name).join(', ')}` : ''}.`,
  '',
  '## What each finding code is needed for',
  '',
  '| code | faults it shows | faults that nothing else shows |',
  '| --- | --- | --- |',
  ...codes.map(
    (code) =>
      `| ${code} | ${rows.filter((row) => row.codes.includes(code)).length} | ${alone(code).join(', ') || '–'} |`,
  ),
  '',
  '## What each fault gives',
  '',
  '| fault | breaks | findings |',
  '| --- | --- | --- |',
  ...rows.map(
    ({ name, description, codes: given }) =>
      `| ${name} | ${description.replaceAll('|', '\\|')} | ${given.join(', ')} |`,
  ),
  '',
];
writeFileSync(new URL('../docs/kill-matrix.md', import.meta.url), lines.join('\n'));
console.log(`${rows.length} faults, ${missed.length} missed`);
process.exitCode = missed.length > 0 ? 1 : 0;
