import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minVersion, satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import { root, trackedFiles } from './tracked-files.js';

const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const json = (file: string): Record<string, unknown> => JSON.parse(text(file));

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly engines?: { readonly node?: string };
}

const installed = Object.entries(json('package-lock.json')['packages'] as Record<string, Locked>).filter(([path]) =>
  path.startsWith('node_modules/'),
);

describe('package-lock.json', () => {
  it('names no registry, so it installs wherever a registry is', () => {
    expect(installed.length).toBeGreaterThan(50);
    expect(installed.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
  });

  it('pins every package by its content', () => {
    const unpinned = installed.filter(([, entry]) => entry.integrity === undefined);
    // Development tools on platforms that the registry at hand did not carry: see scripts/complete-lock.mjs.
    const elsewhere = /^node_modules\/@(biomejs\/cli|oxc-parser\/binding)-/;
    expect(unpinned.filter(([path, { dev }]) => !dev || !elsewhere.test(path)).map(([path]) => path)).toEqual([]);
  });
});

describe('the lock file', () => {
  it('is whole, also for platforms other than the one that wrote it', () => {
    const names = new Set(installed.map(([path]) => path.split('node_modules/').at(-1)));
    const wanted = installed.flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies));
    expect(wanted.length).toBeGreaterThan(10);
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('addresses of registries', () => {
  it('are in no file of npm', () => {
    const files = ['package-lock.json', '.npmrc'].filter((file) => existsSync(join(root, file)));
    const named = files.filter((file) => /https?:\/\/[^"\s/]*(registry|npmjs|artifactory|nexus)/i.test(text(file)));
    expect(named).toEqual([]);
    expect(files.filter((file) => /^\s*(\/\/|registry|@[^:]+:registry)/m.test(text(file)))).toEqual([]);
  });
});

describe('package.json', () => {
  it('pins every dependency to one version', () => {
    const { dependencies, devDependencies } = json('package.json');
    for (const version of Object.values({ ...(dependencies as object), ...(devDependencies as object) }))
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  /** Packages that ask for a newer Node than ours and are known to run on it, with what shows it. */
  const runsAnyway: Record<string, string> = {
    '@chift/chift-nodejs': 'development only; the end-to-end test drives it on Node 20',
  };

  it('asks for no newer Node than its packages run on', () => {
    const lowest = minVersion((json('package.json')['engines'] as { node: string }).node);
    const newer = installed
      .filter(([, { engines }]) => engines?.node !== undefined && !satisfies(lowest ?? '', engines.node))
      .map(([path]) => path.replace('node_modules/', ''));
    expect(newer.sort()).toEqual(Object.keys(runsAnyway).sort());
  });
});

it('nothing lies at the root but what is named here: notes of work stay out', () => {
  const named =
    `.editorconfig .gitattributes .gitignore .npmrc .nvmrc CHANGELOG.md CONTRIBUTING.md LICENSE README.md action.yml
    biome.json knip.json package-lock.json package.json tsconfig.build.json tsconfig.json vitest.config.ts`.split(
      /\s+/,
    );
  expect(trackedFiles().filter((file) => !file.includes('/') && !named.includes(file))).toEqual([]);
});
