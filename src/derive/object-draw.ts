import type { Wire } from '../contract/wire.js';
import { Dice, hash128 } from './dice.js';
import type { DrawOptions } from './draw.js';
import type { Draw } from './strings.js';

type ObjectWire = Extract<Wire, { kind: 'object' }>;
type Compile = (wire: Wire, options: DrawOptions) => Draw;

interface Slot {
  readonly key: string;
  readonly optional: boolean;
  readonly nullable: boolean;
  readonly draw: Draw;
}

/** One choice of keys: objects made of the same choice share a hidden class, which keeps parsers and validators fast. */
interface Shape {
  readonly slots: readonly Slot[];
  readonly nulls: boolean;
}

const shapeCount = 64;

/**
 * Objects whose optional fields are absent, null and present in about a third each. Which keys there are comes from 64
 * shapes (eight of them complete and without null); one body in 32 has a choice of its own, so none is out of reach.
 */
export function objectDraw(wire: ObjectWire, options: DrawOptions, compile: Compile, compileShape: Compile): Draw {
  const slots = Object.entries(wire.fields).map(([key, field]): Slot => {
    const nullable = field.wire.nullable === true;
    return { key, optional: field.optional, nullable, draw: (nullable ? compileShape : compile)(field.wire, options) };
  });
  const shapes = shapesOf(slots);
  const rest = typeof wire.rest === 'object' ? compile(wire.rest, options) : undefined;
  return (dice) => {
    const bits = dice.next();
    const own = bits >>> 27 === 0;
    const { slots, nulls } = own ? ownShape(shapes[0]!.slots, dice) : shapes[bits & (shapeCount - 1)]!;
    const value = fill(slots, nulls, dice);
    return rest ? extended(value, wire, rest, dice) : value;
  };
}

function fill(slots: readonly Slot[], nulls: boolean, dice: Dice): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  let coins = 0;
  for (let at = 0; at < slots.length; at++) {
    const slot = slots[at]!;
    if ((at & 31) === 0) coins = dice.next();
    else coins >>>= 1;
    value[slot.key] = nulls && slot.nullable && (coins & 1) === 1 ? null : slot.draw(dice);
  }
  return value;
}

function shapesOf(slots: readonly Slot[]): Shape[] {
  const [high, low] = hash128(slots.map(({ key }) => key).join());
  const dice = new Dice(high, low);
  return Array.from({ length: shapeCount }, (_, index) => {
    if (index < 8) return { slots, nulls: false };
    return index === 8 ? { slots: slots.filter(({ optional }) => !optional), nulls: true } : ownShape(slots, dice);
  });
}

function ownShape(slots: readonly Slot[], dice: Dice): Shape {
  return { slots: slots.filter(({ optional }) => !optional || dice.below(3) > 0), nulls: true };
}

/** Up to two keys beyond the described ones, for objects that say what the others may be. */
function extended(value: Record<string, unknown>, wire: ObjectWire, rest: Draw, dice: Dice): unknown {
  for (let count = dice.below(3); count > 0; count--) {
    const key = `extra_${dice.below(100)}`;
    if (!Object.hasOwn(wire.fields, key)) value[key] = rest(dice);
  }
  return value;
}
