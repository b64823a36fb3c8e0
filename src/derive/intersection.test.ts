import { expect, test } from 'vitest';
import { z } from 'zod';
import { toWire } from '../contract/wire.js';
import { arbitraryOf, valueAt } from './arbitrary.js';
import { edgePlan } from './edges.js';
import { mutationsOf } from './mutation.js';
import { validatorOf } from './validator.js';

const sides: readonly [string, z.ZodType, z.ZodType][] = [
  ['required on one side', z.looseObject({ a: z.string(), b: z.int() }), z.looseObject({ a: z.string().optional() })],
  ['closed on one side', z.strictObject({ a: z.string(), b: z.int().optional() }), z.looseObject({ a: z.string() })],
  ['narrower on one side', z.looseObject({ a: z.string() }), z.looseObject({ a: z.enum(['x', 'y']) })],
  [
    'a field that the other side forbids',
    z.strictObject({ a: z.int() }),
    z.looseObject({ a: z.int(), b: z.int().optional() }),
  ],
  ['open with a rest', z.object({ a: z.int() }).catchall(z.int()), z.looseObject({ b: z.int() })],
  [
    'three of them',
    z.intersection(z.looseObject({ a: z.int() }), z.looseObject({ b: z.int() })),
    z.looseObject({ c: z.int() }),
  ],
  ['closed on both sides', z.strictObject({ a: z.int() }), z.strictObject({ b: z.int().optional() })],
  ['closed beside a rest', z.strictObject({ a: z.int() }), z.object({ b: z.int() }).catchall(z.int())],
  ['no objects', z.union([z.int(), z.string()]), z.union([z.string(), z.boolean()])],
];

test.each(sides)('%s: values and edges inside, neighbours outside', (_, left, right) => {
  const schema = z.intersection(left, right);
  const wire = toWire(schema, 'schema');
  const { accepts } = validatorOf(schema);
  const values = Array.from({ length: 300 }, (_, index) => valueAt(arbitraryOf(wire), 1, 'both', index));
  expect(values.filter((value) => !accepts(value))).toEqual([]);
  expect(edgePlan(wire, { hostile: true }).filter(({ body }) => !accepts(body))).toEqual([]);
  const accepted = mutationsOf(wire).filter(({ apply }) => {
    const { body } = apply(values[0]);
    return body !== values[0] && accepts(body);
  });
  expect(accepted.map(({ id }) => id)).toEqual([]);
});

test('what one side requires is missed when it is missing', () => {
  const schema = z.intersection(z.looseObject({ a: z.string() }), z.looseObject({ a: z.string().optional() }));
  expect(mutationsOf(toWire(schema, 'schema')).map(({ id }) => id)).toContain('missing-required@/a#absent');
});
