import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { hostileTexts } from '../testing/hostile-result.js';
import { command, temporaryFolder, testWorld } from '../testing/test-world.js';
import { say } from './say.js';

const folder = temporaryFolder();
afterAll(folder.remove);

/** What a terminal or a CI system would act on. */
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|^\s*::|##\[|##vso\[|##teamcity\[/m;

describe('what a stranger wrote', () => {
  it('acts on nothing where it is printed', () => {
    const texts = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(texts, (text) => {
        const world = testWorld({ cwd: '.' });
        say(world.stdout, `error: ${text}\n  ${text}`);
        expect(world.printed.out).not.toMatch(acting);
      }),
      { seed: 54, numRuns: 200 },
    );
  });

  it('is shown as it is where it is harmless', () => {
    const world = testWorld({ cwd: '.' });
    say(world.stdout, '✔ Zoë 😀: a::b #1\n  two');
    expect(world.printed.out).toBe('✔ Zoë 😀: a::b #1\n  two\n');
  });

  it('stays on its line: descriptions of a pact, names of files and flags', async () => {
    const forged = 'x\r\n::error title=forged::\u001b[2J';
    const pact = JSON.parse(
      readFileSync(new URL('../../contracts/generated/pacts/chift-contract-chift.json', import.meta.url), 'utf8'),
    );
    pact.interactions[0].description = forged;
    writeFileSync(join(folder.path, 'pact.json'), JSON.stringify(pact));
    const { exitCode, out } = await command(['pact', 'verify', 'pact.json', '--dry-run'], { cwd: folder.path });
    expect([exitCode, out]).toEqual([0, expect.stringContaining('x\\u{d}\\n::error')]);
    expect(out).not.toMatch(acting);
    for (const argv of [
      ['check', forged],
      ['verify', `--${forged}`],
      ['explain', forged],
    ]) {
      const { err } = await command(argv, { cwd: folder.path });
      expect(err.length).toBeGreaterThan(10);
      expect(err).not.toMatch(acting);
    }
  });
});

describe('what nobody caught', () => {
  it('is told without a secret, and the exit code says that it is a bug', () => {
    const bin = join(import.meta.dirname, '../../dist/cli/bin.js');
    const thrower =
      'data:text/javascript,setTimeout(() => { throw new Error("::x " + process.env.CHIFT_ACCESS_TOKEN) }, 200)';
    const env = { ...process.env, CHIFT_ACCESS_TOKEN: 'planted-secret-12345' };
    const argv = ['--import', thrower, bin, 'sandbox'];
    const { status, stderr } = spawnSync(process.execPath, argv, { env, encoding: 'utf8', cwd: folder.path });
    expect([status, stderr]).toEqual([
      70,
      expect.stringContaining('chift-contract has a bug, please report it:\nError: '),
    ]);
    expect(stderr).toContain('x [redacted]');
    expect(stderr).not.toContain('planted-secret');
  });
});
