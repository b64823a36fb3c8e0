#!/usr/bin/env node
// Runs `verify` on every fault of the sandbox and writes docs/kill-matrix.md: which findings each fault gives, and what
// each oracle and each property is needed for. Takes some minutes; `npm run build` comes first, and afterwards
// `npx biome check --write docs/kill-matrix.md` lays the tables out.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { listFaults, startSandbox, verify } from '../dist/index.js';

const seed = 1;

/** What the oracles on one exchange give, as their golden cases show it. */
const golden = new URL('../src/checks/golden/', import.meta.url);
const shown = readdirSync(golden).flatMap((oracle) =>
  readdirSync(new URL(`${oracle}/`, golden)).flatMap((file) => {
    const { request, findings } = JSON.parse(readFileSync(new URL(`${oracle}/${file}`, golden), 'utf8'));
    return findings.map(({ code }) => ({ oracle, code, method: request.method ?? 'POST' }));
  }),
);
/** By its code; by the method as well where two oracles give the same code, one for a create and one for a read. */
const isOf = (oracle, { code, evidence }) => {
  const alike = shown.filter((each) => each.code === code);
  const isShared = alike.some((each) => each.oracle !== alike[0].oracle);
  return alike.some((each) => each.oracle === oracle && (!isShared || each.method === evidence.request.method));
};
const propertyOf = ({ evidence }) => evidence.place.replace(/:.*$/, '');
const rows = [];
for (const { name, finding, description } of listFaults()) {
  const sandbox = await startSandbox({ faults: [name] });
  try {
    const { findings, totals } = await verify({ url: sandbox.url, consumer: sandbox.demo.consumerId, seed });
    const serious = findings.filter(({ severity }) => severity !== 'info');
    const codes = [...new Set(serious.map(({ code }) => code))].sort();
    rows.push({ name, finding, description, codes, findings: serious, requests: totals.requests });
  } finally {
    await sandbox.close();
  }
}

const codes = [...new Set(rows.flatMap((row) => row.codes))].sort();
const alone = (code) => rows.filter((row) => row.codes.length === 1 && row.codes[0] === code).map(({ name }) => name);
/** Faults whose every finding is one of these: without them they would go unseen. */
const seenOnlyBy = (isTheirs) => rows.filter((row) => row.findings.length > 0 && row.findings.every(isTheirs));
const needed = (names, isBy) =>
  names.map((name) => {
    const isTheirs = (finding) => isBy(name, finding);
    const shown = rows.filter((row) => row.findings.some(isTheirs)).length;
    return `| ${name} | ${shown} | ${
      seenOnlyBy(isTheirs)
        .map((row) => row.name)
        .join(', ') || '–'
    } |`;
  });
/** An oracle that only tells, and finds nothing serious, is not among them. */
const oracles = [...new Set(shown.map(({ oracle }) => oracle))].filter((oracle) =>
  rows.some((row) => row.findings.some((finding) => isOf(oracle, finding))),
);
const properties = [...new Set(rows.flatMap((row) => row.findings.map(propertyOf)))].sort();
const missed = rows.filter((row) => !row.codes.includes(row.finding));
const lines = [
  '# Kill matrix',
  '',
  `Every fault of the embedded sandbox, tried by \`verify\` with seed ${seed} and 500 requests. Written by`,
  '`scripts/kill-matrix.mjs`; that every fault gives its own finding is a test (`properties/chift/faults.test.ts`).',
  '',
  `${rows.length} faults, ${rows.length - missed.length} found by their own finding${missed.length > 0 ? `; not so: ${missed.map(({ name }) => name).join(', ')}` : ''}.`,
  '',
  '## What each oracle is needed for',
  '',
  'Oracles judge one exchange, whoever sent it. A fault in the last column goes unseen without the oracle.',
  '',
  '| oracle | faults it shows | faults that go unseen without it |',
  '| --- | --- | --- |',
  ...needed(oracles, isOf),
  '',
  '## What each property is needed for',
  '',
  'Properties send. A fault in the last column showed in the requests of this property only.',
  '',
  '| property | faults it shows | faults that go unseen without it |',
  '| --- | --- | --- |',
  ...needed(properties, (name, finding) => propertyOf(finding) === name),
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
