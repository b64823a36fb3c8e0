import { execFileSync } from 'node:child_process';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/test-world.js';
import { gitBranch, gitCommit } from './git.js';

const folder = temporaryFolder();
const cwd = folder.path;
afterAll(folder.remove);
const git = (...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();

it('knows commit and branch as far as there are any, and of a commit checked out by CI the branch that CI names', () => {
  expect([gitCommit(cwd), gitBranch({ cwd, env: {} })]).toEqual([undefined, undefined]);
  git('init', '--quiet', '--initial-branch', 'main');
  expect([gitCommit(cwd), gitBranch({ cwd, env: {} })]).toEqual([undefined, 'main']);
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--allow-empty', '--message', 'one');
  expect(gitCommit(cwd)).toMatch(/^[0-9a-f]{40}$/);
  expect(gitBranch({ cwd, env: { GITHUB_REF_NAME: 'of-ci' } })).toBe('main');
  git('checkout', '--quiet', '--detach');
  expect(gitBranch({ cwd, env: {} })).toBeUndefined();
  expect(gitBranch({ cwd, env: { CI_COMMIT_REF_NAME: 'of-gitlab' } })).toBe('of-gitlab');
  expect(gitBranch({ cwd, env: { GITHUB_REF_NAME: '7/merge' } })).toBe('7/merge');
  expect(gitBranch({ cwd, env: { GITHUB_HEAD_REF: 'feature', GITHUB_REF_NAME: '7/merge' } })).toBe('feature');
  expect(gitBranch({ cwd, env: { GITHUB_HEAD_REF: '', GITHUB_REF_NAME: 'main' } })).toBe('main');
  expect(gitBranch({ cwd, env: { CI_COMMIT_BRANCH: 'of-gitlab' } })).toBe('of-gitlab');
  expect(gitBranch({ cwd, env: { GIT_BRANCH: 'origin/of/jenkins' } })).toBe('of/jenkins');
  expect(gitBranch({ cwd, env: { BUILD_SOURCEBRANCH: 'refs/heads/of/azure' } })).toBe('of/azure');
});
