import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('the package holds what users need and nothing else', () => {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const [packed] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const paths = packed.files.map(({ path }) => path);
  const needed = [
    /^(README|CHANGELOG|LICENSE)(\.md)?$/,
    /^package\.json$/,
    /^contracts\/chift\/recordings\/[\w-]+\.har$/,
    /^contracts\/generated\/(openapi\.json|pacts\/[\w-]+\.json|schemas\/[\w.-]+\.json)$/,
    /^dist\/([\w-]+\/)?[\w.-]+\.js$/,
    /^dist\/types\/(src|contracts|properties)\/.+\.d\.ts$/,
  ];
  expect(paths.filter((path) => !needed.some((pattern) => pattern.test(path)))).toEqual([]);
  expect(paths).toEqual(expect.arrayContaining(['dist/cli/bin.js', 'dist/index.js', 'dist/vitest/index.js']));
  expect(paths.filter((path) => /\.test\.|\/(testing|golden)\//.test(path))).toEqual([]);
});
