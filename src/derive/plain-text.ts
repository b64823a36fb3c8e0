import type { ZodType } from 'zod';
import { toWire, type Wire } from '../contract/wire.js';
import {
  anyOf,
  anyText,
  closerLook,
  type JsonPlace,
  ListPlace,
  literalPlace,
  NullablePlace,
  numberPlace,
  textPlace,
} from '../exchange/json-place.js';
import { ObjectPlace } from '../exchange/object-place.js';
import { belongs } from './membership.js';

/**
 * What `isPlain` asks of a value, asked of its text: a match is accepted by both judges and holds nothing but what the
 * schema names. No match says only that a closer look is needed.
 */
export function plainTextOf(schema: ZodType): JsonPlace {
  return placeOf(toWire(schema, 'schema'));
}

function placeOf(wire: Wire): JsonPlace {
  const place = shapeOf(wire);
  return wire.nullable ? new NullablePlace(place) : place;
}

function shapeOf(wire: Wire): JsonPlace {
  switch (wire.kind) {
    case 'object':
      return wire.rest === 'open' || wire.rest === 'closed' ? objectOf(wire.fields) : closerLook;
    case 'array':
      return new ListPlace(placeOf(wire.item), wire.min, wire.max);
    case 'union':
      return anyOf(wire.options.map(placeOf));
    case 'enum':
      return literalPlace(wire.values);
    case 'boolean':
      return literalPlace([true, false]);
    case 'null':
      return literalPlace([null]);
    case 'number':
      return numberPlace((value) => belongs(wire, value));
    case 'string':
      return isAnyText(wire) ? anyText : textPlace((text) => belongs(wire, text));
    default:
      return closerLook;
  }
}

function objectOf(fields: Extract<Wire, { kind: 'object' }>['fields']): ObjectPlace {
  const members = Object.entries(fields).map(([name, { wire, optional }]) => [
    name,
    { place: placeOf(wire), optional },
  ]);
  return new ObjectPlace(Object.fromEntries(members));
}

export const isAnyText = ({ min, max, patterns, format }: Extract<Wire, { kind: 'string' }>): boolean =>
  min === 0 && max === undefined && patterns.length === 0 && format === undefined;
