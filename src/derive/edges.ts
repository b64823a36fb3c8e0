import type { Wire } from '../contract/wire.js';
import { type EdgeCase, type EdgeContext, type EdgeName, edgeCases, listLengths } from './edge-cases.js';
import { namedEdges } from './named-edges.js';
import { type Place, placesOf } from './places.js';

export type { EdgeName } from './edge-cases.js';

export interface EdgePlanOptions {
  /** Whether texts may act where they are shown or stored (markup, formulas, control characters) or be 65,536 long. */
  readonly hostile: boolean;
  /** At most this many bodies, the most telling first; default all. */
  readonly limit?: number;
}

/** One valid body and the named edges it shows. */
export interface EdgeBody {
  readonly body: unknown;
  readonly covers: readonly EdgeName[];
}

/** The named edges of every place of a tree: what `edgePlan` shows, and what coverage is counted against. */
export function edgesOf(wire: Wire, { hostile }: Pick<EdgePlanOptions, 'hostile'>): readonly EdgeName[] {
  const edges = placesOf(wire).flatMap((place) =>
    namesAt(place, hostile).map((name) => ({ pointer: place.general, name: `${name}${place.branch}` })),
  );
  return united(edges, []);
}

function namesAt({ wire, role, mayLack }: Place, hostile: boolean): string[] {
  return [
    ...(mayLack ? ['absent'] : []),
    ...(wire.nullable && role !== 'option' ? ['null'] : []),
    ...ownNames(wire, hostile),
  ];
}

function ownNames(wire: Wire, hostile: boolean): string[] {
  switch (wire.kind) {
    case 'array':
      return listLengths(wire).map((length) => `list-${length}`);
    case 'object':
      return wire.rest === 'closed' ? [] : ['unknown-key'];
    case 'record':
      return ['no-key'];
    case 'string':
    case 'number':
    case 'any':
      return ['typical', ...namedEdges(wire, hostile).map(({ name }) => name)];
    default:
      return namedEdges(wire, hostile).map(({ name }) => name);
  }
}

/**
 * A fixed list of valid bodies that shows every named edge of every place, and every pair of presences (absent, null,
 * present) of every two fields of one object. Edges of one family share a body, so the list stays short.
 */
export function edgePlan(wire: Wire, { hostile, limit }: EdgePlanOptions): readonly EdgeBody[] {
  const context: EdgeContext = { hostile, open: new Set(), heavy: { count: 0 } };
  const ordered = [...edgeCases(wire, '', context)].sort((a, b) => rank(a) - rank(b));
  const bodies = new Map<string, EdgeBody>();
  for (const { value, covers } of ordered) {
    const text = JSON.stringify(value);
    bodies.set(text, { body: JSON.parse(text), covers: united(bodies.get(text)?.covers ?? [], covers) });
  }
  return [...bodies.values()].slice(0, limit);
}

const order = ['typical', 'absent', 'null', 'unknown-key', 'empty', 'one-char'];

/** What breaks most providers comes first, what is long last. */
function rank({ lane }: EdgeCase): number {
  const place = order.indexOf(lane);
  if (place >= 0) return place;
  if (lane.startsWith('list-') || lane.startsWith('value-')) return order.length;
  if (lane.startsWith('pairs-')) return order.length + 2;
  return order.length + (lane.startsWith('heavy-') ? 3 : 1);
}

function united(known: readonly EdgeName[], more: readonly EdgeName[]): EdgeName[] {
  return [...new Map([...known, ...more].map((each) => [`${each.pointer} ${each.name}`, each])).values()];
}
