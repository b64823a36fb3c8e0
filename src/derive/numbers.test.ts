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
