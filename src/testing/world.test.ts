import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { roomsOf, worldOf } from './import-rules.js';
import { reachesOf, zodInsidesOf } from './world.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const files = globSync(['src/**/*.ts', 'contracts/**/*.ts', 'properties/**/*.ts'], { cwd: root }).filter(
  (file) => !file.endsWith('.test.ts'),
);
const open = roomsOf(root)
  .map(worldOf)
  .filter((place) => place !== undefined)
  .map((place) => new RegExp(place));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('clock, chance and environment', () => {
  it('come in as arguments outside the rooms that docs/architecture.md opens to the world', () => {
    const closed = files.filter((file) => !open.some((place) => place.test(file)));
    expect(closed.length).toBeGreaterThan(20);
    const found = closed.flatMap((file) => reachesOf(read(file)).map(({ what, line }) => `${file}:${line} ${what}`));
    expect(found).toEqual([]);
  });

  it.each([
    ['const n = Math.random();', 'Math.random'],
    ['const t = Date\n  .now();', 'Date.now'],
    ['const t = new Date();', 'new Date()'],
    ['const e = process.env.HOME;', 'process.env'],
    ["import { randomUUID as id } from 'node:crypto';", 'randomUUID as id'],
    ['await fetch(url);', 'fetch()'],
  ])('are seen in %j', (source, what) => {
    expect(reachesOf(source)).toEqual([{ what, line: 1 }]);
  });

  it('are not seen in comments, strings and dates made from a value', () => {
    expect(reachesOf("// Date.now()\nconst s = 'Math.random()';\nconst d = new Date(0);")).toEqual([]);
  });
});

describe("zod's insides", () => {
  it('are read in src/contract/read-zod alone, so one file feels a new release', () => {
    const readers = files.filter((file) => zodInsidesOf(read(file)).length > 0);
    expect(readers.filter((file) => !/^src\/(contract\/read-zod|testing\/world)\.ts$/.test(file))).toEqual([]);
  });

  it('are seen as a member, as a key, and not in a comment', () => {
    expect(zodInsidesOf("schema._zod.def;\nschema['_zod'];\n// _zod")).toEqual([1, 2]);
  });
});
