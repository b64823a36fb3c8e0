import { join } from 'node:path';
import { expect } from 'vitest';
import { startSandbox } from '../contracts/chift/index.js';
import { inFolder } from './folder.js';
import { guarantee, size } from './guarantee.js';
import { measured } from './measured-program.js';
import { recordCreates } from './recorded-lines.js';

/** Garbage is collected when there is reason to; so much may lie around. */
const slackMb = 60;

guarantee(
  {
    id: 'S2',
    promise: 'Memory does not grow with the number of requests or of recorded exchanges.',
    experiment:
      '`verify` with many requests: the median of its memory in the last third of the run beside that of the second. `check` on a file that grows four times and four times again: its largest memory each time.',
  },
  () =>
    inFolder(async (cwd) => {
      const requests = size(2_500, 100_000);
      const sandbox = await startSandbox();
      const run = await measured(
        ['verify', '--url', sandbox.url, '--max-requests', String(requests), '--concurrency', '8', '--report', 'json'],
        { cwd },
      ).finally(sandbox.close);
      expect(run.exitCode).toBe(0);
      expect(run.memory.late).toBeLessThan(run.memory.early + slackMb);
      const most: number[] = [];
      const file = join(cwd, 'growing.ndjson');
      const lines = size(3_000, 500_000);
      for (const more of [lines, 3 * lines, 12 * lines]) {
        recordCreates(file, more);
        most.push((await measured(['check', 'growing.ndjson', '--report', 'json'], { cwd })).memory.most);
      }
      expect(most[2]).toBeLessThan(most[0]! + 2 * slackMb);
      return {
        sample: `${requests} requests; files of ${lines}, ${4 * lines} and ${16 * lines} exchanges`,
        result: `${run.memory.early} MB in the middle, ${run.memory.late} MB at the end; ${most.join(', ')} MB at most`,
      };
    }),
);
