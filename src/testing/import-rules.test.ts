import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { afterAll, describe, expect, it } from 'vitest';
import { importRules, readRooms, roomsOf } from './import-rules.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rooms = roomsOf(root);
const parts = ['src', 'contracts', 'properties'];

/** Breaches of the rules in the tree at `place`, one line each. */
async function breaches(place: string): Promise<string[]> {
  const { output } = await cruise(
    parts,
    {
      baseDir: place,
      validate: true,
      ruleSet: { forbidden: importRules(rooms) },
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '^contracts/generated/' },
    },
    { extensions: ['.ts', '.js'], conditionNames: ['node', 'import', 'types'], exportsFields: ['exports'] },
    { tsConfig: extractTsConfig(join(root, 'tsconfig.json')) },
  );
  const { summary } = output as ICruiseResult;
  if (summary.totalCruised < 20) throw new Error(`only ${summary.totalCruised} modules read below ${place}`);
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).sort();
}

describe('import rules', () => {
  it('hold in this tree', async () => {
    expect(await breaches(root)).toEqual([]);
  });

  const forbidden: [rule: string, file: string, code: string][] = [
    ['contract-imports', 'src/contract/breach.ts', "export { bodyOf } from '../exchange/body.js';"],
    ['contract-imports', 'src/contract/breach-type.ts', "export type { Exchange } from '../exchange/exchange.js';"],
    ['finding-imports-types-only', 'src/finding/breach.ts', "export { bodyOf } from '../exchange/body.js';"],
    ['reporters-imports-types-only', 'src/reporters/breach.ts', "export { judge } from '../run/judge.js';"],
    ['contracts-imports', 'contracts/chift/breach.ts', "export { bodyOf } from '../../src/exchange/body.js';"],
    ['checks-imports', 'src/checks/breach.ts', "export { contract } from '../../contracts/chift/index.js';"],
    ['world-by-argument', 'src/formats/breach.ts', "export { readFileSync } from 'node:fs';"],
    [
      'world-by-argument',
      'src/checks/breach-http.ts',
      "import { request } from 'undici';\nexport const ask = request;",
    ],
    ['no-cycles', 'src/exchange/breach.ts', "export * from './breach.js';"],
    ['resolvable', 'src/exchange/breach-absent.ts', "export * from './absent.js';"],
  ];

  it('bite: each forbidden import added to a copy of the tree is named', async () => {
    const copy = copyOfTree();
    for (const [, file, code] of forbidden) writeFileSync(join(copy, file), `${code}\n`);
    writeFileSync(join(copy, 'src/finding/fine.ts'), "export type { Exchange } from '../exchange/exchange.js';\n");
    const found = await breaches(copy);
    for (const [rule, file] of forbidden)
      expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${rule}: ${file}`)));
    expect(found.join('\n')).not.toContain('fine.ts');
  });
});

describe('docs/architecture.md', () => {
  it('names every folder of src, and no other', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const named = rooms.map((room) => room.name).filter((name) => !['index', 'contracts', 'properties'].includes(name));
    expect(named.sort()).toEqual(folders.map((folder) => folder.name).sort());
  });

  it('names only rooms of its own table, and gives each a reason', () => {
    const known = rooms.map((room) => room.name);
    for (const room of rooms) {
      expect(known, `${room.name} imports`).toEqual(expect.arrayContaining([...room.imports, ...room.typesOf]));
      expect(room.reason, `${room.name} has no reason`).not.toBe('');
    }
  });

  it('is short enough to be read: 60 lines', () => {
    expect(readFileSync(join(root, 'docs/architecture.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(61);
  });

  it('is read as a table', () => {
    expect(readRooms('| finding | – | exchange, run | all | why |')).toEqual([
      { name: 'finding', imports: [], typesOf: ['exchange', 'run'], world: ['all'], reason: 'why' },
    ]);
  });
});

const copies: string[] = [];
afterAll(() => {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
});

function copyOfTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'chift-contract-rules-'));
  copies.push(copy);
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  cpSync(join(root, 'package.json'), join(copy, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}
