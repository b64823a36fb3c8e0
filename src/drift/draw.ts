import fc from 'fast-check';
import { regexOf } from '../derive/membership.js';
import { shapeOf } from './read-shape.js';
import {
  type ArrayRule,
  fieldOf,
  itemOf,
  type Node,
  type NumberRule,
  type ObjectRule,
  type Shape,
  type ShapeType,
  type StringRule,
  shapeTypes,
} from './shape.js';

/** Gives a number from 0 up to, not including, the one it is given. */
export type Choose = (count: number) => number;

/** The first of everything: the smallest value, without optional fields. */
export const smallest: Choose = () => 0;

const deepest = 12;
/** Deeper down only what must be there is drawn. */
const richest = 5;

/** A value that the node seems to admit; undefined where there is none. Conditions are not looked at: ask a validator. */
export function draw(node: Node, choose: Choose = smallest, depth = 0): unknown {
  if (depth > deepest) return undefined;
  const shape = shapeOf(node);
  const types = shapeTypes.filter((type) => shape[type].length > 0);
  const start = types.length === 0 ? 0 : choose(types.length);
  for (let step = 0; step < types.length; step++) {
    const value = drawType(shape, types[(start + step) % types.length]!, choose, depth);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A value of this type that the shape seems to admit. */
export function drawType(shape: Shape, type: ShapeType, choose: Choose = smallest, depth = 0): unknown {
  const pick = <T>(list: readonly T[]): T | undefined => (list.length === 0 ? undefined : list[choose(list.length)]);
  switch (type) {
    case 'null':
      return shape.null.length === 0 ? undefined : null;
    case 'boolean':
      return pick(shape.boolean.flatMap(({ values }) => values));
    case 'number':
      return withRule(shape.number, choose, (rule) => pick(remembered(rule, numbersIn)));
    case 'string':
      return withRule(shape.string, choose, (rule) => pick(remembered(rule, stringsIn)));
    case 'array':
      return withRule(shape.array, choose, (rule) => drawArray(rule, choose, depth));
    case 'object':
      return withRule(shape.object, choose, (rule) => drawObject(rule, choose, depth));
  }
}

function withRule<R>(rules: readonly R[], choose: Choose, value: (rule: R) => unknown): unknown {
  const start = rules.length === 0 ? 0 : choose(rules.length);
  for (let step = 0; step < rules.length; step++) {
    const drawn = value(rules[(start + step) % rules.length]!);
    if (drawn !== undefined) return drawn;
  }
  return undefined;
}

function drawArray(rule: ArrayRule, choose: Choose, depth: number): unknown[] | undefined {
  const spare = Math.min(rule.max ?? rule.min + 2, rule.min + 2) - rule.min;
  return arrayOf(rule, rule.min + (spare > 0 ? choose(spare + 1) : 0), choose, depth);
}

/** An array of this length, its items as different as the rule asks. */
export function arrayOf(rule: ArrayRule, length: number, choose: Choose = smallest, depth = 0): unknown[] | undefined {
  const items: unknown[] = [];
  const seen = new Set<string>();
  for (let at = 0; at < length; at++) {
    const item = rule.unique ? freshItem(rule, at, seen, depth) : draw(itemOf(rule, at), choose, depth + 1);
    if (item === undefined) return undefined;
    seen.add(JSON.stringify(item));
    items.push(item);
  }
  return items;
}

const itemAttempts = 60;

function freshItem(rule: ArrayRule, at: number, seen: ReadonlySet<string>, depth: number): unknown {
  for (let attempt = 0; attempt < itemAttempts; attempt++) {
    const item = draw(itemOf(rule, at), (count) => attempt % count, depth + 1);
    if (item !== undefined && !seen.has(JSON.stringify(item))) return item;
  }
  return undefined;
}

function drawObject(rule: ObjectRule, choose: Choose, depth: number): Record<string, unknown> | undefined {
  const wanted = [...rule.fields.keys()].filter(
    (name) => rule.required.has(name) || (depth < richest && choose(2) === 1),
  );
  return objectOf(rule, new Set([...wanted, ...rule.required]), choose, depth);
}

/** An object with these fields, the required ones, and as many more as the rule asks for. */
export function objectOf(
  rule: ObjectRule,
  names: ReadonlySet<string>,
  choose: Choose = smallest,
  depth = 0,
): Record<string, unknown> | undefined {
  const entries: [string, unknown][] = [];
  for (const name of names) {
    const value = draw(fieldOf(rule, name), choose, depth + 1);
    if (value !== undefined) entries.push([name, value]);
    else if (rule.required.has(name)) return undefined;
  }
  if (entries.length < rule.min) fill(entries, rule, names, choose, depth);
  return Object.fromEntries(entries);
}

/** Adds fields that nobody asked for until there are as many as the rule wants. */
function fill(
  entries: [string, unknown][],
  rule: ObjectRule,
  names: ReadonlySet<string>,
  choose: Choose,
  depth: number,
): void {
  for (const name of [...[...rule.fields.keys()].filter((each) => !names.has(each)), ...spareNames(rule)]) {
    if (entries.length >= rule.min) return;
    const value = draw(fieldOf(rule, name), choose, depth + 1);
    if (value !== undefined) entries.push([name, value]);
  }
}

/** Names that the rule does not know, as many as it may ask for. */
function spareNames({ fields, min }: ObjectRule): string[] {
  const count = Math.min(min, 100) + 1;
  return Array.from({ length: count + fields.size }, (_, at) => (at === 0 ? 'extra' : `extra${at}`)).filter(
    (name) => !fields.has(name),
  );
}

/** A field name that the rule has neither by name nor by pattern. */
export function unknownName(...rules: readonly ObjectRule[]): string {
  for (let at = 0; ; at++) {
    const name = at === 0 ? 'extra' : `extra${at}`;
    const known = rules.some(
      ({ fields, patterns }) => fields.has(name) || patterns.some(([pattern]) => regexOf(pattern).test(name)),
    );
    if (!known || at > 1000) return name;
  }
}

/** Examples of the formats that ajv knows; what is no example of one is an example of another. */
const formatExamples: Readonly<Record<string, string>> = {
  date: '2024-02-29',
  'date-time': '2024-02-29T12:00:00Z',
  time: '12:00:00Z',
  duration: 'P1D',
  email: 'a@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  'uri-reference': '/a',
  'uri-template': '/{a}',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  'json-pointer': '/a',
  'relative-json-pointer': '1/a',
  regex: 'a',
  byte: 'YQ==',
};

/** Longer strings are no witness that anybody reads. */
const longest = 70_000;

/** Strings on and beside every limit of the rules, whatever else the rules say. */
export function stringsNear(...rules: readonly StringRule[]): string[] {
  const lengths = rules.flatMap(({ min, max }) => [
    min - 1,
    min,
    min + 1,
    ...(max === undefined ? [] : [max - 1, max, max + 1]),
  ]);
  const values = rules.flatMap((rule) => rule.values ?? []);
  return distinct([
    ...values,
    ...rules.flatMap(({ patterns }) => patterns.flatMap(matches)),
    ...rules.flatMap(({ formats }) => formats.flatMap((format) => formatExamples[format] ?? [])),
    'a',
    ...lengths.filter((length) => length >= 0 && length <= longest).map((length) => 'a'.repeat(length)),
    ...plainStrings,
    ...values.flatMap((value) => [`${value}x`, value.toUpperCase(), value.toLowerCase()]),
  ]);
}

const plainStrings = ['', ' ', '-', '1', 'A', 'é', 'not this', ...Object.values(formatExamples)];

const distinct = <T>(list: readonly T[]): T[] => [...new Set(list)];

/** Values by rule: a rule is drawn from again and again. */
const drawable = new WeakMap<object, readonly (string | number)[]>();

function remembered<R extends object, T extends string | number>(
  rule: R,
  values: (rule: R) => readonly T[],
): readonly T[] {
  let found = drawable.get(rule) as readonly T[] | undefined;
  if (found === undefined) {
    found = values(rule);
    drawable.set(rule, found);
  }
  return found;
}

function stringsIn(rule: StringRule): readonly string[] {
  if (rule.values !== undefined) return rule.values;
  return stringsNear(rule).filter((text) => {
    const length = [...text].length;
    return (
      length >= rule.min &&
      length <= (rule.max ?? length) &&
      rule.patterns.every((pattern) => regexOf(pattern).test(text)) &&
      rule.formats.every((format) => formatExamples[format] === undefined || formatExamples[format] === text)
    );
  });
}

const matching = new Map<string, readonly string[]>();

/** A few strings that match, always the same ones; none where the pattern is beyond the generator. */
function matches(pattern: string): readonly string[] {
  let found = matching.get(pattern);
  if (found === undefined) {
    found = grown(pattern);
    matching.set(pattern, found);
  }
  return found;
}

function grown(pattern: string): readonly string[] {
  try {
    return fc.sample(fc.stringMatching(regexOf(pattern)), { seed: 1, numRuns: 12 });
  } catch {
    return [];
  }
}

/** Numbers on and beside every limit of the rules. */
export function numbersNear(...rules: readonly NumberRule[]): number[] {
  const limits = rules.flatMap(({ min, max, above, below }) =>
    [min, max, above, below].filter((limit) => limit !== undefined),
  );
  const steps = rules.flatMap(({ multiples }) => multiples);
  const starts = [0, ...limits];
  return distinct([
    ...rules.flatMap(({ values }) => values ?? []),
    ...limits,
    ...steps.flatMap((step) =>
      starts.flatMap((start) => [-1, 0, 1].map((more) => (Math.round(start / step) + more) * step)),
    ),
    ...limits.flatMap((limit) => [limit + 1, limit - 1, limit + 0.5, limit - 0.5]),
    ...plainNumbers,
  ]).filter(Number.isFinite);
}

const plainNumbers = [1, 0, 2, 3, -1, 0.5, 1.5, 10, 2 ** 31, 2 ** 53];

function numbersIn(rule: NumberRule): readonly number[] {
  if (rule.values !== undefined) return rule.values;
  return numbersNear(rule).filter(
    (value) =>
      (!rule.integer || Number.isInteger(value)) &&
      value >= (rule.min ?? value) &&
      value <= (rule.max ?? value) &&
      (rule.above === undefined || value > rule.above) &&
      (rule.below === undefined || value < rule.below) &&
      rule.multiples.every((step) => Number.isInteger(value / step)) &&
      (!rule.formats.includes('int32') || Math.abs(value) < 2 ** 31),
  );
}
