import type { Inputs, Property, Surroundings } from '../property/property.js';
import type { CasePath } from './case-path.js';

/** One case of the plan. */
export interface Item {
  readonly property: Property;
  readonly inputs: Inputs<unknown>;
  readonly index: number;
  readonly exclusive: boolean;
  /** Address of an input outside the numbered ones, as the corpus has it. */
  readonly address?: CasePath;
}

export interface Shard {
  /** 1-based. */
  readonly index: number;
  readonly total: number;
}

/** Cases in the order they are tried. */
export interface Plan {
  /** What the run is there for: a budget that ends before it leaves the run inconclusive. */
  readonly cases: readonly Item[];
  /** Random cases without a practical end, made one by one, that fill what the budget leaves. */
  fillers(): Iterable<Item>;
}

/**
 * The finite lists of all properties merged in proportion, so that any prefix has all of them in it; then the random
 * ones in turn. A shard takes every N-th case of the same order.
 */
export function planOf(properties: readonly Property[], around: Surroundings, shard: Shard): Plan {
  const lists = properties.map((property) => ({ property, inputs: property.inputs(around) }));
  const finite = lists.filter(({ property }) => !property.filler);
  const mine = (position: number): boolean => position % shard.total === shard.index - 1;
  const cases = merged(finite).filter((_, position) => mine(position));
  return {
    cases,
    *fillers() {
      let position = 0;
      for (const item of inTurn(lists.filter(({ property }) => property.filler))) if (mine(position++)) yield item;
    },
  };
}

type List = Pick<Item, 'property' | 'inputs'>;

function merged(lists: readonly List[]): Item[] {
  const ranked = lists.flatMap((list) =>
    Array.from({ length: list.inputs.count }, (_, index) => ({
      item: itemOf(list, index),
      rank: (list.property.first ? 0 : 1) + (index + 0.5) / list.inputs.count,
    })),
  );
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}

function* inTurn(lists: readonly List[]): Iterable<Item> {
  const longest = Math.max(0, ...lists.map(({ inputs }) => inputs.count));
  for (let index = 0; index < longest; index++)
    for (const list of lists) if (index < list.inputs.count) yield itemOf(list, index);
}

function itemOf({ property, inputs }: List, index: number): Item {
  return { property, inputs, index, exclusive: property.exclusive ?? false };
}

/** The plan with cases of earlier runs right after those that come first. */
export function withEarlier(plan: Plan, earlier: readonly Item[]): Plan {
  const at = plan.cases.findIndex(({ property }) => !property.first);
  const split = at === -1 ? plan.cases.length : at;
  return { ...plan, cases: [...plan.cases.slice(0, split), ...earlier, ...plan.cases.slice(split)] };
}
