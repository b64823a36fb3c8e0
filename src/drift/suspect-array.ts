import { arrayOf, draw } from './draw.js';
import { meetArrays } from './meet.js';
import { type ArrayRule, itemOf } from './shape.js';
import { compareLimits } from './suspect-leaf.js';
import { effectOf, type Place, type Search, type Side } from './suspicion.js';

export function compareArrays(a: ArrayRule, b: ArrayRule, place: Place, search: Search): void {
  const first = Math.max(a.first.length, b.first.length);
  for (let at = 0; at <= first; at++) search.compare(itemOf(a, at), itemOf(b, at), itemPlace(a, b, at, place));
  const sizes: [string, number | undefined, number | undefined][] = [
    ['minItems', a.min || undefined, b.min || undefined],
    ['maxItems', a.max, b.max],
  ];
  compareLimits('items', sizes, arraysOfSize(a, b), place, search);
  if (a.unique !== b.unique) compareUnique(a, b, place, search);
}

function itemPlace(a: ArrayRule, b: ArrayRule, at: number, place: Place): Place {
  return {
    pointer: `${place.pointer}/${at}`,
    around: (value, side) => {
      if (value === undefined) return undefined;
      const host = hostOf(a, b, at, side);
      return host === undefined ? undefined : place.around(host.with(at, value), side);
    },
  };
}

/** The shortest list with a place for this item that both sides would take, or this side alone. */
function hostOf(a: ArrayRule, b: ArrayRule, at: number, side: Side): unknown[] | undefined {
  for (const rule of [meetArrays(a, b), side === 'a' ? a : b]) {
    if (rule === undefined) continue;
    const open = {
      ...rule,
      first: Array.from({ length: Math.max(rule.first.length, at + 1) }, (_, index) =>
        index === at ? [] : itemOf(rule, index),
      ),
    };
    const host = arrayOf(open, Math.max(at + 1, rule.min));
    if (host !== undefined) return host;
  }
  return undefined;
}

function* arraysOfSize(a: ArrayRule, b: ArrayRule): Iterable<unknown> {
  const sizes = [a.min, b.min, a.max, b.max].filter((size) => size !== undefined);
  for (const size of new Set(sizes.flatMap((each) => [each - 1, each, each + 1]))) {
    if (size < 0 || size > 1000) continue;
    for (const rule of [meetArrays({ ...a, min: 0, max: undefined }, { ...b, min: 0, max: undefined }), a, b])
      if (rule !== undefined) yield arrayOf(rule, size);
  }
}

function compareUnique(a: ArrayRule, b: ArrayRule, place: Place, search: Search): void {
  const item = draw(itemOf(a, 0)) ?? draw(itemOf(b, 0));
  search.report(place, {
    kind: 'unique',
    rule: b.unique ? 'items must differ' : 'items may repeat',
    before: a.unique ? 'items differ' : 'items may repeat',
    after: b.unique ? 'items differ' : 'items may repeat',
    effect: effectOf(b.unique, a.unique),
    tries: () => [2, 3, Math.max(a.min, b.min)].map((length) => Array.from({ length }, () => item)),
  });
}
