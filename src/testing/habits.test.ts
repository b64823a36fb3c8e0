import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { habitsOf } from './habits.js';
import { root, trackedFiles } from './tracked-files.js';

const tracked = trackedFiles();
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const code = tracked.filter((file) => file.endsWith('.ts') && !file.startsWith('contracts/generated/'));

describe('habits of the code', () => {
  it('are those of CONTRIBUTING: no any, no enum, no default export, no inheritance but of errors, no test left alone', () => {
    expect(code.length).toBeGreaterThan(100);
    const found = code.flatMap((file) =>
      habitsOf(read(file))
        .filter(({ what }) => !(what === 'default export' && file.endsWith('.config.ts')))
        .filter(({ what }) => !(what === 'skip' && read(file).includes('console.warn(')))
        .map(({ what, line }) => `${file}:${line} ${what}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ['const a: any = 1;', ['any']],
    ['export const f = (a: Record<string, any>) => a as any;', ['any', 'any']],
    ['enum A { B }', ['enum']],
    ['export default 1;', ['default export']],
    ['export default function f() {}', ['default export']],
    ['class A extends B {}', ['inheritance']],
    ['class A extends Error {}\nclass B extends RangeError {}\nclass C implements D {}\nclass E extends fc.F {}', []],
    ["it.only('x', () => {});", ['only']],
    ["describe.skip('x', () => {}); it.skipIf(true)('y', () => {});", ['skip', 'skip']],
    ["it.each([1]).only('x', () => {});", ['only']],
    ["const company = 'any'; // any\nconst items = { it: list.only };", []],
  ])('are seen in %j', (source, habits) => {
    expect(habitsOf(source).map(({ what }) => what)).toEqual(habits);
  });
});

describe('files', () => {
  /** Files beyond 300 lines, with what makes them one thing. */
  const longer: Record<string, string> = {
    'src/finding/catalogue.ts': 'a table: one entry a finding code',
  };

  it('are short: 300 lines, or a reason', () => {
    const lengths = code
      .filter((file) => /^(?:src|contracts|properties)\//.test(file) && !file.endsWith('.test.ts'))
      .map((file) => ({ file, lines: read(file).split('\n').length - 1 }));
    expect(lengths.filter(({ lines }) => lines > 300).map(({ file }) => file)).toEqual(Object.keys(longer));
  });

  const text = tracked.filter((file) => /\.(ts|mjs|js|json|md|ya?ml)$|^\.ci\//.test(file));
  const own = 'src/testing/habits.test.ts';

  it('leave nothing for later', () => {
    const marks = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'HA' + 'CK', 'X' + 'XX'].join('|')})\\b`);
    const marked = text.filter((file) => file !== 'package-lock.json' && marks.test(read(file)));
    expect(marked).toEqual([]);
  });

  it('name no path of the machine they were written on', () => {
    const places = [root, `${homedir()}/`].filter((place) => place.length > 4);
    const named = text.filter((file) => {
      const content = read(file);
      return places.some((place) => content.includes(place)) || /\/(home|Users)\/[a-z]\w*\//.test(content);
    });
    expect(named.filter((file) => file !== own)).toEqual([]);
  });
});
