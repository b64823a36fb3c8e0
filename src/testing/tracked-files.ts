import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';

/** The checkout, with a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Files that belong to the product: what git tracks, or in a tree without git everything that is not made. */
export function trackedFiles(): string[] {
  const { status, stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  const listed = status === 0 ? stdout.split('\0').filter((file) => file !== '') : [];
  if (listed.length > 0) return listed.filter((file) => existsSync(join(root, file))).sort();
  return globSync('**', { cwd: root, dot: true, ignore: ['node_modules', 'dist', 'reports', '.git'] }).sort();
}
