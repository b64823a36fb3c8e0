import type { Wire } from '../contract/wire.js';
import { type Defect, expectation, fixed } from './defect.js';
import { exampleOf } from './example.js';
import { belongs, isObject } from './membership.js';
import { minimalOf } from './minimal.js';

type Of<K extends Wire['kind']> = Extract<Wire, { kind: K }>;

/** Numbers beyond a bound, and between the steps that are allowed. */
export function brokenNumbers(wire: Of<'number'>): Defect[] {
  const { min, max, integer, multipleOf, exclusiveMin, exclusiveMax } = wire;
  const step = multipleOf ?? 1;
  const origin = minimalOf({ ...wire, nullable: undefined } as Wire) as number;
  const within = (value: number) => belongs({ ...wire, integer: false, multipleOf: undefined } as Wire, value);
  const halves = [origin + step / 2, origin - step / 2].filter(within).slice(0, 1);
  return [
    ...fixed(
      'below-min',
      `at least ${min} is expected`,
      min === undefined ? [] : [['below', exclusiveMin ? min : min - step]],
    ),
    ...fixed(
      'above-max',
      `at most ${max} is expected`,
      max === undefined ? [] : [['above', exclusiveMax ? max : max + step]],
    ),
    ...fixed(
      'not-integer',
      'a whole number is expected',
      integer && step === 1 ? halves.map((half) => ['fraction', half]) : [],
    ),
    ...fixed(
      'not-multiple',
      `a multiple of ${step} is expected`,
      multipleOf === undefined || step === 1 ? [] : halves.map((half) => ['half-step', half]),
    ),
  ];
}

/** Lists with an item too few or too many. */
export function brokenLists(wire: Of<'array'>): Defect[] {
  const item = () => exampleOf(wire.item, { optional: 'present' });
  const list = (length: number) => Array.from({ length }, item);
  return [
    ...fixed(
      'too-few',
      `at least ${wire.min} items are expected`,
      wire.min > 0 ? [[`length-${wire.min - 1}`, list(wire.min - 1)]] : [],
    ),
    ...fixed(
      'too-many',
      `at most ${wire.max} items are expected`,
      wire.max !== undefined && wire.max < 1000 ? [[`length-${wire.max + 1}`, list(wire.max + 1)]] : [],
    ),
  ];
}

export function brokenTuples(wire: Of<'tuple'>): Defect[] {
  const items = wire.items.map((item) => exampleOf(item, { optional: 'present' }));
  return [
    ...fixed(
      'too-few',
      `${items.length} items are expected`,
      items.length > 0 ? [['one-less', items.slice(0, -1)]] : [],
    ),
    ...fixed(
      'too-many',
      `${items.length} items are expected`,
      wire.rest === undefined ? [['one-more', [...items, 'more']]] : [],
    ),
  ];
}

/** A key that a closed object does not know. */
export function unknownKeys(wire: Of<'object'>): Defect[] {
  if (wire.rest !== 'closed') return [];
  let key = 'x_unknown';
  while (Object.hasOwn(wire.fields, key)) key += '_';
  const value = (current: unknown) => ({ ...(isObject(current) ? current : {}), [key]: 'unknown' });
  return [{ class: 'unknown-key', variant: key, value, reason: 'no further fields are allowed' }];
}

/** A key that the keys of a record must not be. */
export function recordKeys(wire: Of<'record'>): Defect[] {
  const bad = ['', 'Unknown key!', '0'].find((key) => !belongs(wire.key, key));
  if (bad === undefined) return [];
  const made = exampleOf(wire.value, { optional: 'present' });
  const value = (current: unknown) =>
    Object.fromEntries([...Object.entries(isObject(current) ? current : {}), [bad, made]]);
  return [{ class: 'record-key', variant: 'key', value, reason: `keys must be ${expectation(wire.key)}` }];
}
