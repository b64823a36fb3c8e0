import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exitCodes } from '../errors.js';
import { unwritable } from './artefacts.js';
import { configTemplate, githubTemplate, gitlabTemplate, nodeTestTemplate, vitestTemplate } from './init-templates.js';
import type { World } from './world.js';

export type CiSystem = 'github' | 'gitlab';

interface Starter {
  /** From the working folder. */
  readonly path: string;
  readonly content: string;
  /** What the reader does next with it. */
  readonly next: string;
}

/** Writes a config, a CI workflow and a first consumer test. What is there already stays as it is; nothing is asked. */
export async function init(world: World, ci: readonly CiSystem[] | undefined): Promise<number> {
  for (const { path, content, next } of starters(world.cwd, ci ?? [ciSystemOf(world.cwd)])) {
    const written = await writeNew(join(world.cwd, path), path, content);
    world.stdout.write(written ? `wrote  ${path}: ${next}\n` : `kept   ${path}: it was there already\n`);
  }
  return exitCodes.conforms;
}

function starters(cwd: string, ci: readonly CiSystem[]): Starter[] {
  const usesVitest = dependsOn(cwd, 'vitest');
  const test = usesVitest ? 'test/chift-contract.test.ts' : 'test/chift-contract.test.mjs';
  const runTest = usesVitest ? `npx vitest run ${test}` : `node --test ${test}`;
  return [
    { path: 'chift-contract.config.ts', content: configTemplate, next: 'what every run takes, with comments' },
    {
      path: test,
      content: usesVitest ? vitestTemplate : nodeTestTemplate,
      next: `put your own client into it, then ${runTest}`,
    },
    ...ci.map((system) => workflow(system, runTest)),
  ];
}

function workflow(system: CiSystem, runTest: string): Starter {
  if (system === 'github')
    return {
      path: '.github/workflows/chift-contract.yml',
      content: githubTemplate(runTest),
      next: 'give the repository the secrets it names for the nightly run',
    };
  return {
    path: '.gitlab/chift-contract.yml',
    content: gitlabTemplate(runTest),
    next: "add to .gitlab-ci.yml: include: [{ local: '.gitlab/chift-contract.yml' }]",
  };
}

/** GitLab where the project has a pipeline of it, else GitHub. */
const ciSystemOf = (cwd: string): CiSystem => (existsSync(join(cwd, '.gitlab-ci.yml')) ? 'gitlab' : 'github');

function dependsOn(cwd: string, name: string): boolean {
  try {
    const manifest = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as Record<string, object | undefined>;
    return ['dependencies', 'devDependencies'].some((kind) => Object.hasOwn(manifest[kind] ?? {}, name));
  } catch {
    return false;
  }
}

/** False where the path is taken, by whatever it is; the file system decides, so that two runs cannot race. */
async function writeNew(target: string, path: string, content: string): Promise<boolean> {
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content, { flag: 'wx' });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST' && existsSync(target)) return false;
    throw unwritable(path, target, cause);
  }
}
