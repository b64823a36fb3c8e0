import { HarnessError } from '../errors.js';
import {
  type ArrayRule,
  type BooleanRule,
  fieldOf,
  itemOf,
  type Node,
  type NullRule,
  type NumberRule,
  type ObjectRule,
  type Shape,
  type StringRule,
} from './shape.js';

/** More combinations of alternatives than this are nobody's intention. */
const mostAlternatives = 2000;

/** What both shapes admit. */
export function meet(a: Shape, b: Shape): Shape {
  return {
    null: pairs(a.null, b.null, meetConditions),
    boolean: pairs(a.boolean, b.boolean, meetBooleans),
    number: pairs(a.number, b.number, meetNumbers),
    string: pairs(a.string, b.string, meetStrings),
    array: pairs(a.array, b.array, meetArrays),
    object: pairs(a.object, b.object, meetObjects),
  };
}

function pairs<R>(left: readonly R[], right: readonly R[], both: (a: R, b: R) => R | undefined): R[] {
  if (left.length * right.length > mostAlternatives)
    throw new HarnessError('unreadable', `a schema combines more than ${mostAlternatives} alternatives`);
  return left.flatMap((a) => right.map((b) => both(a, b))).filter((rule) => rule !== undefined);
}

/** Without repeats, in a fixed order. */
export const united = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])].sort();

const meetConditions = (a: NullRule, b: NullRule): NullRule => ({ conditions: united(a.conditions, b.conditions) });

const both = <T>(a: readonly T[] | undefined, b: readonly T[] | undefined): readonly T[] | undefined =>
  a === undefined ? b : b === undefined ? a : a.filter((value) => b.includes(value));

const highest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b);

const lowest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

function meetBooleans(a: BooleanRule, b: BooleanRule): BooleanRule | undefined {
  const values = both(a.values, b.values)!;
  return values.length === 0 ? undefined : { ...meetConditions(a, b), values };
}

function meetNumbers(a: NumberRule, b: NumberRule): NumberRule | undefined {
  const rule: NumberRule = {
    ...meetConditions(a, b),
    values: both(a.values, b.values),
    integer: a.integer || b.integer,
    min: highest(a.min, b.min),
    max: lowest(a.max, b.max),
    above: highest(a.above, b.above),
    below: lowest(a.below, b.below),
    multiples: [...new Set([...a.multiples, ...b.multiples])].sort((x, y) => x - y),
    formats: united(a.formats, b.formats),
  };
  if (rule.values === undefined)
    return (rule.min ?? rule.above ?? -1 / 0) > (rule.max ?? rule.below ?? 1 / 0) ? undefined : rule;
  const values = rule.values.filter((value) => withinBounds(rule, value));
  return values.length === 0 ? undefined : { ...anyBounds(rule), values };
}

function withinBounds({ integer, min, max, above, below }: NumberRule, value: number): boolean {
  return (
    (!integer || Number.isInteger(value)) &&
    value >= (min ?? value) &&
    value <= (max ?? value) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below)
  );
}

/** A list of values needs no bounds beside it. */
const anyBounds = (rule: NumberRule): NumberRule => ({
  ...rule,
  integer: false,
  min: undefined,
  max: undefined,
  above: undefined,
  below: undefined,
});

function meetStrings(a: StringRule, b: StringRule): StringRule | undefined {
  const rule: StringRule = {
    ...meetConditions(a, b),
    values: both(a.values, b.values),
    min: Math.max(a.min, b.min),
    max: lowest(a.max, b.max),
    patterns: united(a.patterns, b.patterns),
    formats: united(a.formats, b.formats),
  };
  if (rule.min > (rule.max ?? rule.min)) return undefined;
  if (rule.values === undefined) return rule;
  const values = rule.values.filter((value) => {
    const length = [...value].length;
    return length >= rule.min && length <= (rule.max ?? length);
  });
  return values.length === 0 ? undefined : { ...rule, values, min: 0, max: undefined };
}

export function meetArrays(a: ArrayRule, b: ArrayRule): ArrayRule | undefined {
  const length = Math.max(a.first.length, b.first.length);
  const rule: ArrayRule = {
    ...meetConditions(a, b),
    first: Array.from({ length }, (_, at) => conjoined(itemOf(a, at), itemOf(b, at))),
    rest: conjoined(a.rest, b.rest),
    min: Math.max(a.min, b.min),
    max: lowest(a.max, b.max),
    unique: a.unique || b.unique,
  };
  return rule.min > (rule.max ?? rule.min) ? undefined : rule;
}

export function meetObjects(a: ObjectRule, b: ObjectRule): ObjectRule | undefined {
  const names = new Set([...a.fields.keys(), ...b.fields.keys()]);
  const rule: ObjectRule = {
    ...meetConditions(a, b),
    fields: new Map([...names].map((name) => [name, conjoined(fieldOf(a, name), fieldOf(b, name))])),
    required: new Set([...a.required, ...b.required]),
    patterns: [...patternsBeside(a, b), ...patternsBeside(b, a)],
    rest: conjoined(a.rest, b.rest),
    min: Math.max(a.min, b.min),
    max: lowest(a.max, b.max),
  };
  return rule.min > (rule.max ?? rule.min) ? undefined : rule;
}

/** A field matched by one side's pattern is any other field to the other side. */
function patternsBeside(a: ObjectRule, b: ObjectRule): (readonly [string, Node])[] {
  const others = new Set(b.patterns.map(([pattern]) => pattern));
  return a.patterns.map(([pattern, node]) => [pattern, others.has(pattern) ? node : conjoined(node, b.rest)] as const);
}

/** Both, without repeats. */
export function conjoined(a: Node, b: Node): Node {
  return a.length === 0 ? b : b.length === 0 ? a : [...new Set([...a, ...b])];
}
