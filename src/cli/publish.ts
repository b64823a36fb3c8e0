import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import { publishPacts } from '../broker/publish.js';
import { exitCodes, HarnessError } from '../errors.js';
import { readPactFile } from '../pact/pact-file.js';
import { requireNoSecret } from '../pact/write.js';
import { brokerAccessFrom } from './broker-access.js';
import { pactDirHere } from './consumer-pact.js';
import { gitBranch, gitCommit } from './git.js';
import type { publishing } from './pact-settings.js';
import { say } from './say.js';
import { secretsOf } from './secrets.js';
import type { Values } from './settings.js';
import type { World } from './world.js';

/** Publishes the named pacts, or all in the pact folder, under the version that is checked out. */
export async function publish(
  world: World,
  settings: Values<typeof publishing>,
  named: readonly string[],
): Promise<number> {
  const access = brokerAccessFrom(world.env, settings);
  const files = pactFiles(world, named, settings.pactDir);
  for (const file of files) {
    readPactFile(file);
    requireNoSecret(readFileSync(file, 'utf8'), secretsOf(world.env));
  }
  const consumerAppVersion = settings.consumerAppVersion ?? versionHere(world, '--consumer-app-version');
  const branch = settings.branch ?? gitBranch(world);
  if (branch === undefined)
    say(world.stderr, 'warning: published without a branch, so no selector by branch finds it: give --branch');
  const { buildUrl, tag: tags } = settings;
  const { words } = await publishPacts(access, { files, consumerAppVersion, branch, tags, buildUrl });
  say(world.stdout, words);
  return exitCodes.conforms;
}

/** Absolute paths of pact files: those named, a folder's own, else those in the folder that pacts are written to. */
export function pactFiles({ cwd }: World, named: readonly string[], pactDir: string | undefined): string[] {
  if (named.length > 0)
    return named.flatMap((name) => (name.endsWith('.json') ? resolve(cwd, name) : inFolder(cwd, name)));
  return inFolder(cwd, pactDir ?? pactDirHere(cwd));
}

function inFolder(cwd: string, dir: string): string[] {
  const folder = resolve(cwd, dir);
  if (existsSync(folder) && !folder.endsWith('.json')) {
    const found = globSync('*.json', { cwd: folder }).sort();
    if (found.length > 0) return found.map((file) => join(folder, file));
  }
  throw new HarnessError('usage', `there is no pact in ${dir}`, {
    hint: 'Write it first with chift-contract pact, or name the files.',
  });
}

/** The commit that is checked out, else a usage error that names the flag. */
export function versionHere({ cwd }: World, flag: string): string {
  const commit = gitCommit(cwd);
  if (commit !== undefined) return commit;
  throw new HarnessError('usage', `which version? There is no git commit here, and ${flag} is missing`);
}
