import { readFileSync } from 'node:fs';
import type { IRegularForbiddenRuleType } from 'dependency-cruiser';

type Rule = IRegularForbiddenRuleType;

/** One row of the import table in docs/architecture.md. */
export interface Room {
  readonly name: string;
  readonly imports: readonly string[];
  readonly typesOf: readonly string[];
  /** `all`, or the names of the only files that may touch files, network, clock, environment and randomness. */
  readonly world: readonly string[];
  readonly reason: string;
}

/** The rooms as docs/architecture.md states them: the page is the rule, so it cannot grow stale. */
export function readRooms(page: string): Room[] {
  const rows = page.split('\n').filter((line) => /^\| [a-z]+ +\|/.test(line) && !line.startsWith('| room '));
  return rows.map((row) => {
    const [name = '', imports = '', typesOf = '', world = '', reason = ''] = row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { name, imports: names(imports), typesOf: names(typesOf), world: names(world), reason };
  });
}

export const roomsOf = (root: string): Room[] => readRooms(readFileSync(`${root}/docs/architecture.md`, 'utf8'));

const names = (cell: string): string[] => (cell === '–' ? [] : cell.split(', '));

/** Where a room lies in the tree, as a regular expression over paths from the root. */
export function placeOf(room: string): string {
  if (room === 'index') return '^src/index\\.ts$';
  return room === 'contracts' || room === 'properties' ? `^${room}/` : `^src/${room}/`;
}

/** Files of a room that may touch the world; undefined when none may. */
export function worldOf(room: Room): string | undefined {
  if (room.world.length === 0) return undefined;
  return room.world.includes('all') ? placeOf(room.name) : `${placeOf(room.name)}(${room.world.join('|')})[./-]`;
}

const testFile = '\\.test\\.ts$';
const ours = '^(src|contracts|properties|bench|scripts)/';
const errors = '^src/errors\\.ts$';
const worldModules = [
  '^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|worker_threads|cluster)(/|$)',
  '(^|/)node_modules/undici/',
  '^undici$',
];

/** Types that name each other cost nothing when loaded. */
const valueCycle: Rule['to'] = { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } };

/** dependency-cruiser's rules for these rooms, each with the reason that a breach is shown with. */
export function importRules(rooms: readonly Room[]): Rule[] {
  const world = rooms.map(worldOf).filter((place) => place !== undefined);
  return [
    ...rooms.flatMap(roomRules),
    rule('no-cycles', 'two files that need each other are one file', { path: ours }, valueCycle),
    rule('no-tests-in-code', 'a test is nobody’s dependency', { path: ours, pathNot: testFile }, { path: testFile }),
    rule(
      'world-by-argument',
      'files, network and processes belong to the rooms the table names',
      { path: ours, pathNot: [testFile, ...world] },
      { path: worldModules },
    ),
    rule('resolvable', 'an import must lead somewhere', { path: ours }, { couldNotResolve: true }),
  ];
}

function roomRules(room: Room): Rule[] {
  const from = { path: placeOf(room.name), pathNot: testFile };
  const values = [placeOf(room.name), errors, ...room.imports.map(placeOf)];
  const types = room.typesOf.map(placeOf);
  const strangers = rule(`${room.name}-imports`, room.reason, from, { path: ours, pathNot: [...values, ...types] });
  if (types.length === 0) return [strangers];
  const valuesOfTypes = { path: types, dependencyTypesNot: ['type-only' as const] };
  return [strangers, rule(`${room.name}-imports-types-only`, room.reason, from, valuesOfTypes)];
}

function rule(name: string, comment: string, from: Rule['from'], to: Rule['to']): Rule {
  return { name, comment, severity: 'error', from, to };
}
