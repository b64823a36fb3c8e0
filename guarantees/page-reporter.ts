import { readFileSync, writeFileSync } from 'node:fs';
import type { Reporter } from 'vitest/node';
import type { Guarantee, Proof } from './guarantee.js';
import { guaranteesPage, type Shown } from './page.js';

const here = (file: string): URL => new URL(file, import.meta.url);
const order = ({ id }: Shown): number => (id.startsWith('G') ? 0 : 100) + Number(id.slice(1));

/** Keeps what the experiments saw in results.json and writes docs/guarantees.md; in CI it leaves the tree alone. */
export const pageReporter: Reporter = {
  onTestRunEnd(modules) {
    const date = new Date().toISOString().slice(0, 10);
    const seen = modules
      .flatMap((module) => [...module.children.allTests()])
      .flatMap((test): Shown[] => {
        const { guarantee, proof } = test.meta() as { guarantee?: Guarantee; proof?: Proof };
        const { state } = test.result();
        if (guarantee === undefined || (state !== 'passed' && state !== 'failed')) return [];
        if (proof !== undefined) return [{ ...guarantee, ...proof, holds: true, date }];
        const declared = process.env['DECLARE'] !== undefined;
        const nothing = { sample: '–', result: declared ? 'not recorded yet' : 'broken' };
        return [{ ...guarantee, ...nothing, holds: declared, date: declared ? '–' : date }];
      });
    if (process.env['CI'] || process.env['SCALE'] || seen.length === 0) return;
    const now = new Set(seen.map(({ id }) => id));
    const before = readResults();
    const kept = before.filter(({ id }) => !now.has(id));
    const told = seen.map((each) => (each.date === '–' ? again(each, before) : each));
    const results = [...kept, ...told].sort((a, b) => order(a) - order(b));
    writeFileSync(here('results.json'), `${JSON.stringify(results, null, 2)}\n`);
    writeFileSync(here('../docs/guarantees.md'), guaranteesPage(results));
  },
};

/** What was seen before of a guarantee that is only declared now. */
function again(declared: Shown, before: readonly Shown[]): Shown {
  const { sample, result, holds, date } = before.find(({ id }) => id === declared.id) ?? declared;
  return { ...declared, sample, result, holds, date };
}

function readResults(): Shown[] {
  return JSON.parse(readFileSync(here('results.json'), 'utf8')) as Shown[];
}
