import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { startSandbox } from '../contracts/chift/index.js';
import { inFolder } from './folder.js';
import { guarantee } from './guarantee.js';
import { program } from './program.js';

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

guarantee(
  {
    id: 'G16',
    promise: 'Nothing is connected to but the target, the broker and the document that were named.',
    experiment:
      'Every command in a process whose look-ups and connections are written down: only loopback may be among them. A host named on purpose must be seen.',
    limit:
      'The native core of Pact opens its own sockets; it is given loopback addresses only, and its telemetry is switched off.',
  },
  () =>
    inFolder(async (cwd) => {
      copyFileSync(at('contracts/chift/recordings/sdk.har'), join(cwd, 'sdk.har'));
      copyFileSync(at('contracts/generated/openapi.json'), join(cwd, 'openapi.json'));
      writeFileSync(
        join(cwd, 'remote.json'),
        '{"openapi":"3.1.0","info":{},"paths":{"/a":{"$ref":"http://elsewhere.example.test/a"}}}',
      );
      const sandbox = await startSandbox({ faults: ['redirects-reads'] });
      const pact = at('contracts/generated/pacts/chift-contract-chift.json');
      const lines = [
        ['run', '--max-requests', '40'],
        ['verify', '--url', sandbox.url, '--max-requests', '60'],
        ['replay', 'reports/result.json', '--url', sandbox.url],
        ['check', 'sdk.har'],
        ['drift', 'openapi.json'],
        ['drift', 'remote.json'],
        ['pact'],
        ['pact', 'verify', pact],
        ['report', 'reports/result.json'],
        ['ledger', '--offline'],
        ['generate', 'valid'],
        ['init'],
      ];
      try {
        for (const argv of lines) {
          const hosts = await hostsOf(cwd, argv);
          expect({ argv, strange: hosts.filter((host) => !/^(127\.0\.0\.1|localhost|::1)$/.test(host)) }).toEqual({
            argv,
            strange: [],
          });
        }
        expect(await hostsOf(cwd, ['drift', `${sandbox.url}/openapi.json`])).toContain('127.0.0.1');
      } finally {
        await sandbox.close();
      }
      return { sample: `${lines.length} commands`, result: '0 other hosts' };
    }),
);

async function hostsOf(cwd: string, argv: readonly string[]): Promise<string[]> {
  const file = join(cwd, 'hosts.txt');
  writeFileSync(file, '');
  await program(argv, { cwd, env: { HOSTS: file }, preload: [new URL('./hosts.mjs', import.meta.url)] });
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((host) => host !== '');
}
