import type { Wire } from '../contract/wire.js';
import { merged } from './intersection.js';
import { belongs, isObject } from './membership.js';
import { minimalOf } from './minimal.js';
import { fieldWire, isLighter, itemWire, weightOf } from './weight.js';

type UnionWire = Extract<Wire, { kind: 'union' }>;

/**
 * Simpler values of the same tree, the boldest first. Each is lighter than `value`, so repeated shrinking ends; each is
 * inside the tree when `value` is. Of a value outside the tree the broken parts stay as they are, unless they can go.
 */
export function* shrinkBody(wire: Wire, value: unknown): Iterable<unknown> {
  const seen = new Set<string>();
  for (const candidate of candidates(wire, value)) {
    const text = JSON.stringify(candidate);
    if (!seen.has(text)) yield candidate;
    seen.add(text);
  }
}

function* candidates(wire: Wire, value: unknown): Iterable<unknown> {
  if (value === null || value === undefined) return;
  const valid = belongs(wire, value);
  if (valid) yield* lighter(wire, value, wire.nullable ? [null, simplest(wire)] : [simplest(wire)]);
  switch (wire.kind) {
    case 'lazy':
      return yield* candidates(wire.target(), value);
    case 'intersection':
      return yield* throughIntersection(merged(wire), wire, value, valid);
    case 'union':
      return yield* throughUnion(wire, value);
    case 'enum':
      return valid ? yield* lighter(wire, value, wire.values) : undefined;
  }
  if (isObject(value) && ['object', 'record', 'any'].includes(wire.kind)) yield* smallerObjects(wire, value);
  else if (Array.isArray(value) && ['array', 'tuple', 'any'].includes(wire.kind)) yield* smallerLists(wire, value);
  else if (valid && typeof value === 'string') yield* lighter(wire, value, shorterTexts(wire, value));
  else if (valid && typeof value === 'number') yield* lighter(wire, value, nearerNumbers(wire, value));
  else if (valid && wire.kind === 'any') yield* lighter(wire, value, [false]);
}

/** Those that are inside the tree and lighter than the value. */
function* lighter(wire: Wire, value: unknown, tries: Iterable<unknown>): Iterable<unknown> {
  const weight = weightOf(wire, value);
  for (const attempt of tries) if (isLighter(weightOf(wire, attempt), weight) && belongs(wire, attempt)) yield attempt;
}

function simplest(wire: Wire): unknown {
  return minimalOf({ ...wire, nullable: undefined } as Wire);
}

function* throughIntersection(
  whole: Wire | undefined,
  wire: Extract<Wire, { kind: 'intersection' }>,
  value: unknown,
  valid: boolean,
): Iterable<unknown> {
  if (whole) return yield* candidates(whole, value);
  for (const candidate of candidates(wire.left, value)) if (!valid || belongs(wire.right, candidate)) yield candidate;
}

/** The simplest value of every option, then simpler ones of the option it belongs to. */
function* throughUnion(wire: UnionWire, value: unknown): Iterable<unknown> {
  const option = wire.options.find((each) => belongs(each, value));
  if (option === undefined) return;
  yield* lighter(wire, value, wire.options.map(minimalOf));
  yield* lighter(wire, value, candidates(option, value));
}

function* smallerObjects(wire: Wire, value: Record<string, unknown>): Iterable<unknown> {
  const keys = Object.keys(value);
  const loose = keys.filter((key) => mayGo(wire, key));
  for (const dropped of portions(loose)) {
    const gone = new Set(dropped);
    yield Object.fromEntries(Object.entries(value).filter(([key]) => !gone.has(key)));
  }
  const parts = keys.map((key) => ({ wire: fieldWire(wire, key), value: value[key] }));
  for (const values of smallerParts(parts)) yield Object.fromEntries(keys.map((key, at) => [key, values[at]]));
}

function mayGo(wire: Wire, key: string): boolean {
  if (wire.kind === 'object') return !Object.hasOwn(wire.fields, key) || wire.fields[key]!.optional;
  return wire.kind !== 'record' || wire.key.kind !== 'enum' || !wire.key.values.map(String).includes(key);
}

function* smallerLists(wire: Wire, value: readonly unknown[]): Iterable<unknown> {
  const least = wire.kind === 'array' ? wire.min : wire.kind === 'tuple' ? wire.items.length : 0;
  const first = wire.kind === 'tuple' ? wire.items.length : 0;
  const places = value.map((_, at) => at).slice(first);
  for (const dropped of portions(places)) {
    if (value.length - dropped.length < least) continue;
    const gone = new Set(dropped);
    yield value.filter((_, at) => !gone.has(at));
  }
  yield* smallerParts(value.map((item, at) => ({ wire: itemWire(wire, at), value: item })));
}

/** All of them, then halves, quarters and so on down to single ones. */
function* portions<T>(items: readonly T[]): Iterable<readonly T[]> {
  for (let size = items.length; size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

interface PartOf {
  readonly wire: Wire;
  readonly value: unknown;
}

/** All parts at their boldest at once, then part by part. */
function* smallerParts(parts: readonly PartOf[]): Iterable<unknown[]> {
  const values = parts.map(({ value }) => value);
  const boldest = parts.map(({ wire, value }) => firstOf(candidates(wire, value), value));
  if (parts.length > 1 && boldest.some((each, at) => each !== values[at])) yield boldest;
  for (const [at, { wire, value }] of parts.entries())
    for (const candidate of candidates(wire, value)) yield values.with(at, candidate);
}

function firstOf(items: Iterable<unknown>, otherwise: unknown): unknown {
  for (const item of items) return item;
  return otherwise;
}

/** Pieces of the text, then plainer characters: a predicate on one odd character ends at that character. */
function* shorterTexts(wire: Wire, text: string): Iterable<string> {
  if (wire.kind === 'string' && wire.format !== undefined && wire.format !== 'email') return yield* plainerDates(text);
  const long = text.length > 512;
  const units = long ? (text.match(/.{1,64}/gs) ?? []) : [...text];
  yield 'a'.repeat(text.length);
  for (const dropped of spans(units.length)) {
    const rest = units.slice(0, dropped.from).concat(units.slice(dropped.to)).join('');
    if (rest.isWellFormed()) yield rest;
  }
  if (long)
    return yield* [32, 16, 8, 4, 2, 1].map((tail) => text.slice(0, -tail)).filter((each) => each.isWellFormed());
  for (const [at, unit] of units.entries())
    for (const plain of unit === 'a' ? [] : unit.length === 1 ? ['a'] : ['a', 'aa'])
      yield units.with(at, plain).join('');
}

/** From the end first: what matters in a text is more often at its beginning. */
function* spans(length: number): Iterable<{ from: number; to: number }> {
  for (let size = Math.ceil(length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let to = length; to > 0; to -= size) yield { from: Math.max(0, to - size), to };
}

function* plainerDates(text: string): Iterable<string> {
  yield text.replace(/^\d{4}-\d{2}-\d{2}/, '2000-01-01');
  yield text.replace(/^(\d{4})-\d{2}-\d{2}/, '$1-01-01');
  yield text.replace(/^\d{4}/, '2000');
  yield text.replace(/^(\d{4}-\d{2})-\d{2}/, '$1-01');
  yield text.replace(/T.*$/, 'T00:00:00Z');
}

/** Towards the simplest by halves of the way, then by one step. */
function* nearerNumbers(wire: Wire, value: number): Iterable<number> {
  const origin = wire.kind === 'number' ? (simplest(wire) as number) : 0;
  const step = (wire.kind === 'number' ? wire.multipleOf : undefined) ?? 1;
  if (value < 0) yield -value;
  yield Math.trunc(value);
  for (let part = 2; part <= 64; part *= 2) {
    const nearer = value - (value - origin) / part;
    yield Math.round(nearer / step) * step;
    yield Math.trunc(nearer);
  }
  yield value - Math.sign(value - origin) * step;
}
