import { spawnSync } from 'node:child_process';
import type { World } from './world.js';

/** The commit that is checked out; undefined outside a repository or before its first commit. */
export function gitCommit(cwd: string): string | undefined {
  return git(cwd, 'rev-parse', '--verify', '--quiet', 'HEAD');
}

/** The branch that is checked out. CI checks out a commit instead, and says in its environment which branch it is of. */
export function gitBranch({ cwd, env }: Pick<World, 'cwd' | 'env'>): string | undefined {
  return (
    git(cwd, 'symbolic-ref', '--quiet', '--short', 'HEAD') ||
    env['GITHUB_HEAD_REF'] ||
    env['GITHUB_REF_NAME'] ||
    env['CI_COMMIT_REF_NAME'] ||
    undefined
  );
}

function git(cwd: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return status === 0 ? stdout.trim() : undefined;
}
