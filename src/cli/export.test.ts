import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../contracts/chift/index.js';
import type { RunResult } from '../run/result.js';
import { triesAll } from '../testing/sample.js';
import { command, temporaryFolder } from '../testing/test-world.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = temporaryFolder();
const cwd = folder.path;
let faulty: Sandbox;
let faithful: Sandbox;
let report: RunResult;
const acceptTokens = ['example-token'];

beforeAll(async () => {
  const faults = ['lower-cases-email', 'takes-any-gender', 'reads-other-comment', 'filter-ignored'];
  [faulty, faithful] = [await startSandbox({ faults, acceptTokens }), await startSandbox({ acceptTokens })];
  await command(['verify', '--url', faulty.url, '--seed', '4', '--report', 'json', '--quiet'], { cwd });
  report = JSON.parse(readFileSync(join(cwd, 'reports/result.json'), 'utf8')) as RunResult;
});
afterAll(async () => {
  await Promise.all([faulty.close(), faithful.close()]);
  folder.remove();
});

const exported = (format: string, ...which: string[]) =>
  command(['replay', 'reports/result.json', ...which, '--export', format], { cwd });

const first = (code: string) => report.findings.find((finding) => finding.code === code)!.fingerprint;

if (!triesAll) console.warn('exported vitest tests are not run: TESTS=all does');

describe('a finding written for another tool', () => {
  it.each(['curl', 'http', 'vitest', 'pact'])('goes to %s and sends nothing; what cannot is told', async (format) => {
    const { exitCode, out, err } = await exported(format);
    expect(exitCode).toBe(0);
    expect(out).toContain(faulty.demo.consumerId);
    const left = report.findings.filter(({ severity }) => severity !== 'info').length - count(format, out);
    expect(err.split('\n').filter((line) => line.startsWith('not exported: '))).toHaveLength(left);
  });

  it('says so when none can be written', async () => {
    const { exitCode, out, err } = await exported('pact', first('state.filter'));
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain('take replay');
  });

  it.runIf(triesAll)(
    'as a vitest test fails while the finding shows, and passes when it is mended',
    { timeout: 120_000 },
    async () => {
      mkdirSync(join(cwd, 'node_modules'));
      symlinkSync(root, join(cwd, 'node_modules/chift-contract'));
      symlinkSync(join(root, 'node_modules/vitest'), join(cwd, 'node_modules/vitest'));
      writeFileSync(join(cwd, 'package.json'), '{"type":"module"}');
      const { out } = await exported('vitest');
      const tests = count('vitest', out);
      expect(tests).toBeGreaterThanOrEqual(3);
      expect(out).toContain('"created":');
      writeFileSync(join(cwd, 'findings.test.ts'), out);
      expect(await vitestOn(faulty.url)).toEqual({ passed: 0, failed: tests });
      expect(await vitestOn(faithful.url)).toEqual({ passed: tests, failed: 0 });
    },
  );

  it.each(['echo.normalised', 'request.invalid.accepted'])('as a pact judges %s the same way', async (code) => {
    writeFileSync(join(cwd, 'finding.pact.json'), (await exported('pact', first(code))).out);
    const verified = (url: string) =>
      command(['pact', 'verify', 'finding.pact.json', '--url', url, '--report-dir', 'pact-reports', '--quiet'], {
        cwd,
        env: { CHIFT_ACCESS_TOKEN: 'example-token' },
      });
    expect((await verified(faulty.url)).exitCode).toBe(1);
    expect((await verified(faithful.url)).exitCode).toBe(0);
  });
});

/** In a process of its own, while this one answers as the provider. */
async function vitestOn(url: string): Promise<{ passed: number; failed: number }> {
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=json'], {
    cwd,
    env: { ...process.env, CHIFT_BASE_URL: url, CHIFT_ACCESS_TOKEN: 'example-token' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const stdout = await text(child.stdout);
  const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    numPassedTests: number;
    numFailedTests: number;
  };
  return { passed, failed };
}

function count(format: string, exported: string): number {
  if (format === 'pact') return (JSON.parse(exported) as { interactions: unknown[] }).interactions.length;
  const starts = { curl: /^# .*/gm, http: /^# .*\|.*/gm, vitest: /^it\(.*/gm }[format]!;
  const lines = [...exported.matchAll(starts)].map(([line]) => line);
  return format === 'http' ? new Set(lines).size : lines.length;
}
