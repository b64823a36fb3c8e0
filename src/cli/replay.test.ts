import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../contracts/chift/index.js';
import { command, temporaryFolder } from '../testing/test-world.js';
import { readResult } from './read-result.js';

const folder = temporaryFolder();
const cwd = folder.path;
afterAll(folder.remove);
const open: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
  rmSync(join(cwd, 'reports'), { recursive: true, force: true });
});

async function sandboxWith(...faults: string[]): Promise<Sandbox> {
  const sandbox = await startSandbox({ faults });
  open.push(sandbox);
  return sandbox;
}

const verify = (url: string) =>
  command(['verify', '--url', url, '--seed', '3', '--only', 'auth,stateful', '--report', 'json'], { cwd });
const replay = (...argv: string[]) => command(['replay', 'reports/result.json', ...argv], { cwd });
const outcomes = (out: string) => out.match(/^(FIXED|FAILED|FLAKY|ERROR)(?= )/gm);

describe('replay', () => {
  it('shows what is still there by the very line of the report, and what is mended', async () => {
    const { url } = await sandboxWith('id-number');
    await verify(url);
    const [finding] = readResult(cwd, 'reports/result.json').findings;
    const line = finding!.reproduce.replay!.match(/'[^']*'|\S+/g)!.map((word) => word.replaceAll("'", ''));
    expect(line.slice(0, 3)).toEqual(['npx', 'chift-contract', 'replay']);
    const again = await command(line.slice(2), { cwd });
    expect([again.exitCode, again.out.split('\n')[0]]).toEqual([1, `FAILED  ${finding!.fingerprint}`]);
    const mended = await replay(finding!.fingerprint, '--url', (await sandboxWith()).url);
    expect([mended.exitCode, mended.out.split('\n')[0]]).toEqual([0, `FIXED   ${finding!.fingerprint}`]);
  });

  it('goes to where the run was, and leaves the report that it replays alone', async () => {
    const { url } = await sandboxWith('id-number', 'stranger-404');
    await verify(url);
    const before = readFileSync(join(cwd, 'reports/result.json'), 'utf8');
    const count = readResult(cwd, 'reports/result.json').findings.length;
    expect(count).toBeGreaterThan(1);
    const { exitCode, out } = await replay();
    expect([exitCode, outcomes(out)]).toEqual([1, Array(count).fill('FAILED')]);
    expect(readFileSync(join(cwd, 'reports/result.json'), 'utf8')).toBe(before);
    const told = readResult(cwd, 'reports/replay/result.json');
    expect([told.command, told.verdict, told.findings.length]).toEqual(['replay', 'violates', count]);
    expect(told.totals.requests).toBeGreaterThan(2 * count);
  });

  it('says that nothing is there any more, and counts what that rests on', async () => {
    const { url } = await sandboxWith('id-number');
    await verify(url);
    const { exitCode } = await replay('--url', (await sandboxWith()).url, '--report-dir', 'again');
    const told = readResult(cwd, 'again/result.json');
    expect([exitCode, told.exitCode, told.verdict, told.findings]).toEqual([0, 0, 'conforms', []]);
    expect(told.totals.judged).toBeGreaterThan(2);
  });

  it('keeps the budget over all findings, and says what it could not tell', async () => {
    const { url } = await sandboxWith('id-number', 'stranger-404');
    await verify(url);
    const { exitCode, out } = await replay('--max-requests', '4', '--report-dir', 'short');
    expect(readResult(cwd, 'short/result.json').totals.requests).toBeLessThanOrEqual(4);
    expect([exitCode, outcomes(out)?.at(-1)]).toEqual([expect.any(Number), 'ERROR']);
    expect(exitCode).toBeGreaterThan(0);
  });

  it('tells a target that is gone from a defect that is gone', async () => {
    const sandbox = await sandboxWith('id-number');
    await verify(sandbox.url);
    await sandbox.close();
    const { exitCode, out } = await replay();
    expect([exitCode, outcomes(out)]).toEqual([5, ['ERROR']]);
  });

  it('sends nothing to a foreign target because a report says so', async () => {
    const { url } = await sandboxWith('id-number');
    await verify(url);
    const file = join(cwd, 'reports/result.json');
    const report = readFileSync(file, 'utf8').replaceAll(url, 'https://api.example.invalid');
    writeFileSync(file, report);
    const { exitCode, err } = await replay();
    expect([exitCode, err]).toEqual([2, expect.stringContaining('--url https://api.example.invalid')]);
    expect((await replay('--url', 'https://api.example.invalid')).exitCode).toBe(4);
  });

  it.each<[string, string[], string]>([
    ['a file that is no result', ['replay', 'absent.har'], 'absent.har does not exist'],
    ['a result that is not there', ['report', 'absent.json'], 'absent.json does not exist'],
  ])('refuses %s', async (_, argv, message) => {
    const ran = await command(argv, { cwd });
    expect([ran.exitCode, ran.err]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('a run that is stopped before its first exchange', () => {
  const consumer = '6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3';
  it.each<[string, string[], number, string]>([
    ['a foreign target without a permit', ['verify', '--url', 'https://api.example.invalid'], 4, 'refused'],
    ['plain http to a foreign target', ['verify', '--url', 'http://api.example.invalid'], 4, 'refused'],
    ['credentials in the URL', ['run', '--url', 'https://me:hunter22@api.example.invalid'], 4, 'refused'],
  ])('leaves a result that says so: %s', async (_, argv, exitCode, verdict) => {
    const ran = await command([...argv, '--consumer', consumer], { cwd });
    const told = readResult(cwd, 'reports/result.json');
    expect([ran.exitCode, told.exitCode, told.verdict, told.totals.requests]).toEqual([exitCode, exitCode, verdict, 0]);
    for (const file of readdirSync(join(cwd, 'reports')))
      expect(readFileSync(join(cwd, 'reports', file), 'utf8')).not.toContain('hunter22');
  });

  it('needs no credentials to say what it would send', async () => {
    const { exitCode, out } = await command(
      ['verify', '--url', 'https://api.example.invalid', '--consumer', consumer, '--dry-run'],
      { cwd },
    );
    expect([exitCode, out]).toEqual([0, expect.stringContaining('Nothing is sent')]);
  });
});

describe('the ledger', () => {
  it('knows an id as the provider gave it, of whatever type', async () => {
    const { url } = await sandboxWith('id-number');
    await verify(url);
    const { out } = await command(['ledger'], { cwd });
    expect(out).toMatch(/created {2}\d+ /);
    expect(out).not.toContain('(no id)');
  });
});
