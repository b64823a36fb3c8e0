import type { Wire } from '../contract/wire.js';
import { type Defect, expectation, fixed } from './defect.js';
import { belongs, isObject } from './membership.js';

const typeNames: Partial<Record<Wire['kind'], string>> = { record: 'object', tuple: 'array' };

/** Values of every other JSON type. */
export function wrongTypes(wire: Wire): Defect[] {
  if (wire.kind === 'any') return [];
  const name = typeNames[wire.kind] ?? wire.kind;
  const reason = `${expectation(wire)} is expected`;
  const scalars = [
    ['string', 'maybe'],
    ['number', wire.kind === 'boolean' ? 2 : 42],
    ['boolean', true],
  ] as const;
  const containers = [
    ['object', { key: 'value' }],
    ['array', ['value']],
    ['empty-object', {}],
    ['empty-array', []],
  ] as const;
  const odd = wire.kind === 'string' && wire.format !== undefined && wire.format !== 'email' ? [] : scalars;
  return [
    ...fixed(
      `type-${name}`,
      reason,
      odd.filter(([, value]) => isOther(wire, value)),
    ),
    ...shapes(
      wire,
      name,
      reason,
      containers.filter(([, value]) => isOther(wire, value)),
    ),
  ];
}

/** Of another JSON type than the place has, not only of another value. */
function isOther(wire: Wire, value: unknown): boolean {
  if (belongs(wire, value)) return false;
  if (wire.kind === 'object' || wire.kind === 'record') return !isObject(value);
  if (wire.kind === 'array' || wire.kind === 'tuple') return !Array.isArray(value);
  if (wire.kind === 'enum') return wire.values.every((each) => typeof each !== typeof value);
  if (wire.kind === 'number') return typeof value !== 'number' && typeof value !== 'boolean';
  return wire.kind !== 'string' || typeof value !== 'string';
}

/** A list for an object and an object for a list are mistakes of their own: some parsers unwrap them. */
function shapes(
  wire: Wire,
  name: string,
  reason: string,
  containers: readonly (readonly [string, unknown])[],
): Defect[] {
  if (name === 'object')
    return [
      ...fixed('list-instead-of-object', reason, containers),
      { class: 'list-instead-of-object', variant: 'wrapped', value: (current: unknown) => [current ?? null], reason },
    ].filter(({ value }) => !belongs(wire, value({})));
  if (name === 'array')
    return [
      ...fixed('object-instead-of-list', reason, containers),
      { class: 'object-instead-of-list', variant: 'first-item', value: firstItem, reason },
    ].filter(({ value }) => !belongs(wire, value([])));
  return fixed(`type-${name}`, reason, containers);
}

function firstItem(current: unknown): unknown {
  const first = Array.isArray(current) ? current[0] : undefined;
  return isObject(first) ? first : { 0: first ?? null };
}

/** Null, where it may not be allowed. */
export function nulls(wire: Wire): Defect[] {
  return fixed('null-where-not-nullable', `${expectation(wire)} is expected`, [['null', null]]);
}
