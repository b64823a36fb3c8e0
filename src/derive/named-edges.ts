import type { Wire } from '../contract/wire.js';
import { telltaleDays } from './calendar.js';
import { domainOf } from './domains.js';
import { families, longLengths, longText } from './families.js';
import { belongs } from './membership.js';
import { minimalOf } from './minimal.js';
import { numberEdges } from './numbers.js';

/** One named value of a place that holds no other places. */
export interface NamedEdge {
  readonly name: string;
  readonly value: unknown;
  /** Edges of one lane go into one body: one refused family then costs one body and hides nothing else. */
  readonly lane: string;
  /** Too long to stand in every field of one body. */
  readonly heavy?: true;
}

/** The named edges of a string, number, boolean, enum or free place, without null; all inside the tree. */
export function namedEdges(wire: Wire, hostile: boolean): readonly NamedEdge[] {
  const seen = new Set<unknown>();
  return edgesFor(wire, hostile).filter(({ value }) => {
    if (seen.has(value) || !belongs(wire, value)) return false;
    seen.add(value);
    return true;
  });
}

function edgesFor(wire: Wire, hostile: boolean): NamedEdge[] {
  switch (wire.kind) {
    case 'string':
      return stringEdges(wire, hostile);
    case 'number':
      return laned('number', numberEdges(wire));
    case 'boolean':
      return laned('value', [
        ['true', true],
        ['false', false],
      ]);
    case 'enum':
      return laned(
        'value',
        wire.values.map((value) => [String(value), value]),
      );
    case 'any':
      return laned('value', freeValues);
    default:
      return [];
  }
}

const freeValues: readonly (readonly [string, unknown])[] = [
  ['text', 'text'],
  ['number', 1.5],
  ['boolean', true],
  ['list', ['one', 2]],
  ['object', { key: 'value' }],
];

function stringEdges(wire: Extract<Wire, { kind: 'string' }>, hostile: boolean): NamedEdge[] {
  if (wire.format === 'date') return laned('domain', telltaleDays);
  if (wire.format === 'date-time') return laned('domain', telltaleMoments);
  const plain = wire.patterns.length === 0 ? [] : [['minimal', minimalOf({ ...wire, nullable: undefined } as Wire)]];
  return [
    ...byName([...(plain as [string, unknown][]), ['empty', ''], ['one-char', 'x'], ...bounds(wire)]),
    ...byName(families.filter(({ active }) => hostile || !active).map(({ name, sample }) => [name, sample])),
    ...laned('domain', domainOf(wire.format === 'email' ? 'email' : wire.note?.domain)?.edges ?? []),
    ...longLengths.filter((length) => hostile || length < 65_536).map(longEdge),
  ];
}

const telltaleMoments = telltaleDays.map(([name, day]) => [name, `${day}T23:59:59Z`] as const);

function longEdge(length: number): NamedEdge {
  const edge = { name: `long-${length}`, lane: `long-${length}`, value: longText(length) };
  return length > 1024 ? { ...edge, heavy: true } : edge;
}

/** Texts of exactly the shortest and the longest allowed length. */
function bounds({ min, max }: Extract<Wire, { kind: 'string' }>): [string, unknown][] {
  return [
    ...(min > 1 ? [['shortest', 'a'.repeat(min)] as [string, unknown]] : []),
    ...(max !== undefined && max > 1 && max <= 65_536 ? [['longest', longText(max)] as [string, unknown]] : []),
  ];
}

function byName(edges: readonly (readonly [string, unknown])[]): NamedEdge[] {
  return edges.map(([name, value]) => ({ name, value, lane: name }));
}

/** Edges whose names mean nothing to other places share lanes by their position. */
function laned(lane: string, edges: readonly (readonly [string, unknown])[]): NamedEdge[] {
  return edges.map(([name, value], at) => ({ name, value, lane: `${lane}-${at}` }));
}
