import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../contracts/chift/index.js';
import { command, temporaryFolder, testWorld } from '../testing/test-world.js';
import { paceText, progressOn, tellStep } from './progress.js';

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

  it('is a line for each step in CI, with what was seen before it, and nothing in a pipe or when quiet', () => {
    const printedIn = (env: Record<string, string>, quiet: boolean): string => {
      const world = testWorld({ cwd: '.', env });
      const progress = progressOn(world, quiet, 9);
      progress.event({ kind: 'step', text: 'reading a.har\n::error::x' });
      progress.event({ kind: 'counted', exchanges: 7, violating: 2 });
      progress.event({ kind: 'note', text: 'not a step' });
      progress.event({ kind: 'step', text: 'reading b.har' });
      progress.end();
      tellStep(world, quiet, 'writing');
      return world.printed.err;
    };
    const pace = /7 exchanges, \S+\/s, 2 breaking the contract/.source;
    expect(printedIn({ CI: 'true' }, false)).toMatch(
      new RegExp(`^reading a\\.har\\\\n::error::x\nreading b\\.har \\(so far ${pace}\\)\ndone: ${pace}\nwriting\n$`),
    );
    expect(printedIn({ CI: 'true' }, true)).toBe('');
    for (const env of [{}, { CI: '' }, { CI: 'false' }])
      expect(printedIn(env as Record<string, string>, false)).toBe('');
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
