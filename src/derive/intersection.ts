import type { Wire, WireField } from '../contract/wire.js';

type Intersection = Extract<Wire, { kind: 'intersection' }>;
type ObjectWire = Extract<Wire, { kind: 'object' }>;

const known = new WeakMap<Intersection, Wire | undefined>();

/** An intersection of objects as one object; undefined when the sides are anything else or their rests collide. */
export function merged(wire: Intersection): Wire | undefined {
  if (!known.has(wire)) known.set(wire, merge(wire));
  return known.get(wire);
}

function merge({ left, right, nullable }: Intersection): Wire | undefined {
  const [one, other] = [asObject(left), asObject(right)];
  if (!one || !other || typeof one.rest === 'object' || typeof other.rest === 'object') return undefined;
  const fields: Record<string, WireField> = {};
  for (const key of new Set([...Object.keys(one.fields), ...Object.keys(other.fields)])) {
    const field = both(one, other, key);
    if (field === 'impossible') return undefined;
    if (field !== 'absent') fields[key] = field;
  }
  const rest = one.rest === 'closed' || other.rest === 'closed' ? 'closed' : 'open';
  return { kind: 'object', fields, rest, ...(nullable ? { nullable } : {}) };
}

function both(one: ObjectWire, other: ObjectWire, key: string): WireField | 'absent' | 'impossible' {
  const [a, b] = [one.fields[key], other.fields[key]];
  if (a && b) return { wire: intersect(a.wire, b.wire), optional: a.optional && b.optional };
  const field = (a ?? b)!;
  const silent = a ? other : one;
  if (silent.rest === 'open') return field;
  return field.optional ? 'absent' : 'impossible';
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
