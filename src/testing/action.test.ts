import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from './test-world.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (cwd: string, path: string): string => readFileSync(join(cwd, path), 'utf8');

describe('action.yml', () => {
  interface Action {
    readonly inputs: Record<string, { description: string; default: string }>;
    readonly runs: { using: string; steps: { env?: Record<string, string>; run?: string; if?: string }[] };
  }
  const action = parse(read(root, 'action.yml')) as Action;
  const [run, upload] = action.runs.steps;

  it('hands over its inputs as data and keeps the exit code', () => {
    const { path: cwd, remove } = temporaryFolder();
    onTestFinished(remove);
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
