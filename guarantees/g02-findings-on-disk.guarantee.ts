import { join } from 'node:path';
import { expect } from 'vitest';
import { foundDir } from '../src/cli/found-findings.js';
import { command } from '../src/testing/test-world.js';
import { inFolder, textBelow } from './folder.js';
import { guarantee, size } from './guarantee.js';
import { isCreate, requestIdOf, watchedSandbox } from './sandboxes.js';

const faults = ['id-number', 'drops-mobile', 'strips-emoji', 'escapes-html', 'truncates-at-255', 'drops-false'];

guarantee(
  {
    id: 'G2',
    promise: 'A defect is on disk before the next request of the worker that found it.',
    experiment:
      'A provider with several faults; one request at a time. When a request arrives, what the run has kept of its findings is looked at: each defect shown by a create must be there when the next request comes.',
    limit:
      'Each defect once, with its first evidence; recurrences are only counted. Not synced, so it survives the process.',
  },
  () =>
    inFolder(async (cwd) => {
      /** What was kept when the n-th request came. */
      const kept: number[] = [];
      const turnOf = new Map<string, number>();
      let last = '';
      const sandbox = await watchedSandbox(
        { faults },
        {
          before(request) {
            last = textBelow(join(cwd, foundDir));
            kept.push(last.split('\n').length - 1);
            if (isCreate(request)) turnOf.set(requestIdOf(request), kept.length - 1);
          },
        },
      );
      try {
        const budget = String(size(400, 2000));
        await command(['verify', '--url', sandbox.url, '--concurrency', '1', '--max-requests', budget], { cwd });
      } finally {
        await sandbox.close();
      }
      const found = last
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { request: { headers: [string, string][] } });
      const turns = found.map(({ request }) =>
        turnOf.get(request.headers.find(([name]) => name === 'x-chift-client-requestid')?.[1] ?? ''),
      );
      const late = turns.filter((turn, at) => turn !== undefined && kept[turn + 1]! < at + 1);
      const followed = turns.filter((turn) => turn !== undefined).length;
      expect(late).toEqual([]);
      expect(followed).toBeGreaterThan(10);
      expect(textBelow(join(cwd, foundDir))).toBe('');
      return { sample: `${followed} defects in ${kept.length} requests`, result: '0 came late' };
    }),
);
