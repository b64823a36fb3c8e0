import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Vitest's global setup: tests that spawn `dist/cli/bin.js` always meet the present sources, with no build step
 * before `npm test`. Sources that do not bundle leave no dist/cli behind: the tests that need it fail, the others run.
 */
export function setup(): void {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build.mjs', '--js-only'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status === 0) return;
  rmSync(`${root}dist/cli`, { recursive: true, force: true });
  process.stderr.write(`dist/ could not be built, tests that run the command line will fail:\n${stderr}\n`);
}
