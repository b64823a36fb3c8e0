import type { Wire, WireField } from '../contract/wire.js';

type Intersection = Extract<Wire, { kind: 'intersection' }>;
type ObjectWire = Extract<Wire, { kind: 'object' }>;

const known = new WeakMap<Intersection, Wire | undefined>();

/**
 * An intersection of objects as one object, as zod reads it: a closed side forbids only what the other side does not
 * know either. Undefined when a side is anything else.
 */
export function merged(wire: Intersection): Wire | undefined {
  if (!known.has(wire)) known.set(wire, merge(wire));
  return known.get(wire);
}

function merge({ left, right, nullable }: Intersection): Wire | undefined {
  const [one, other] = [asObject(left), asObject(right)];
  if (!one || !other) return undefined;
  const keys = new Set([...Object.keys(one.fields), ...Object.keys(other.fields)]);
  const fields = Object.fromEntries([...keys].map((key) => [key, both(one, other, key)]));
  return { kind: 'object', fields, rest: bothRests(one.rest, other.rest), ...(nullable ? { nullable } : {}) };
}

function both(one: ObjectWire, other: ObjectWire, key: string): WireField {
  const [a, b] = [one.fields[key], other.fields[key]];
  if (a && b) return { wire: intersect(a.wire, b.wire), optional: a.optional && b.optional };
  const field = (a ?? b)!;
  const { rest } = a ? other : one;
  return typeof rest === 'object' ? { ...field, wire: intersect(field.wire, rest) } : field;
}

function bothRests(one: ObjectWire['rest'], other: ObjectWire['rest']): ObjectWire['rest'] {
  if (typeof one === 'object' && typeof other === 'object') return intersect(one, other);
  if (typeof one === 'object') return one;
  if (typeof other === 'object') return other;
  return one === 'closed' && other === 'closed' ? 'closed' : 'open';
}

function intersect(left: Wire, right: Wire): Wire {
  return left === right ? left : { kind: 'intersection', left, right };
}

function asObject(wire: Wire): ObjectWire | undefined {
  if (wire.nullable) return undefined;
  if (wire.kind === 'object') return wire;
  if (wire.kind !== 'intersection') return undefined;
  const whole = merged(wire);
  return whole?.kind === 'object' ? whole : undefined;
}
