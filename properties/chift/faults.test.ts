import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listFaults, listVariations, type Sandbox, startSandbox } from '../../contracts/chift/index.js';
import { command, temporaryFolder } from '../../src/testing/test-world.js';

/** One fault in six by default, as all of them take minutes: `FAULTS=all`, which `.ci/run` sets. */
const every = process.env['FAULTS'] === 'all' ? 1 : 6;
const faults = listFaults().filter((_, at) => at % every === 0);

/** One seed a run by default; `SEEDS=20 npx vitest run properties/chift/faults.test.ts` is the long round. */
const seeds = Array.from({ length: Number(process.env['SEEDS'] ?? 1) }, (_, at) => at + 1);
const folder = temporaryFolder();
afterAll(folder.remove);

interface Result {
  readonly exitCode: number;
  readonly findings: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
}

async function verify(sandbox: Sandbox, seed: number): Promise<Result> {
  const argv = [
    'verify',
    '--url',
    sandbox.url,
    '--consumer',
    sandbox.demo.consumerId,
    '--seed',
    String(seed),
    '--report',
    'json',
  ];
  const { exitCode } = await command([...argv, '--quiet'], { cwd: folder.path });
  const { findings } = JSON.parse(readFileSync(join(folder.path, 'reports/result.json'), 'utf8')) as Result;
  return { exitCode, findings: findings.filter(({ severity }) => severity !== 'info') };
}

const told = ({ exitCode, findings }: Result) => ({
  exitCode,
  findings: findings.map(({ code, message }) => `${code}: ${message}`),
});

describe.each(seeds)('seed %i', (seed) => {
  it('the faithful sandbox conforms', async () => {
    const sandbox = await startSandbox();
    try {
      expect(told(await verify(sandbox, seed))).toEqual({ exitCode: 0, findings: [] });
    } finally {
      await sandbox.close();
    }
  });

  describe.each(listVariations().map(({ name }) => name))('the harmless variation %s', (name) => {
    let sandbox: Sandbox;
    beforeAll(async () => {
      sandbox = await startSandbox({ variations: [name] });
    });
    afterAll(() => sandbox.close());
    it('raises no alarm', async () => {
      const { exitCode, findings } = await verify(sandbox, seed);
      const errors = findings.filter(({ severity }) => severity === 'error');
      expect(told({ exitCode, findings: errors })).toEqual({ exitCode: 0, findings: [] });
    });
  });

  describe.each(faults.map(({ name, finding }) => [name, finding] as const))('the fault %s', (name, code) => {
    let sandbox: Sandbox;
    beforeAll(async () => {
      sandbox = await startSandbox({ faults: [name] });
    });
    afterAll(() => sandbox.close());
    it(`gives ${code}`, async () => {
      const result = await verify(sandbox, seed);
      expect(told(result).findings.join('\n')).toContain(`${code}: `);
      expect(result.exitCode).toBe(1);
    });
  });
});
