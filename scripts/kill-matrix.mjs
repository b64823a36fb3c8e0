#!/usr/bin/env node
// Runs `verify` on every fault of the sandbox and writes docs/kill-matrix.md: which findings each fault gives, and what
// each oracle and each property is needed for. Takes some minutes; `npm run build` comes first, and afterwards
// `npx biome check --write docs/kill-matrix.md` lays the tables out.
import { writeFileSync } from 'node:fs';
import { listFaults, startSandbox, verify } from '../dist/index.js';

const seed = 1;

/** The oracles on one exchange (src/checks), by the codes they give. */
const oracles = {
  'no-server-error': ({ code }) => code === 'response.status.server-error',
  'status-documented': ({ code }) => code === 'response.status.undocumented',
  'wire-clean': ({ code }) => code.startsWith('response.wire.'),
  'content-type': ({ code }) => code.startsWith('response.content-type.'),
  'body-matches-schema': ({ code }) => code.startsWith('response.body.'),
  'success-without-error': ({ code }) => code === 'response.error.in-success',
  'valid-request-accepted': ({ code }) => code.startsWith('request.valid.'),
  'invalid-request-refused': ({ code }) => code.startsWith('request.invalid.'),
  'error-names-place': ({ code }) => code === 'response.error.location',
  'error-keeps-quiet': ({ code }) => code === 'response.error.leak',
  'echo-faithful': ({ code, endpoint }) => code.startsWith('echo.') && endpoint === 'createContact',
  'read-back-faithful': ({ code, endpoint }) => code.startsWith('echo.') && endpoint !== 'createContact',
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
const needed = (names, isOf) =>
  names.map((name) => {
    const isTheirs = (finding) => isOf(name, finding);
    const shown = rows.filter((row) => row.findings.some(isTheirs)).length;
    return `| ${name} | ${shown} | ${
      seenOnlyBy(isTheirs)
        .map((row) => row.name)
        .join(', ') || '–'
    } |`;
  });
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
  ...needed(Object.keys(oracles), (name, finding) => oracles[name](finding)),
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
