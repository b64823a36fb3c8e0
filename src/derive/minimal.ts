import type { Wire } from '../contract/wire.js';
import { HarnessError } from '../errors.js';
import { Dice } from './dice.js';
import { merged } from './intersection.js';
import { belongs } from './membership.js';
import { matching } from './pattern.js';

type StringWire = Extract<Wire, { kind: 'string' }>;

/** The smallest value of a tree: nothing optional, nulls where allowed, `''`, 0, false, the first of an enum. */
export function minimalOf(wire: Wire): unknown {
  const found = minimal(wire, new Set());
  if (found === endless)
    throw new HarnessError(
      'usage',
      'the schema is recursive without an end, or its bounds leave nothing: no finite value fits',
    );
  return found;
}

const endless = Symbol('endless');

function minimal(wire: Wire, open: ReadonlySet<string>): unknown {
  if (wire.nullable) return null;
  switch (wire.kind) {
    case 'object':
      return minimalObject(wire, open);
    case 'record':
      return wire.key.kind === 'enum'
        ? all(wire.key.values.map((key) => [String(key), minimal(wire.value, open)]))
        : {};
    case 'tuple':
      return ends(wire.items.map((item) => minimal(item, open)));
    case 'array':
      return wire.min === 0 ? [] : ends(Array.from({ length: wire.min }, () => minimal(wire.item, open)));
    case 'union':
      return minimalOption(wire.options, open);
    case 'intersection':
      return minimalIntersection(wire, open);
    case 'enum':
      return wire.values[0];
    case 'string':
      return minimalString(wire);
    case 'number':
      return minimalNumber(wire);
    case 'boolean':
      return false;
    case 'null':
    case 'any':
      return null;
    case 'lazy':
      return open.has(wire.id) ? endless : minimal(wire.target(), new Set([...open, wire.id]));
  }
}

function minimalObject(wire: Extract<Wire, { kind: 'object' }>, open: ReadonlySet<string>): unknown {
  const required = Object.entries(wire.fields).filter(([, field]) => !field.optional);
  return all(required.map(([key, field]) => [key, minimal(field.wire, open)]));
}

function all(entries: [string, unknown][]): unknown {
  return entries.some(([, value]) => value === endless) ? endless : Object.fromEntries(entries);
}

function ends(items: unknown[]): unknown {
  return items.includes(endless) ? endless : items;
}

function minimalOption(options: readonly Wire[], open: ReadonlySet<string>): unknown {
  for (const option of options) {
    const value = minimal(option, open);
    if (value !== endless) return value;
  }
  return endless;
}

function minimalIntersection(wire: Extract<Wire, { kind: 'intersection' }>, open: ReadonlySet<string>): unknown {
  const whole = merged(wire);
  if (whole) return minimal(whole, open);
  for (const side of [wire.left, wire.right]) {
    const value = minimal(side, open);
    if (value !== endless && belongs(wire, value)) return value;
  }
  return endless;
}

const examples = {
  date: '2000-01-01',
  'date-time': '2000-01-01T00:00:00Z',
  email: 'a@example.com',
  uuid: '00000000-0000-4000-8000-000000000000',
};

function minimalString(wire: StringWire): unknown {
  const text = wire.format === undefined ? 'a'.repeat(wire.min) : examples[wire.format];
  return wire.patterns.length === 0 ? text : shortestMatch(wire, text);
}

const matches = new Map<string, string>();

/** Of a few texts that fit the patterns the shortest; always the same one. */
function shortestMatch(wire: StringWire, text: string): string {
  const key = JSON.stringify([wire.min, wire.max, wire.format, wire.patterns]);
  let found = matches.get(key);
  if (found === undefined) {
    const dice = new Dice(1, 2);
    const fits = (each: string) => belongs({ ...wire, nullable: undefined } as Wire, each);
    const drawn = fits(text) ? [text] : Array.from({ length: 16 }, () => matching(wire, dice));
    found = drawn.sort((a, b) => a.length - b.length)[0]!;
    matches.set(key, found);
  }
  return found;
}

/** The number nearest to zero; the first step inside the bounds when zero is outside. */
function minimalNumber(wire: Extract<Wire, { kind: 'number' }>): unknown {
  const step = wire.multipleOf ?? (wire.integer ? 1 : 0.5);
  const bound =
    wire.min !== undefined && wire.min >= 0 ? wire.min : wire.max !== undefined && wire.max <= 0 ? wire.max : 0;
  const first = Math.trunc(bound / step);
  const tries = [0, first * step, bound, (first + 1) * step, (first - 1) * step, middle(wire)];
  return tries.find((value) => belongs({ ...wire, kind: 'number' }, value)) ?? endless;
}

function middle({ min, max }: Extract<Wire, { kind: 'number' }>): number {
  return ((min ?? 0) + (max ?? 0)) / 2;
}
