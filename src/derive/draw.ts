import type { Wire } from '../contract/wire.js';
import { HarnessError } from '../errors.js';
import { merged } from './intersection.js';
import { belongs, isObject } from './membership.js';
import { minimalOf } from './minimal.js';
import { numberDraw } from './numbers.js';
import { objectDraw } from './object-draw.js';
import { type Draw, stringDraw } from './strings.js';

export interface DrawOptions {
  readonly hostile: boolean;
}

/** Recursive places are entered at most this often on one way down. */
const depthLimit = 3;

/** A tree compiled to a function that draws one value inside it; nulls included. */
export function compile(wire: Wire, options: DrawOptions): Draw {
  const draw = compileShape(wire, options);
  if (!wire.nullable) return draw;
  return (dice) => (dice.below(3) === 0 ? null : draw(dice));
}

/** The same without the null that the place allows beside its shape. */
export function compileShape(wire: Wire, options: DrawOptions): Draw {
  switch (wire.kind) {
    case 'object':
      return objectDraw(wire, options, compile, compileShape);
    case 'record':
      return recordDraw(wire, options);
    case 'tuple':
      return tupleDraw(wire, options);
    case 'array':
      return arrayDraw(wire, options);
    case 'union': {
      const draws = wire.options.map((option) => compile(option, options));
      return (dice) => dice.pick(draws)(dice);
    }
    case 'intersection':
      return intersectionDraw(wire, options);
    case 'enum':
      return (dice) => dice.pick(wire.values);
    case 'string':
      return stringDraw(wire, options.hostile);
    case 'number':
      return numberDraw(wire);
    case 'boolean':
      return (dice) => dice.next() < 0;
    case 'null':
      return () => null;
    case 'any':
      return (dice) => structuredClone(dice.pick(anything));
    case 'lazy':
      return lazyDraw(wire, options);
  }
}

const anything = [null, true, 0, -1.5, '', 'text', [], {}, [1, 'two', null], { key: { nested: [false] } }];

/** Compiled on the first draw and once per place, so that a cycle of trees ends. */
function lazyDraw(wire: Extract<Wire, { kind: 'lazy' }>, options: DrawOptions): Draw {
  let draw: Draw | undefined;
  return (dice) => {
    draw ??= compile(wire.target(), options);
    if (dice.depth >= depthLimit) return minimalOf(wire);
    dice.depth++;
    const value = draw(dice);
    dice.depth--;
    return value;
  };
}

function arrayDraw(wire: Extract<Wire, { kind: 'array' }>, options: DrawOptions): Draw {
  return listDraw(wire, compile(wire.item, options));
}

/** Lengths as they occur: mostly 0 to 3, one list in sixteen of about ten, one in 128 of about fifty. */
export function listDraw<T>(
  { min, max = Number.POSITIVE_INFINITY }: Extract<Wire, { kind: 'array' }>,
  item: Draw<T>,
): Draw<T[]> {
  return (dice) => {
    const roll = dice.depth > 0 ? 127 : dice.below(128);
    const extra = roll === 0 ? 40 + dice.below(20) : roll < 8 ? 5 + dice.below(10) : dice.below(4);
    const items = new Array<T>(Math.min(min + extra, max));
    for (let at = 0; at < items.length; at++) items[at] = item(dice);
    return items;
  };
}

function tupleDraw(wire: Extract<Wire, { kind: 'tuple' }>, options: DrawOptions): Draw {
  const items = wire.items.map((item) => compile(item, options));
  const rest = wire.rest && compile(wire.rest, options);
  return (dice) => {
    const values = items.map((item) => item(dice));
    if (rest) for (let count = dice.below(3); count > 0; count--) values.push(rest(dice));
    return values;
  };
}

/** Every key of an enum (zod asks for all of them), else up to three keys. */
function recordDraw(wire: Extract<Wire, { kind: 'record' }>, options: DrawOptions): Draw {
  const key = compile(wire.key, options);
  const value = compile(wire.value, options);
  const every = wire.key.kind === 'enum' ? wire.key.values : undefined;
  return (dice) => {
    const keys = every ?? Array.from({ length: dice.below(4) }, () => key(dice));
    return Object.fromEntries(keys.filter((each) => each !== '__proto__').map((each) => [String(each), value(dice)]));
  };
}

/** As one object where both sides are objects, else values of one side that the other takes too. */
function intersectionDraw(wire: Extract<Wire, { kind: 'intersection' }>, options: DrawOptions): Draw {
  const whole = merged(wire);
  if (whole) return compileShape(whole, options);
  const sides = [compile(wire.left, options), compile(wire.right, options)] as const;
  return (dice) => {
    for (let attempt = 0; attempt < 200; attempt++) {
      const [left, right] = [sides[0](dice), sides[1](dice)];
      const joined = isObject(left) && isObject(right) ? { ...left, ...right } : undefined;
      const found = [joined, left, right].find((value) => value !== undefined && belongs(wire, value));
      if (found !== undefined) return found;
    }
    throw new HarnessError('usage', 'no value found that fits both sides of an intersection', {
      hint: 'the sides may contradict each other',
    });
  };
}
