import { expect } from 'vitest';
import { listFaults, startSandbox } from '../contracts/chift/index.js';
import { readResult } from '../src/cli/read-result.js';
import { command } from '../src/testing/test-world.js';
import { inFolder } from './folder.js';
import { guarantee, size } from './guarantee.js';

guarantee(
  {
    id: 'G17',
    promise: 'Bugs of a provider are found: at least 95 % of them within 500 requests, the default.',
    experiment:
      'Providers with one bug each, `verify` with 500 requests: the finding that the bug is there for must be among the findings.',
    limit:
      'Within 200 requests it is about three quarters of them: the edges that many bugs need are spread over the whole budget. docs/kill-matrix.md has every bug.',
  },
  () =>
    inFolder(async (cwd) => {
      const faults = listFaults().filter((_, at) => at % size(14, 1) === 4 % size(14, 1));
      const missed: string[] = [];
      for (const { name, finding } of faults) {
        const sandbox = await startSandbox({ faults: [name] });
        const argv = ['verify', '--url', sandbox.url, '--seed', '1', '--max-requests', '500', '--report', 'json'];
        await command(argv, { cwd }).finally(sandbox.close);
        const { findings } = readResult(cwd, 'reports/result.json');
        if (!findings.some(({ code }) => code === finding)) missed.push(name);
      }
      const share = 1 - missed.length / faults.length;
      expect(share, `not found: ${missed.join(', ')}`).toBeGreaterThanOrEqual(0.95);
      return {
        sample: `${faults.length} of ${listFaults().length} bugs`,
        result: `${Math.round(100 * share)} % found${missed.length > 0 ? `; not ${missed.join(', ')}` : ''}`,
      };
    }),
);
