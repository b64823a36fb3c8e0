import type { Wire, WireFormat } from '../contract/wire.js';
import { merged } from './intersection.js';

type StringWire = Extract<Wire, { kind: 'string' }>;
type NumberWire = Extract<Wire, { kind: 'number' }>;
type ObjectWire = Extract<Wire, { kind: 'object' }>;

/**
 * Whether a JSON value is inside the tree on every reading: where zod and JSON Schema count differently (length in
 * UTF-16 units or in code points, steps of a fraction), both must agree. Cheap enough to ask while shrinking.
 */
export function belongs(wire: Wire, value: unknown): boolean {
  if (value === null && wire.nullable) return true;
  switch (wire.kind) {
    case 'object':
      return isObject(value) && objectBelongs(wire, value);
    case 'record':
      return (
        isObject(value) &&
        Object.entries(value).every(([key, each]) => belongs(wire.key, key) && belongs(wire.value, each)) &&
        (wire.key.kind !== 'enum' || wire.key.values.every((key) => Object.hasOwn(value, String(key))))
      );
    case 'tuple':
      return Array.isArray(value) && tupleBelongs(wire, value);
    case 'array':
      return (
        Array.isArray(value) &&
        value.length >= wire.min &&
        value.length <= (wire.max ?? Number.POSITIVE_INFINITY) &&
        value.every((item) => belongs(wire.item, item))
      );
    case 'union':
      return wire.options.some((option) => belongs(option, value));
    case 'intersection':
      return bothBelong(wire, value);
    case 'enum':
      return wire.values.includes(value as string);
    case 'string':
      return typeof value === 'string' && stringBelongs(wire, value);
    case 'number':
      return typeof value === 'number' && numberBelongs(wire, value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
    case 'any':
      return value !== undefined;
    case 'lazy':
      return belongs(wire.target(), value);
  }
}

function bothBelong(wire: Extract<Wire, { kind: 'intersection' }>, value: unknown): boolean {
  const whole = merged(wire);
  return whole === undefined ? belongs(wire.left, value) && belongs(wire.right, value) : belongs(whole, value);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectBelongs({ fields, rest }: ObjectWire, value: Record<string, unknown>): boolean {
  for (const [key, field] of Object.entries(fields))
    if (Object.hasOwn(value, key) ? !belongs(field.wire, value[key]) : !field.optional) return false;
  if (rest === 'open') return true;
  const others = Object.keys(value).filter((key) => !Object.hasOwn(fields, key));
  return rest === 'closed' ? others.length === 0 : others.every((key) => belongs(rest, value[key]));
}

function tupleBelongs({ items, rest }: Extract<Wire, { kind: 'tuple' }>, value: readonly unknown[]): boolean {
  if (value.length < items.length || (rest === undefined && value.length > items.length)) return false;
  return value.every((item, at) => belongs(items[at] ?? rest!, item));
}

function stringBelongs(wire: StringWire, value: string): boolean {
  if (value.length > (wire.max ?? Number.POSITIVE_INFINITY)) return false;
  if (wire.min > 0 && codePoints(value) < wire.min) return false;
  if (wire.format !== undefined && !formatMatches[wire.format](value)) return false;
  for (const pattern of wire.patterns) if (!regexOf(pattern).test(value)) return false;
  return true;
}

function codePoints(value: string): number {
  let count = 0;
  for (const _ of value) count++;
  return count;
}

const regexes = new Map<string, RegExp>();

/** JSON Schema reads patterns as Unicode; one that only compiles without is kept as it was written. */
export function regexOf(source: string): RegExp {
  let regex = regexes.get(source);
  if (regex === undefined) {
    try {
      regex = new RegExp(source, 'u');
    } catch {
      regex = new RegExp(source);
    }
    regexes.set(source, regex);
  }
  return regex;
}

function numberBelongs(wire: NumberWire, value: number): boolean {
  if (!Number.isFinite(value) || (wire.integer && !Number.isSafeInteger(value))) return false;
  if (wire.min !== undefined && (wire.exclusiveMin ? value <= wire.min : value < wire.min)) return false;
  if (wire.max !== undefined && (wire.exclusiveMax ? value >= wire.max : value > wire.max)) return false;
  return wire.multipleOf === undefined || Number.isSafeInteger(value / wire.multipleOf);
}

/** Strings that zod and ajv both accept; where one of them is wider, the narrower decides. */
const formatMatches: Readonly<Record<WireFormat, (value: string) => boolean>> = {
  date: isDate,
  'date-time': (value) =>
    isDate(value.slice(0, 10)) && /^T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/.test(value.slice(10)),
  email: (value) => value.length <= 120 && /^[\w+-]+(\.[\w+-]+)*@([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,}$/i.test(value),
  uuid: (value) => /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(value),
};

/** A day of the proleptic Gregorian calendar, years 0001 to 9999. */
export function isDate(value: string): boolean {
  if (value.length !== 10 || value[4] !== '-' || value[7] !== '-') return false;
  const year = digitsIn(value, 0, 4);
  const month = digitsIn(value, 5, 7);
  const day = digitsIn(value, 8, 10);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** NaN where one is no digit. */
function digitsIn(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    value = digit >= 0 && digit <= 9 ? 10 * value + digit : Number.NaN;
  }
  return value;
}

export function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
