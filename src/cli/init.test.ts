import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { command, temporaryFolder } from '../testing/test-world.js';
import { loadConfig } from './config.js';
import { configTemplate } from './init-templates.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

function project(manifest: object = { name: 'my-shop', type: 'module' }): string {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  const cwd = join(folder.path, 'mein Büro');
  mkdirSync(join(cwd, 'node_modules'), { recursive: true });
  symlinkSync(root, join(cwd, 'node_modules/chift-contract'));
  writeFileSync(join(cwd, 'package.json'), JSON.stringify(manifest));
  return cwd;
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

  it('writes a consumer test that passes', async () => {
    const cwd = project();
    await command(['init'], { cwd });
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { status, stdout } = spawnSync(process.execPath, ['--test', 'test/chift-contract.test.mjs'], {
      cwd,
      env,
      encoding: 'utf8',
    });
    expect(status, stdout).toBe(0);
    expect(stdout).toMatch(/pass 1/);
  });

  it('writes one for vitest where the project has it, and that passes as well', async () => {
    const cwd = project({ name: 'my-shop', type: 'module', devDependencies: { vitest: '^4.0.0' } });
    symlinkSync(join(root, 'node_modules/vitest'), join(cwd, 'node_modules/vitest'));
    await command(['init'], { cwd });
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', cwd],
      { cwd, encoding: 'utf8', env: { ...process.env, VITEST: undefined, NO_COLOR: '1' } },
    );
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/Tests +1 passed/);
  });

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

describe('action.yml', () => {
  interface Action {
    readonly inputs: Record<string, { description: string; default: string }>;
    readonly runs: { using: string; steps: { env?: Record<string, string>; run?: string; if?: string }[] };
  }
  const action = parse(read(root, 'action.yml')) as Action;
  const [run, upload] = action.runs.steps;

  it('hands over its inputs as data and keeps the exit code', () => {
    const cwd = project();
    writeFileSync(join(cwd, 'npx'), '#!/bin/sh\nprintf "%s\\n" "$@" >args\nexit 3\n');
    chmodSync(join(cwd, 'npx'), 0o755);
    const given = {
      ...Object.fromEntries(Object.entries(action.inputs).map(([name, { default: value }]) => [name, value])),
    };
    const inputs = { ...given, command: 'pact verify', files: 'a b.json\n$(touch pwned)\n', url: '"; touch pwned' };
    const env = Object.fromEntries(
      Object.entries(run!.env!).map(([name, value]) => {
        const input = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(value)![1]!;
        return [name, (inputs as Record<string, string>)[input]!];
      }),
    );
    const { status } = spawnSync('bash', ['-c', run!.run!], {
      cwd,
      env: { ...env, PATH: `${cwd}:${process.env['PATH']}`, GITHUB_OUTPUT: join(cwd, 'output') },
    });
    expect(status).toBe(3);
    expect(read(cwd, 'output')).toBe('exit-code=3\n');
    expect(read(cwd, 'args').split('\n')).toEqual(
      [
        '--yes',
        'chift-contract@latest',
        'pact',
        'verify',
        '--url',
        '"; touch pwned',
        '--report',
        'json,html,junit,sarif',
      ].concat(['--report-dir', 'reports', 'a b.json', '$(touch pwned)', '']),
    );
  });

  it('uploads the reports whatever came out, and runs no text of an input', () => {
    expect(upload!.if).toBe('always()');
    expect(run!.run).not.toContain('${{');
    expect(Object.values(action.inputs).every(({ description }) => description.length > 10)).toBe(true);
  });
});
