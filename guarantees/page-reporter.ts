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
        if (guarantee === undefined || test.result().state === 'skipped') return [];
        return [{ ...guarantee, ...(proof ?? { sample: '–', result: 'broken' }), holds: test.ok(), date }];
      });
    if (process.env['CI'] || process.env['SCALE'] || seen.length === 0) return;
    const now = new Set(seen.map(({ id }) => id));
    const kept = readResults().filter(({ id }) => !now.has(id));
    const results = [...kept, ...seen].sort((a, b) => order(a) - order(b));
    writeFileSync(here('results.json'), `${JSON.stringify(results, null, 2)}\n`);
    writeFileSync(here('../docs/guarantees.md'), guaranteesPage(results));
  },
};

function readResults(): Shown[] {
  return JSON.parse(readFileSync(here('results.json'), 'utf8')) as Shown[];
}
