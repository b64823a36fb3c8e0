import { spawnSync } from 'node:child_process';
import type { World } from './world.js';

/** The commit that is checked out; undefined outside a repository or before its first commit. */
export function gitCommit(cwd: string): string | undefined {
  return git(cwd, 'rev-parse', '--verify', '--quiet', 'HEAD');
}

/** The branch that is checked out. CI checks out a commit instead, and says in its environment which branch it is of. */
export function gitBranch({ cwd, env }: Pick<World, 'cwd' | 'env'>): string | undefined {
  const named = namedByCi.map((name) => env[name]).find((value) => value !== undefined && value !== '');
  return git(cwd, 'symbolic-ref', '--quiet', '--short', 'HEAD') || named?.replace(/^(refs\/heads|origin)\//, '');
}

/** A pull request's own branch first, where the service names it apart from what is checked out. */
const namedByCi = [
  'GITHUB_HEAD_REF',
  'GITHUB_REF_NAME',
  'CI_MERGE_REQUEST_SOURCE_BRANCH_NAME',
  'CI_COMMIT_BRANCH',
  'CI_COMMIT_REF_NAME',
  'SYSTEM_PULLREQUEST_SOURCEBRANCH',
  'BUILD_SOURCEBRANCH',
  'BITBUCKET_BRANCH',
  'CIRCLE_BRANCH',
  'TRAVIS_PULL_REQUEST_BRANCH',
  'TRAVIS_BRANCH',
  'BUILDKITE_BRANCH',
  'CHANGE_BRANCH',
  'BRANCH_NAME',
  'GIT_BRANCH',
];

function git(cwd: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return status === 0 ? stdout.trim() : undefined;
}
