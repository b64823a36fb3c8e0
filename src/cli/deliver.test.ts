import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../run/result.js';
import { brokenResult, cleanResult } from '../testing/sample-results.js';
import { temporaryFolder, testWorld } from '../testing/test-world.js';
import { deliver } from './deliver.js';
import { judging, settle } from './settings.js';

const folder = temporaryFolder();
afterAll(folder.remove);

describe('in GitHub Actions', () => {
  it('findings become annotations on the error stream, and nowhere else', async () => {
    const result = await brokenResult();
    const annotated = async (env: Record<string, string>, quiet: boolean): Promise<string[]> => {
      const world = testWorld({ cwd: folder.path, env });
      await deliver(world, settle(judging, { report: ['json'], quiet }, {}, { file: '', values: {} }), result, []);
      expect(world.printed.out).not.toMatch(/^::/m);
      return world.printed.err.match(/^::(error|warning) title=/gm) ?? [];
    };
    expect((await annotated({ GITHUB_ACTIONS: 'true' }, false)).length).toBeGreaterThan(3);
    expect(await annotated({ GITHUB_ACTIONS: 'true' }, true)).toEqual([]);
    expect(await annotated({ CI: 'true' }, false)).toEqual([]);
  });
});

describe('a reporter with a bug', () => {
  it('keeps no other from writing; the exit code is 70, and the result says that something is missing', async () => {
    const world = testWorld({ cwd: folder.path });
    const given = { report: ['html', 'sarif', 'json'], quiet: true };
    const settings = settle(judging, given, {}, { file: '', values: {} });
    // Only the HTML report reads the coverage.
    const result = { ...(await cleanResult()), coverage: null } as unknown as RunResult;
    expect(await deliver(world, settings, result, [])).toBe(70);
    expect(world.printed.err).toMatch(/^chift-contract has a bug, please report it:\nTypeError/);
    expect(existsSync(join(folder.path, 'reports/index.html'))).toBe(false);
    expect(readFileSync(join(folder.path, 'reports/result.sarif'), 'utf8')).toContain('"version": "2.1.0"');
    const told = JSON.parse(readFileSync(join(folder.path, 'reports/result.json'), 'utf8')) as RunResult;
    expect([told.verdict, told.exitCode]).toEqual(['incomplete', 70]);
  });
});
