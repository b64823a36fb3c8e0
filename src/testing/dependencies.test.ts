import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './tracked-files.js';

const json = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, object>;
const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const installed = Object.entries(json('package-lock.json')['packages'] as Record<string, Locked>).filter(
  ([path, { dev }]) => path !== '' && dev !== true,
);

/** npm keeps no licence of what it has not unpacked: those for other systems are read off their package for this one. */
const platform = /^(node_modules\/@pact-foundation\/pact-(cli|core))-(darwin|linux|windows)-/;

describe('what the program needs to run', () => {
  it('is listed, each with a sentence why', () => {
    const listed = [...page.matchAll(/^\| (\S+) +\| \S.{15,}\|$/gm)].map(([, name]) => name).slice(2);
    expect(listed).toEqual(Object.keys(json('package.json')['dependencies']!));
  });

  it('is under licences that the page names', () => {
    const allowed = new Set(page.match(/^Licences: (.+)\.$/m)?.[1]?.split(', '));
    const licenceOf = ([path, { license }]: (typeof installed)[number]) =>
      license ?? installed.find(([other]) => other === platform.exec(path)?.[1])?.[1].license;
    expect(installed.length).toBeGreaterThan(50);
    expect(installed.filter((each) => !allowed.has(licenceOf(each) ?? '')).map(([path]) => path)).toEqual([]);
  });

  it('runs nothing when it is installed', () => {
    expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([]);
    expect(Object.keys(json('package.json')['scripts']!)).not.toContainEqual(
      expect.stringMatching(/^(pre|post)?install$|^prepare$/),
    );
  });
});
