import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listFaults } from '../../contracts/chift/index.js';
import { checksFor } from '../../src/checks/index.js';

const page = readFileSync(new URL('../../docs/kill-matrix.md', import.meta.url), 'utf8');

/** The rows under a heading of the page, as `scripts/kill-matrix.mjs` wrote it. */
function rowsOf(heading: string): string[][] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const lines = section
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** It says what is no defect: no fault can need it. */
const tellsOnly = 'undocumented-field';

describe('the kill matrix', () => {
  it('has a row for every fault of today, with the finding it must give', () => {
    const given = new Map(rowsOf('What each fault gives').map(([name, , findings]) => [name, findings]));
    expect([...given.keys()].sort()).toEqual(
      listFaults()
        .map(({ name }) => name)
        .sort(),
    );
    for (const { name, finding } of listFaults()) expect(given.get(name)?.split(', '), name).toContain(finding);
  });

  it('shows a fault for every oracle that goes unseen without it', () => {
    const witnesses = new Map(rowsOf('What each oracle is needed for').map(([oracle, , faults]) => [oracle, faults]));
    const needed = Object.keys(checksFor('strict')).filter((oracle) => oracle !== tellsOnly);
    expect([...witnesses.keys()].sort()).toEqual(needed.sort());
    for (const oracle of needed) expect(witnesses.get(oracle), oracle).toMatch(/^[a-z]/);
  });
});
