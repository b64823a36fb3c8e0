import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { installPackage, packPackage } from '../testing/packed-package.js';
import { sampled } from '../testing/sample.js';
import { command, temporaryFolder } from '../testing/test-world.js';
import { loadConfig } from './config.js';
import { configTemplate } from './init-templates.js';

const parcel = temporaryFolder();
afterAll(parcel.remove);
const packed = packPackage(parcel.path);

/** An empty project of a user, with the packed tarball. */
function project(manifest: object = { name: 'my-shop', type: 'module' }): string {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  const cwd = join(folder.path, 'mein Büro');
  installPackage(packed, cwd, ['vitest']);
  writeFileSync(join(cwd, 'package.json'), JSON.stringify(manifest));
  return cwd;
}

/** A line as it stands in a workflow, at a machine that has none of our environment. */
function bash(cwd: string, line: string, env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
    cwd,
    encoding: 'utf8',
    env: { PATH: `${join(cwd, 'bin')}:${process.env['PATH']}`, HOME: cwd, CI: 'true', NO_COLOR: '1', ...env },
  });
  return { status, out: stdout + stderr };
}

/** What a workflow of GitHub or GitLab runs, each command once. */
function commandsIn(workflow: string): string[] {
  const document = parse(workflow) as Record<string, unknown>;
  const jobs = Object.values((document['jobs'] ?? document) as Record<string, { steps?: object[]; script?: string[] }>);
  const lines = jobs.flatMap(({ steps = [], script = [] }) => [
    ...steps.flatMap((step) => ('run' in step ? [String(step.run)] : [])),
    ...script,
  ]);
  return [...new Set(lines)];
}

const read = (cwd: string, path: string): string => readFileSync(join(cwd, path), 'utf8');

describe('init', () => {
  it('writes config, test and workflow, tells each, and leaves them alone the next time', async () => {
    const cwd = project();
    const { exitCode, out } = await command(['init'], { cwd, env: { CI: 'true' } });
    expect(exitCode).toBe(0);
    const paths = ['chift-contract.config.ts', 'test/chift-contract.test.mjs', '.github/workflows/chift-contract.yml'];
    expect(out.split('\n').map((line) => /^wrote {2}(\S+):/.exec(line)?.[1])).toEqual([...paths, undefined]);
    for (const path of paths) writeFileSync(join(cwd, path), 'mine');
    const again = await command(['init'], { cwd });
    expect([again.exitCode, again.out.match(/^kept {3}/gm)?.length]).toEqual([0, 3]);
    for (const path of paths) expect(read(cwd, path)).toBe('mine');
  });

  const runners: [string, object, RegExp][] = [
    ["Node's own runner", {}, /pass 1/],
    ['vitest, where the project has it', { devDependencies: { vitest: '^4.0.0' } }, /Tests +1 passed/],
  ];
  it.each(sampled(runners, 2))(
    'writes what works as it is, with a consumer test for %s',
    { timeout: 120_000 },
    (_, manifest, passed) => {
      const cwd = project({ name: 'my-shop', type: 'module', ...manifest });
      expect(bash(cwd, 'npx chift-contract init --ci github,gitlab')).toMatchObject({ status: 0 });
      for (const path of ['.github/workflows/chift-contract.yml', '.gitlab/chift-contract.yml']) {
        const [install, test, live, ...others] = commandsIn(read(cwd, path));
        expect([install, others]).toEqual(['npm ci', []]);
        expect(bash(cwd, test!)).toEqual({ status: 0, out: expect.stringMatching(passed) });
        const consumer = { CHIFT_CONSUMER_ID: '0b2d6d3c-8f2e-4b52-9c0f-6a8f3f1d2e4a' };
        const dry = bash(cwd, `${live} --dry-run`, consumer);
        expect(dry).toEqual({ status: 0, out: expect.stringContaining('Nothing is sent.') });
      }
    },
  );

  it('writes a config that loads, whatever is taken out of its comments', async () => {
    const cwd = project();
    writeFileSync(join(cwd, 'chift-contract.config.ts'), configTemplate);
    expect((await loadConfig(cwd, undefined)).values).toMatchObject({ reportDir: 'reports', failOn: 'error' });
    writeFileSync(join(cwd, 'chift-contract.config.ts'), configTemplate.replaceAll(/\/\/ (?=\w+: ['"])/g, ''));
    const { values } = await loadConfig(cwd, undefined);
    expect(Object.keys(values)).toEqual(expect.arrayContaining(['known', 'url', 'consumer', 'basePath']));
  });

  it('serves GitLab where the project does, or both when asked', async () => {
    const cwd = project();
    writeFileSync(join(cwd, '.gitlab-ci.yml'), 'stages: [test]\n');
    await command(['init'], { cwd });
    const jobs = parse(read(cwd, '.gitlab/chift-contract.yml')) as Record<string, { script: string[] }>;
    expect(jobs['chift-contract']?.script).toContain('node --test test/chift-contract.test.mjs');
    expect((await command(['init', '--ci', 'github,gitlab'], { cwd })).out).toContain('kept   .gitlab/');
    const workflow = parse(read(cwd, '.github/workflows/chift-contract.yml')) as { jobs: object };
    expect(Object.keys(workflow.jobs)).toEqual(['consumer', 'live']);
    expect((await command(['init', '--ci', 'jenkins'], { cwd })).exitCode).toBe(2);
  });

  it('names what it cannot write', async () => {
    const cwd = project();
    writeFileSync(join(cwd, 'test'), 'a file where a folder must be');
    const { exitCode, err } = await command(['init'], { cwd });
    expect(exitCode).toBe(6);
    expect(err).toContain('test/chift-contract.test.mjs could not be written');
  });
});
