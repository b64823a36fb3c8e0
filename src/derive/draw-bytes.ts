import type { Wire } from '../contract/wire.js';
import type { Dice } from './dice.js';
import { compileShape, type DrawOptions, listDraw } from './draw.js';
import { numberDraw } from './numbers.js';
import { type Slot, shapedDraw, slotsOf } from './object-draw.js';
import { type Draw, jsonBytes, stringBytesDraw } from './strings.js';

/**
 * A tree compiled to a function that draws the JSON of the value that `compile` would draw with the same dice, as bytes
 * (see `jsonBytes`) written straight from the tree: making the value, serialising and encoding it costs many times
 * more. `opening` stands before the value: the key of a field and its value are one piece.
 */
export function compileBytes(wire: Wire, options: DrawOptions, opening = ''): Draw<string> {
  const draw = shapeBytes(wire, options, opening);
  if (!wire.nullable) return draw;
  const nothing = `${opening}null`;
  return (dice) => (dice.below(3) === 0 ? nothing : draw(dice));
}

function shapeBytes(wire: Wire, options: DrawOptions, opening: string): Draw<string> {
  switch (wire.kind) {
    case 'object':
      return isOrdered(wire) ? objectBytes(wire, options, opening) : serialised(wire, options, opening);
    case 'array': {
      const draw = listDraw(wire, compileBytes(wire.item, options));
      return (dice) => listed(`${opening}[`, draw(dice));
    }
    case 'enum': {
      const all = wire.values.map((value) => opening + jsonBytes(value));
      return (dice) => dice.pick(all);
    }
    case 'string':
      return stringBytesDraw(wire, options.hostile, opening);
    case 'number': {
      const draw = numberDraw(wire);
      return (dice) => `${opening}${draw(dice)}`;
    }
    case 'boolean': {
      const [yes, no] = [`${opening}true`, `${opening}false`];
      return (dice) => (dice.next() < 0 ? yes : no);
    }
    default:
      return serialised(wire, options, opening);
  }
}

function serialised(wire: Wire, options: DrawOptions, opening: string): Draw<string> {
  const draw = compileShape(wire, options);
  return (dice) => opening + jsonBytes(draw(dice));
}

/** Not so with further keys, nor with keys like `7`, which JavaScript puts into an order of its own. */
function isOrdered({ fields, rest }: Extract<Wire, { kind: 'object' }>): boolean {
  return typeof rest === 'string' && !Object.keys(fields).some((key) => /^\d+$/.test(key));
}

/** Joined piece by piece: `join` would copy every item once more. */
function listed(start: string, items: readonly string[]): string {
  let text = start;
  for (let at = 0; at < items.length; at++) {
    if (at > 0) text += ',';
    text += items[at];
  }
  return `${text}]`;
}

interface BytesSlot extends Slot<string> {
  readonly nothing: string;
}

function objectBytes(wire: Extract<Wire, { kind: 'object' }>, options: DrawOptions, opening: string): Draw<string> {
  const start = `${opening}{`;
  const slots = slotsOf(
    wire,
    (inner, key) => compileBytes(inner, options, openingOf(key)),
    (inner, key) => shapeBytes(inner, options, openingOf(key)),
  ).map((slot): BytesSlot => ({ ...slot, nothing: `${openingOf(slot.key)}null` }));
  return shapedDraw(slots, (chosen, nulls, dice) => written(start, chosen, nulls, dice));
}

const openingOf = (key: string): string => `,${jsonBytes(key)}:`;

/** Draws as `fill` of the values does, so that both come out alike. */
function written(start: string, slots: readonly BytesSlot[], nulls: boolean, dice: Dice): string {
  let text = start;
  let coins = 0;
  for (let at = 0; at < slots.length; at++) {
    const slot = slots[at]!;
    if ((at & 31) === 0) coins = dice.next();
    else coins >>>= 1;
    const member = nulls && slot.nullable && (coins & 1) === 1 ? slot.nothing : slot.draw(dice);
    text += at === 0 ? member.slice(1) : member;
  }
  return `${text}}`;
}
