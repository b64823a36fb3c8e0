import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../contracts/chift/index.js';
import type { RunResult } from '../run/result.js';
import { contactsAt } from '../testing/contacts-at.js';
import { sampled } from '../testing/sample.js';
import { command, temporaryFolder } from '../testing/test-world.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'dist/cli/bin.js');

/** Root may write anywhere, so what root starts here is started as nobody; anybody else is held by the modes. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const reaches = spawnSync(process.execPath, [bin, '--version'], nobody).status === 0;
if (!reaches) console.warn('commands are not tried as another user: that user cannot read this checkout');

const folder = temporaryFolder();
chmodSync(folder.path, 0o755);
afterAll(() => {
  for (const path of ['.', 'mixed/closed']) chmodSync(join(locked, path), 0o755);
  folder.remove();
});

/** A working folder that nobody may write to, and one beside it where everybody may. */
const locked = join(folder.path, 'locked');
const open = join(folder.path, 'open');
cpSync(join(root, 'contracts/chift/recordings'), join(locked, 'recordings'), { recursive: true });
mkdirSync(join(locked, 'reports'));
writeFileSync(join(locked, 'reports/result.json'), 'of an earlier run');
writeFileSync(join(locked, 'chift-contract.config.ts'), "export default { failOn: 'warning' as const };\n");
for (const kept of ['mixed', 'mixed/closed']) cpSync(join(locked, 'recordings/sdk.har'), join(locked, kept, 'sdk.har'));
cpSync(join(locked, 'recordings/sdk.har'), join(locked, 'mixed/secret.har'));
for (const path of ['mixed/secret.har', 'mixed/closed']) chmodSync(join(locked, path), 0);
mkdirSync(open);
chmodSync(open, 0o777);
for (const path of ['reports', '.']) chmodSync(join(locked, path), 0o555);

async function asAnother(...argv: string[]): Promise<{ exitCode: number | null; out: string; err: string }> {
  const env = { PATH: process.env['PATH'], HOME: '/nonexistent', NO_COLOR: '1' };
  const child = spawn(process.execPath, [bin, ...argv], { ...nobody, cwd: locked, env });
  const printed = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    printed.out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    printed.err += String(chunk);
  });
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, ...printed };
}

const remedy = (path: string) => `This user may not write to ${join(locked, path)}: allow it, or name another folder.`;

describe.runIf(reaches)('another user, in a folder that is read-only', () => {
  const writing: [string, string[], string, string][] = [
    ['init', ['init'], 'test/chift-contract.test.mjs', 'test'],
    ['pact', ['pact', '--consumer-name', 'shop'], 'pacts/shop-chift.json', 'pacts'],
    [
      'run',
      ['run', '--report-dir', open],
      'contracts/generated/pacts/chift-contract-chift.json',
      'contracts/generated',
    ],
    ['ledger', ['ledger', '--export', 'sheet.csv'], 'sheet.csv', ''],
  ];
  it.each(sampled(writing, 4))(
    '%s says which file, where, and what to do, with exit 6',
    async (_, argv, file, where) => {
      const { exitCode, err } = await asAnother(...argv);
      expect([exitCode, err]).toEqual([6, expect.stringContaining(`error: ${file} could not be written (EACCES)\n`)]);
      expect(err).toContain(remedy(where).split(':')[0]);
      expect(err).not.toMatch(/^\s+at /m);
    },
  );

  it('check names every report that is missing, points at none, and leaves the old one as it was', async () => {
    const { exitCode, out, err } = await asAnother('check', 'recordings');
    const missing = ['index.html', 'junit.xml', 'result.json'];
    const lines = missing.map((file) => `error: reports/${file} could not be written (EACCES)\n`);
    expect([exitCode, err]).toEqual([6, `${lines.join('')}  ${remedy('reports')}\n`]);
    expect(out).toMatch(/^\n✖ A report or the journal could not be written whole; nothing found\.\n/);
    expect(out).not.toContain('Report  ');
    expect(readFileSync(join(locked, 'reports/result.json'), 'utf8')).toBe('of an earlier run');
    expect(readdirSync(join(locked, 'reports'))).toEqual(['result.json']);
  });

  const judging: [string, string[]][] = [
    ['check', ['check', 'recordings']],
    ['verify', ['verify', '--seed', '1', '--max-requests', '60', '--only', 'valid']],
  ];
  it.each(sampled(judging, 2))('%s works with the reports elsewhere', async (name, argv) => {
    const { exitCode, err } = await asAnother(...argv, '--report-dir', join(open, name));
    expect([exitCode, err]).toEqual([0, '']);
    expect(readdirSync(join(open, name)).sort()).toEqual(['index.html', 'junit.xml', 'result.json']);
  });

  it('check tells what may not be read, and judges the rest', async () => {
    const { exitCode, err } = await asAnother('check', 'mixed', '--report-dir', join(open, 'mixed'));
    expect([exitCode, err]).toEqual([2, expect.stringContaining('cannot be read (EACCES)')]);
    const result = JSON.parse(readFileSync(join(open, 'mixed/result.json'), 'utf8')) as RunResult;
    expect(result.totals.judged).toBeGreaterThan(0);
    const told = [err, ...result.notes].join('\n');
    for (const path of ['mixed/closed', 'mixed/secret.har']) expect(told).toContain(`${path} cannot be read (EACCES)`);
    const none = await asAnother('check', 'mixed/closed', '--report-dir', join(open, 'closed'));
    expect([none.exitCode, none.err]).toEqual([2, expect.stringContaining('mixed/closed cannot be read (EACCES)')]);
  });

  it('verify creates nothing that the journal could not hold, and reports that', async () => {
    const sandbox = await startSandbox();
    try {
      const before = await contactsAt(sandbox.url);
      const argv = ['verify', '--url', sandbox.url, '--only', 'valid', '--report-dir', join(open, 'live')];
      const { exitCode, err } = await asAnother(...argv);
      expect([exitCode, err]).toEqual([
        6,
        expect.stringMatching(/^error: the journal .* cannot be written \(EACCES\)/),
      ]);
      const result = JSON.parse(readFileSync(join(open, 'live/result.json'), 'utf8')) as RunResult;
      expect([result.verdict, result.exitCode]).toEqual(['incomplete', 6]);
      expect(await contactsAt(sandbox.url)).toEqual(before);
    } finally {
      await sandbox.close();
    }
  });
});

describe('one report that cannot be written', () => {
  it('keeps the others from nothing: they are there, and say that one is missing', async () => {
    mkdirSync(join(open, 'one/index.html'), { recursive: true });
    const argv = ['check', join(locked, 'recordings'), '--report-dir', 'one'];
    const { exitCode, out, err } = await command(argv, { cwd: open });
    expect([exitCode, err]).toEqual([
      6,
      expect.stringContaining('error: one/index.html could not be written (EISDIR)'),
    ]);
    expect(out).toContain('Report    one/result.json');
    expect(existsSync(join(open, 'one/junit.xml'))).toBe(true);
    const result = JSON.parse(readFileSync(join(open, 'one/result.json'), 'utf8')) as RunResult;
    expect([result.verdict, result.artefacts.map(({ path }) => path)]).toEqual(['incomplete', ['one/junit.xml']]);
  });
});
