import { resolved, type Wire } from '../contract/wire.js';

/** A field as a team names it, step by step; lists are looked through: `addresses.street`. */
export type Field = readonly string[];

export function fieldOf(named: string): Field {
  return named.trim().split('.');
}

/** The fields of an object, or of the items of a list. */
export function fieldsOf(wire: Wire) {
  const plain = resolved(itemOf(wire));
  return plain.kind === 'object' ? plain.fields : {};
}

export function itemOf(wire: Wire): Wire {
  const plain = resolved(wire);
  return plain.kind === 'array' ? plain.item : plain;
}

/** Every field below, in the words of a team; a recursive place is named once. */
export function namesOf(wire: Wire, open: ReadonlySet<string> = new Set()): string[] {
  const item = wire.kind === 'array' ? wire.item : wire;
  if (item.kind === 'lazy' && open.has(item.id)) return [];
  const inside = item.kind === 'lazy' ? new Set([...open, item.id]) : open;
  return Object.entries(fieldsOf(item)).flatMap(([name, field]) => [
    name,
    ...namesOf(field.wire, inside).map((below) => `${name}.${below}`),
  ]);
}
