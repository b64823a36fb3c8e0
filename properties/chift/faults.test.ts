import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { listFaults, listVariations, type SandboxOptions, startSandbox } from '../../contracts/chift/index.js';
import { sampled } from '../../src/testing/sample.js';
import { command, temporaryFolder } from '../../src/testing/test-world.js';

/** Seed 1 by default; `SEEDS=1-20 TESTS=all npx vitest run properties/chift/faults.test.ts` is the long round. */
const [first = 1, last = first] = (process.env['SEEDS'] ?? '1').split('-').map(Number);
const seeds = Array.from({ length: last - first + 1 }, (_, at) => first + at);
const folder = temporaryFolder();
afterAll(folder.remove);

interface Result {
  readonly exitCode: number;
  readonly findings: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
}

/** A run on a sandbox that is gone afterwards: hundreds of them, kept, would not fit into memory. */
async function verifyOn(options: SandboxOptions, seed: number): Promise<Result> {
  const sandbox = await startSandbox(options);
  try {
    const target = ['--url', sandbox.url, '--consumer', sandbox.demo.consumerId, '--seed', String(seed)];
    const { exitCode } = await command(['verify', ...target, '--report', 'json', '--quiet'], { cwd: folder.path });
    const { findings } = JSON.parse(readFileSync(join(folder.path, 'reports/result.json'), 'utf8')) as Result;
    return { exitCode, findings: findings.filter(({ severity }) => severity !== 'info') };
  } finally {
    await sandbox.close();
  }
}

const told = ({ exitCode, findings }: Result) => ({
  exitCode,
  findings: findings.map(({ code, message }) => `${code}: ${message}`),
});

describe.each(seeds)('seed %i', (seed) => {
  it('the faithful sandbox conforms', async () => {
    expect(told(await verifyOn({}, seed))).toEqual({ exitCode: 0, findings: [] });
  });

  it.each(sampled(listVariations(), 8, seed).map(({ name }) => name))(
    'the harmless variation %s raises no alarm',
    async (name) => {
      const { exitCode, findings } = await verifyOn({ variations: [name] }, seed);
      const errors = findings.filter(({ severity }) => severity === 'error');
      expect(told({ exitCode, findings: errors })).toEqual({ exitCode: 0, findings: [] });
    },
  );

  it.each(sampled(listFaults(), 24, seed).map(({ name, finding }) => [name, finding] as const))(
    'the fault %s gives %s',
    async (name, code) => {
      const result = await verifyOn({ faults: [name] }, seed);
      expect(told(result).findings.join('\n')).toContain(`${code}: `);
      expect(result.exitCode).toBe(1);
    },
  );
});
