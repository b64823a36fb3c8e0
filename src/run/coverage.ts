import type { Covered } from '../property/property.js';
import type { RunResult } from './result.js';

type Coverage = RunResult['coverage'];
type Places = Coverage['places'];
export type PlaceState = Places['fields'][string][string];
type Tried = Coverage['fields'][string];

/** A failure is never outdone by a pass, nor a try by a plan. */
const rank: Readonly<Record<PlaceState, number>> = { untried: 0, passed: 1, failed: 2 };

/** What was planned and what was tried, place by place: the counts follow from it and are kept nowhere else. */
export class PlaceMap {
  private readonly axes = { field: new Map<string, PlaceState>(), mutation: new Map<string, PlaceState>() };

  mark({ axis, pointer, name }: Covered, state: PlaceState): void {
    const key = JSON.stringify([pointer, name]);
    const before = this.axes[axis].get(key);
    if (before === undefined || rank[before] < rank[state]) this.axes[axis].set(key, state);
  }

  /** Sorted, so that equal runs give equal bytes whatever came first. */
  places(): Places {
    return { fields: nested(this.axes.field), mutations: nested(this.axes.mutation) };
  }
}

function nested(states: ReadonlyMap<string, PlaceState>): Places['fields'] {
  const rows = new Map<string, [string, PlaceState][]>();
  for (const [key, state] of states) {
    const [pointer, name] = JSON.parse(key) as [string, string];
    rows.set(pointer, [...(rows.get(pointer) ?? []), [name, state]]);
  }
  return sortedRecord([...rows].map(([pointer, cells]) => [pointer, sortedRecord(cells)]));
}

/** Keys in code unit order. */
export function sortedRecord<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** The places of several runs as one map. */
export function unitePlaces(all: readonly Places[]): Places {
  const map = new PlaceMap();
  for (const { fields, mutations } of all) {
    for (const [pointer, name, state] of cellsOf(fields)) map.mark({ axis: 'field', pointer, name }, state);
    for (const [pointer, name, state] of cellsOf(mutations)) map.mark({ axis: 'mutation', pointer, name }, state);
  }
  return map.places();
}

/** Counts per field, per edge and per mutation class. */
export function coverageCounts({ fields, mutations }: Places): Pick<Coverage, 'fields' | 'edges' | 'mutations'> {
  const cells = cellsOf(fields);
  return {
    fields: countBy(cells.map(([pointer, , state]) => [pointer, state])),
    edges: countBy(cells.map(([, name, state]) => [name, state])),
    mutations: countBy(cellsOf(mutations).map(([, name, state]) => [name, state])),
  };
}

function cellsOf(rows: Places['fields']): [pointer: string, name: string, state: PlaceState][] {
  return Object.entries(rows).flatMap(([pointer, cells]) =>
    Object.entries(cells).map(([name, state]): [string, string, PlaceState] => [pointer, name, state]),
  );
}

function countBy(states: readonly [string, PlaceState][]): Record<string, Tried> {
  const counts = new Map<string, Tried>();
  for (const [key, state] of states) {
    const { total, tried, failed } = counts.get(key) ?? { total: 0, tried: 0, failed: 0 };
    counts.set(key, {
      total: total + 1,
      tried: tried + Number(state !== 'untried'),
      failed: failed + Number(state === 'failed'),
    });
  }
  return sortedRecord(counts);
}
