import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../contracts/chift/index.js';
import { command, temporaryFolder, testWorld } from '../testing/test-world.js';
import { main } from './main.js';
import { paceText, progressOn, tellStep } from './progress.js';
import type { World } from './world.js';

describe('progress', () => {
  it('tells exchanges, rate, findings and the time that is left', () => {
    const pace = { exchanges: 120, violating: 3, elapsedMs: 3000, expected: 500 };
    expect(paceText(pace)).toBe('120 of at most 500 exchanges, 40/s, 3 breaking the contract, 10 s left');
    expect(paceText({ ...pace, expected: 20_000 })).toMatch(/, 9 min left$/);
    expect(paceText({ ...pace, expected: 100 })).toMatch(/, 0 s left$/);
    expect(paceText({ ...pace, elapsedMs: 120_000, expected: undefined })).toBe(
      '120 exchanges, 1.0/s, 3 breaking the contract',
    );
    expect(paceText({ exchanges: 0, violating: 0, elapsedMs: 0, expected: 5 })).toBe(
      '0 of at most 5 exchanges, 0 breaking the contract',
    );
  });

  it('tells how far recordings are read, and the time that is left by their bytes', () => {
    const pace = { exchanges: 9000, violating: 1, elapsedMs: 3000, expected: undefined };
    const at = (read: number, total: number) => paceText({ ...pace, bytes: { read, total } });
    expect(at(525e6, 2.1e9)).toBe('9000 exchanges, 3000/s, 1 breaking the contract, 25 % of 2.1 GB, 9 s left');
    expect(at(0, 4e6)).toMatch(/, 0 % of 4 MB$/);
    expect(at(99, 100)).toMatch(/, 99 % of 1 kB, 1 s left$/);
    expect(paceText({ ...pace, bytes: undefined })).toMatch(/contract$/);
  });

  it('is one living line on a terminal, which check tells its bytes', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd.path, 'a.ndjson'), line.repeat(3000));
    const world = testWorld({ cwd: cwd.path });
    const terminal = Object.assign(Object.create(world.stderr) as World['stderr'], {
      isTTY: true,
      columns: 120,
      cursorTo: () => true,
      clearLine: () => true,
      moveCursor: () => true,
    });
    let now = 0;
    const clock = { ...world.clock, now: () => now++ };
    expect(await main(['check', 'a.ndjson', '--report', 'json'], { ...world, clock, stderr: terminal })).toBe(0);
    cwd.remove();
    expect(world.printed.err).toMatch(/\d+ exchanges, \d+\/s, 0 breaking the contract, \d+ % of 642 kB, \d+ s left/);
  });

  it('is a line for each step in CI, with what was seen before it, and nothing in a pipe or when quiet', async () => {
    const printedIn = async (env: Record<string, string>, quiet: boolean): Promise<string> => {
      const world = testWorld({ cwd: '.', env });
      const progress = await progressOn(world, quiet, { expected: 9 });
      progress.event({ kind: 'step', text: 'reading a.har\n::error::x' });
      progress.event({ kind: 'counted', exchanges: 7, violating: 2 });
      progress.event({ kind: 'note', text: 'not a step' });
      progress.event({ kind: 'step', text: 'reading b.har' });
      progress.end();
      tellStep(world, quiet, 'writing');
      return world.printed.err;
    };
    const pace = /7 exchanges, \S+\/s, 2 breaking the contract/.source;
    expect(await printedIn({ CI: 'true' }, false)).toMatch(
      new RegExp(`^reading a\\.har\\\\n::error::x\nreading b\\.har \\(so far ${pace}\\)\ndone: ${pace}\nwriting\n$`),
    );
    expect(await printedIn({ CI: 'true' }, true)).toBe('');
    for (const env of [{}, { CI: '' }, { CI: 'false' }])
      expect(await printedIn(env as Record<string, string>, false)).toBe('');
  });
});

describe('the steps of a command in CI', () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);
  /** What stands on the error stream, without the numbers that differ from run to run. */
  const stepsOf = async (...argv: string[]): Promise<string[]> => {
    const { out, err } = await command(argv, { cwd: folder.path, env: { CI: 'true' } });
    expect(out).not.toContain('so far');
    return err
      .replaceAll(/ ?\(so far .*\)|\b\d+\b|(?<=done:).*/g, '')
      .trimEnd()
      .split('\n');
  };

  it('are the recordings of check', async () => {
    for (const name of ['a', 'b']) writeFileSync(join(folder.path, `${name}.ndjson`), line);
    expect(await stepsOf('check', 'a.ndjson', 'b.ndjson')).toEqual([
      'reading a.ndjson ( of )',
      'reading b.ndjson ( of )',
      'done:',
    ]);
  });

  it('are what verify does: the plan, random bodies, small counterexamples', async () => {
    expect(await stepsOf('verify', '--only', 'transport,valid', '--seed', '1', '--max-requests', '200')).toEqual([
      'trying  planned cases',
      'trying random bodies as far as the budget goes',
      'done:',
    ]);
    const sandbox = await startSandbox({ faults: ['id-number'] });
    try {
      const argv = ['verify', '--url', sandbox.url, '--only', 'valid', '--seed', '1', '--max-requests', '80'];
      expect(await stepsOf(...argv)).toContain('making small what was found: , each sent once more');
    } finally {
      await sandbox.close();
    }
  });

  it('are the parts of the main job', async () => {
    expect(await stepsOf('run', '--only', 'transport', '--max-requests', '20')).toEqual([
      'running the reference client through its pact',
      'writing the contract files',
      expect.stringMatching(/^trying/),
      'reading contracts/chift/recordings/sdk.har ( of )',
      'done:',
    ]);
  });
});

const line = `${JSON.stringify({
  request: { method: 'GET', url: '/consumers/11111111-1111-4111-8111-111111111111/invoicing/contacts/c1' },
  response: { status: 200, headers: { 'content-type': 'application/json' }, body: { id: 'c1', source_ref: {} } },
})}\n`;
