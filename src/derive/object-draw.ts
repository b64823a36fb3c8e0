import type { Wire } from '../contract/wire.js';
import { Dice, hash128 } from './dice.js';
import type { DrawOptions } from './draw.js';
import type { Draw } from './strings.js';

type ObjectWire = Extract<Wire, { kind: 'object' }>;
type Compile = (wire: Wire, options: DrawOptions) => Draw;

export interface Slot<T = unknown> {
  readonly key: string;
  readonly optional: boolean;
  readonly nullable: boolean;
  readonly draw: Draw<T>;
}

/** One choice of keys: objects made of the same choice share a hidden class, which keeps parsers and validators fast. */
interface Shape<S> {
  readonly slots: readonly S[];
  readonly nulls: boolean;
}

const shapeCount = 64;

/** Objects whose optional fields are absent, null and present in about a third each. */
export function objectDraw(wire: ObjectWire, options: DrawOptions, compile: Compile, compileShape: Compile): Draw {
  const slots = slotsOf(
    wire,
    (inner) => compile(inner, options),
    (inner) => compileShape(inner, options),
  );
  const draw = shapedDraw(slots, fill);
  if (typeof wire.rest !== 'object') return draw;
  const rest = compile(wire.rest, options);
  return (dice) => extended(draw(dice), wire, rest, dice);
}

/** The fields of an object; the null of a nullable one is the object's to choose. */
export function slotsOf<T>(
  wire: ObjectWire,
  compile: (wire: Wire, key: string) => Draw<T>,
  compileShape: (wire: Wire, key: string) => Draw<T>,
): Slot<T>[] {
  return Object.entries(wire.fields).map(([key, field]) => {
    const nullable = field.wire.nullable === true;
    return { key, optional: field.optional, nullable, draw: (nullable ? compileShape : compile)(field.wire, key) };
  });
}

/**
 * Chooses which keys there are and leaves it to `fill` to make the object. The choice comes from 64 shapes (eight of
 * them complete and without null); one object in 32 has a choice of its own, so none is out of reach.
 */
export function shapedDraw<S extends Slot, R>(
  slots: readonly S[],
  fill: (slots: readonly S[], nulls: boolean, dice: Dice) => R,
): Draw<R> {
  const shapes = shapesOf(slots);
  return (dice) => {
    const bits = dice.next();
    const own = bits >>> 27 === 0;
    const shape = own ? ownShape(shapes[0]!.slots, dice) : shapes[bits & (shapeCount - 1)]!;
    return fill(shape.slots, shape.nulls, dice);
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

function shapesOf<S extends Slot>(slots: readonly S[]): Shape<S>[] {
  const [high, low] = hash128(slots.map(({ key }) => key).join());
  const dice = new Dice(high, low);
  return Array.from({ length: shapeCount }, (_, index) => {
    if (index < 8) return { slots, nulls: false };
    return index === 8 ? { slots: slots.filter(({ optional }) => !optional), nulls: true } : ownShape(slots, dice);
  });
}

function ownShape<S extends Slot>(slots: readonly S[], dice: Dice): Shape<S> {
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
