import type { Inputs, Property, Surroundings } from '../property/property.js';

/** One case of the plan. */
export interface Item {
  readonly property: Property;
  readonly inputs: Inputs<unknown>;
  readonly index: number;
  readonly exclusive: boolean;
  /** Random cases that fill what the budget leaves; not missed when it ends before them. */
  readonly filler: boolean;
}

export interface Shard {
  /** 1-based. */
  readonly index: number;
  readonly total: number;
}

/**
 * All cases in the order they are tried: finite lists merged in proportion, so that any prefix has all of them in
 * it, then the random ones, no more of each than `maxFillers`. A shard takes every N-th case of the same order.
 */
export function planOf(
  properties: readonly Property[],
  around: Surroundings,
  shard: Shard,
  maxFillers: number,
): Item[] {
  const items: (Item & { rank: number })[] = [];
  for (const property of properties) {
    const inputs = property.inputs(around);
    const filler = property.filler ?? false;
    const count = filler ? Math.min(inputs.count, maxFillers) : inputs.count;
    for (let index = 0; index < count; index++) {
      const rank = (property.first ? 0 : filler ? 2 : 1) + (index + 0.5) / count;
      items.push({ property, inputs, index, exclusive: property.exclusive ?? false, filler, rank });
    }
  }
  items.sort((a, b) => a.rank - b.rank);
  return items.filter((_, position) => position % shard.total === shard.index - 1);
}
