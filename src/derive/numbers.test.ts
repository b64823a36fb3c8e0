import { expect, test } from 'vitest';
import { z } from 'zod';
import { toWire } from '../contract/wire.js';
import { Dice } from './dice.js';
import { belongs } from './membership.js';
import { type NumberWire, numberDraw, numberEdges } from './numbers.js';

const wireOf = (schema: z.ZodType) => toWire(schema, 'number') as NumberWire;
const named = (schema: z.ZodType) => Object.fromEntries(numberEdges(wireOf(schema)));

const schemas: readonly [string, z.ZodType, number][] = [
  ['any', z.number(), 500],
  ['whole', z.int(), 500],
  ['page', z.int().min(1).max(100), 60],
  ['open', z.number().gt(0).lt(1), 50],
  ['steps', z.number().multipleOf(0.01).min(0), 300],
  ['tens', z.int().multipleOf(10), 300],
  ['negative', z.int().max(-1), 300],
  ['one', z.int().min(7).max(7), 1],
  ['huge', z.number().min(1e12), 300],
];

test.each(schemas)('%s numbers stay inside and vary', (_, schema, kinds) => {
  const draw = numberDraw(wireOf(schema));
  const values = Array.from({ length: 2000 }, (_, seed) => draw(new Dice(seed, 5)));
  expect(values.filter((value) => !belongs(wireOf(schema), value) || Object.is(value, -0))).toEqual([]);
  expect(new Set(values).size).toBeGreaterThanOrEqual(kinds);
});

test('edges are named by what they are, each value once', () => {
  expect(named(z.int().min(1).max(100))).toEqual({ min: 1, max: 100 });
  expect(named(z.int().gt(1).lt(9))).toEqual({ min: 2, max: 8 });
  expect(named(z.number())).toMatchObject({ zero: 0, 'minus-one': -1, fraction: 0.1, tiny: 1e-7, huge: 1e300 });
  expect(named(z.int())).toMatchObject({ 'max-safe': 2 ** 53 - 1, 'min-safe': -(2 ** 53) + 1, 'above-int32': 2 ** 31 });
});

test.each<[string, z.ZodType, Record<string, number>]>([
  ['a half beside an open bound', z.number().gt(0).lt(2), { min: 0.5, max: 1.5, one: 1, fraction: 0.1, tiny: 1e-7 }],
  ['a step beside an open bound', z.number().multipleOf(0.25).gt(2).lt(3), { min: 2.25, max: 2.75 }],
  ['the bounds themselves', z.number().min(-2.5).max(-1.5), { min: -2.5, max: -1.5 }],
  ['one value, once', z.int().min(7).max(7), { min: 7 }],
  ['zero, whichever bound it is', z.int().min(0).max(3), { zero: 0, max: 3, one: 1 }],
])('edges are %s', (_, schema, edges) => {
  expect(named(schema)).toEqual(edges);
});

/** Drawn values that are no edge. */
function drawn(schema: z.ZodType, count = 4000): number[] {
  const edges = new Set(numberEdges(wireOf(schema)).map(([, value]) => value));
  const draw = numberDraw(wireOf(schema));
  return Array.from({ length: count }, (_, seed) => draw(new Dice(seed, 9))).filter((value) => !edges.has(value));
}
const share = (values: readonly number[], fits: (value: number) => boolean) =>
  values.filter(fits).length / values.length;

test.each<[string, z.ZodType, low: number, high: number, near: number]>([
  ['between both bounds', z.int().min(-1000).max(100_000), -1000, 100_000, 0],
  ['above zero', z.int().min(5000).max(1_000_000), 5000, 1_000_000, 5000],
  ['below zero', z.int().min(-1_000_000).max(-5000), -1_000_000, -5000, -5000],
  ['without bounds', z.int(), -1e9, 1e9, 0],
  ['without an upper bound', z.int().min(3e9), 3e9, 4e9, 3e9],
  ['without a lower bound', z.int().max(1e6), -1e9, 1e6, 0],
])('numbers %s are one in three close to zero, the others anywhere', (_, schema, low, high, near) => {
  const values = drawn(schema);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const range = high - low;
  expect([least >= low, most <= high]).toEqual([true, true]);
  expect([least - low < range / 50, high - most < range / 50]).toEqual([true, true]);
  const close = near === high ? 0 : share(values, (value) => value >= near && value <= near + 200);
  if (near !== high) expect(Math.abs(close - 1 / 3)).toBeLessThan(0.03);
  expect(Math.abs(share(values, (value) => value < low + range / 2) - expectedBelow(low, high, near))).toBeLessThan(
    0.04,
  );
});

/** One in three lies where the small ones lie, half of the others below the middle; the bound itself is an edge. */
function expectedBelow(low: number, high: number, near: number): number {
  if (near === high) return 1 / 2;
  return 1 / 3 + (near < (low + high) / 2 ? 1 / 3 : 0);
}

test('one number in four is an edge, each as likely as the others', () => {
  const edges = numberEdges(wireOf(z.int())).map(([, value]) => value);
  const draw = numberDraw(wireOf(z.int()));
  const values = Array.from({ length: 4000 }, (_, seed) => draw(new Dice(seed, 11)));
  for (const edge of edges.filter((value) => Math.abs(value) > 200))
    expect(Math.abs(share(values, (value) => value === edge) * 4 * edges.length - 1)).toBeLessThan(0.25);
});

test('numbers have the digits of their step and no more', () => {
  const digits = (schema: z.ZodType) =>
    Math.max(...drawn(schema, 400).map((value) => String(value).split('.')[1]?.length ?? 0));
  expect(digits(z.number().min(0).max(1))).toBe(2);
  expect(digits(z.number().multipleOf(0.001).min(0).max(1))).toBe(3);
  expect(digits(z.int())).toBe(0);
});

test.each([1e-7, 1e-10, 1e-99])('numbers may have a step as small as %d', (step) => {
  const values = drawn(
    z
      .number()
      .multipleOf(step)
      .min(0)
      .max(1000 * step),
    400,
  );
  expect(values.every((value) => Number.isSafeInteger(value / step) && value >= 0 && value <= 1000 * step)).toBe(true);
  expect(new Set(values).size).toBeGreaterThan(100);
});

test.each([
  [z.number().gt(0).lt(0.001), 0, 0.001],
  [z.number().gt(0.2).lt(0.4), 0.2, 0.4],
  [z.number().gt(0.201).lt(0.209), 0.201, 0.209],
])('where a step or an edge leads outside there is another number', (schema, above, below) => {
  const draw = numberDraw(wireOf(schema));
  const values = Array.from({ length: 200 }, (_, seed) => draw(new Dice(seed, 13)));
  expect(values.every((value) => value > above && value < below)).toBe(true);
});

test('numbers go no further than whole numbers that a double holds', () => {
  const values = drawn(z.number().min(-1e300).max(1e300));
  expect(values.every((value) => Math.abs(value) <= Number.MAX_SAFE_INTEGER)).toBe(true);
  expect([Math.min(...values) < -(2 ** 52), Math.max(...values) > 2 ** 52]).toEqual([true, true]);
});
