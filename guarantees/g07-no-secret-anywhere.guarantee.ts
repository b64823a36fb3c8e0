import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { listFaults } from '../contracts/chift/index.js';
import { headerValue } from '../src/exchange/headers.js';
import { reportNames } from '../src/reporters/index.js';
import { command } from '../src/testing/test-world.js';
import { inFolder } from './folder.js';
import { guarantee, size } from './guarantee.js';
import { watchedSandbox } from './sandboxes.js';
import { leaks, planted } from './secrets.js';

const faultNames = listFaults().map(({ name }) => name);

guarantee(
  {
    id: 'G7',
    promise: 'No secret reaches a file or a screen.',
    experiment:
      'Planted credentials and every token that is issued; a provider that repeats in its answers the headers it was sent, and each fault of the sandbox. All reports, the journal and both outputs are searched for every spelling: escaped, encoded, hex, base64 at each alignment. A leak planted on purpose must be found. S4 searches the same way after each of its faults.',
  },
  () =>
    inFolder(async (folder) => {
      const every = size(16, 1);
      const names = faultNames.filter((_, at) => at % every === 3 % every);
      let bytes = 0;
      for (const name of names) {
        const cwd = join(folder, name);
        mkdirSync(cwd);
        const { found, size: written } = await secretsAfter(cwd, name);
        expect(found, name).toEqual([]);
        bytes += written;
        rmSync(cwd, { recursive: true });
      }
      return {
        sample: `${names.length} faults, ${Math.round(bytes / 1024)} KiB on the screens beside all files`,
        result: '0 found',
      };
    }),
);

async function secretsAfter(cwd: string, fault: string) {
  const tokens = new Set<string>();
  const sandbox = await watchedSandbox(
    { faults: [fault] },
    {
      before({ headers }) {
        const token = headerValue(headers, 'authorization')?.replace(/^bearer /i, '');
        if (token !== undefined && token.length > 20) tokens.add(token);
      },
      after: ({ headers }, reply) => ({
        ...reply,
        headers: [...reply.headers, ['x-echo', headerValue(headers, 'authorization') ?? ''] as const],
      }),
    },
  );
  try {
    const argv = ['verify', '--url', sandbox.url, '--max-requests', '80', '--report', reportNames.join(), '--verbose'];
    const { out, err } = await command(argv, { cwd, env: planted });
    const secrets = [planted.CHIFT_CLIENT_SECRET, planted.CHIFT_CLIENT_ID, ...tokens];
    expect(tokens.size).toBeGreaterThan(0);
    const found = leaks(secrets, { out, err }, cwd);
    expectPlantedIsFound(cwd, secrets);
    return { found, size: out.length + err.length };
  } finally {
    await sandbox.close();
  }
}

function expectPlantedIsFound(cwd: string, [secret = '']: readonly string[]): void {
  const leak = join(cwd, 'reports', 'planted.txt');
  writeFileSync(leak, Buffer.from(`ab${secret}`).toString('base64'));
  expect(leaks([secret], {}, cwd)).toEqual([`${secret} in ${leak}`]);
  rmSync(leak);
}
