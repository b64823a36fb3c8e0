import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ledgerDir } from '../src/cli/stage.js';
import { command } from '../src/testing/test-world.js';
import { inFolder, textBelow } from './folder.js';
import { guarantee, size } from './guarantee.js';
import { isCreate, requestIdOf, watchedSandbox } from './sandboxes.js';

guarantee(
  {
    id: 'G1',
    promise: 'No create leaves before its intent is on disk.',
    experiment:
      'Before it answers a create, the provider looks into the journal of the run: client request id and hash of the body must be there.',
    limit:
      'Beyond loopback every record is synced to the disk as well. On loopback it survives the end of the process, not of the machine.',
  },
  () =>
    inFolder(async (cwd) => {
      const missing: string[] = [];
      let creates = 0;
      const sandbox = await watchedSandbox(
        {},
        {
          before(request) {
            if (!isCreate(request)) return;
            creates++;
            const sha256 = createHash('sha256').update(request.body).digest('hex');
            const id = requestIdOf(request);
            const lines = textBelow(join(cwd, ledgerDir)).split('\n');
            const announced = lines.some(
              (line) => line.includes(`"intent","requestId":"${id}"`) && line.includes(sha256),
            );
            if (!announced) missing.push(id);
          },
        },
      );
      try {
        await command(
          [
            'verify',
            '--url',
            sandbox.url,
            '--max-requests',
            String(size(700, 3000)),
            '--concurrency',
            '8',
            '--report',
            'json',
          ],
          { cwd },
        );
      } finally {
        await sandbox.close();
      }
      expect(missing).toEqual([]);
      expect(creates).toBeGreaterThan(size(300, 1000));
      return { sample: `${creates} creates, 8 at once`, result: '0 without an intent' };
    }),
);
