import fc from 'fast-check';
import { expect } from 'vitest';
import { listFaults } from '../contracts/chift/index.js';
import { readResult } from '../src/cli/read-result.js';
import { command } from '../src/testing/test-world.js';
import { inFolder } from './folder.js';
import { guarantee, size } from './guarantee.js';
import { isCreate, watchedSandbox } from './sandboxes.js';

const faultNames = listFaults().map(({ name }) => name);

guarantee(
  {
    id: 'G4',
    promise:
      'Never more requests than `--max-requests` nor more contacts than `--max-creates`, whatever is retried or shrunk.',
    experiment:
      'Random faults, budgets, concurrency and seeds; the provider counts what reaches it and what it creates.',
  },
  () =>
    inFolder(async (cwd) => {
      const runs = size(25, 2000);
      let requests = 0;
      const budget = fc.tuple(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 8 }),
      );
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...faultNames), budget, fc.nat(1000), async (fault, limits, seed) => {
          const [maxRequests, maxCreates, concurrency] = limits;
          const seen = { requests: 0, contacts: 0 };
          const sandbox = await watchedSandbox(
            { faults: [fault] },
            {
              before: () => {
                seen.requests++;
              },
              after: (request, { status }) => {
                if (isCreate(request) && status < 300) seen.contacts++;
              },
            },
          );
          try {
            const flags = { 'max-requests': maxRequests, 'max-creates': maxCreates, concurrency, seed, report: 'json' };
            const argv = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
            await command(['verify', '--url', sandbox.url, ...argv], { cwd });
            expect(seen.requests).toBeLessThanOrEqual(maxRequests);
            expect(seen.contacts).toBeLessThanOrEqual(maxCreates);
            expect(readResult(cwd, 'reports/result.json').totals.requests).toBe(seen.requests);
            requests += seen.requests;
          } finally {
            await sandbox.close();
          }
        }),
        { numRuns: runs, seed: 7, endOnFailure: true },
      );
      return { sample: `${runs} runs, ${requests} requests`, result: '0 over a limit; the report counts what arrived' };
    }),
);
