import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { toWire } from '../contract/wire.js';
import { belongs, isDate } from './membership.js';
import { isPlain } from './plain-value.js';
import { validatorOf } from './validator.js';

/** Each with values near its border. */
const nearby: readonly [name: string, schema: z.ZodType, values: fc.Arbitrary<unknown>][] = [
  ['date', z.iso.date(), fc.stringMatching(/^[0-9]{4}-[01][0-9]-[0-3][0-9]$/)],
  [
    'date-time',
    z.iso.datetime(),
    fc.stringMatching(/^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{1,4})?Z?$/),
  ],
  ['email', z.email(), fc.stringMatching(/^[a-c.+_-]{0,4}@?[a-c.-]{0,5}(\.(com|x))?$/)],
  ['uuid', z.uuid(), fc.stringMatching(/^[0-9a-g]{8}-[0-9a-f]{4}-[0-9][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/)],
  [
    'length',
    z.string().min(2).max(4),
    fc.string({ unit: 'binary', maxLength: 6 }).filter((text) => text.isWellFormed()),
  ],
  ['pattern', z.string().regex(/^[A-Z]{2}\d+$/), fc.stringMatching(/^[A-Za]{1,3}[0-9]{0,2}$/)],
  ['integer', z.int().min(-3).max(3), fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double())],
  ['open bounds', z.number().gt(0).lt(1), fc.oneof(fc.constantFrom(0, 1), fc.double({ min: -0.5, max: 1.5 }))],
  ['steps', z.number().multipleOf(0.25), fc.integer({ min: -40, max: 40 }).map((value) => value / 8)],
  ['enum', z.enum(['H', 'F', 'N/A']).nullable(), fc.constantFrom('H', 'h', '', 'N/A', null, 1)],
  ['list', z.array(z.int()).min(1).max(2), fc.array(fc.constantFrom<unknown>(1, 'x'), { maxLength: 4 })],
  [
    'tuple',
    z.tuple([z.string(), z.int()], z.boolean()),
    fc.array(fc.constantFrom<unknown>('a', 1, true), { maxLength: 4 }),
  ],
  [
    'record',
    z.record(z.string().regex(/^k/), z.int()),
    fc.dictionary(fc.constantFrom('k', 'kk', 'x'), fc.constantFrom<unknown>(1, 'a')),
  ],
  [
    'closed object',
    z.strictObject({ a: z.int(), b: z.int().optional() }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom<unknown>(1, null)),
  ],
  [
    'object with a rest',
    z.object({ a: z.int() }).catchall(z.string()),
    fc.dictionary(fc.constantFrom('a', 'c'), fc.constantFrom<unknown>(1, 'x')),
  ],
  [
    'union',
    z.union([z.int(), z.array(z.int())]),
    fc.oneof(fc.integer(), fc.array(fc.constantFrom<unknown>(1, 'x'), { maxLength: 3 })),
  ],
  [
    'intersection',
    z.intersection(z.looseObject({ a: z.int() }), z.looseObject({ b: z.int() })),
    fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom<unknown>(1, 'x')),
  ],
];

test.each(nearby)('what belongs to a %s is accepted by zod and ajv', (_, schema, values) => {
  const wire = toWire(schema, 'schema');
  let inside = 0;
  fc.assert(
    fc.property(values, (value) => {
      if (!belongs(wire, value)) return true;
      inside++;
      return validatorOf(schema).accepts(value);
    }),
    { seed: 8, numRuns: 1000 },
  );
  expect(inside).toBeGreaterThan(0);
});

test.each(nearby)('what is plainly a %s is accepted by zod and ajv', (_, schema, values) => {
  let plain = 0;
  fc.assert(
    fc.property(values, (value) => {
      if (!isPlain(schema, value)) return true;
      plain++;
      return validatorOf(schema).accepts(value);
    }),
    { seed: 10, numRuns: 1000 },
  );
  expect(plain).toBeGreaterThan(0);
});

/** Formats and lengths are read more narrowly than by both validators; everything else exactly. */
const exact = nearby.filter(([name]) => !['date-time', 'email', 'length', 'uuid'].includes(name));

test.each(exact)('what both accept belongs to a %s', (_, schema, values) => {
  const wire = toWire(schema, 'schema');
  fc.assert(
    fc.property(values, (value) => belongs(wire, value) || !validatorOf(schema).accepts(value)),
    { seed: 9, numRuns: 1000 },
  );
});

test('days are those of the Gregorian calendar from year 1', () => {
  const days = ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31', '2023-04-30'];
  const none = [
    '2023-02-29',
    '1900-02-29',
    '2100-02-29',
    '0000-01-01',
    '2024-13-01',
    '2024-00-01',
    '2024-04-31',
    '2024-06-31',
    '2024-09-31',
    '2024-11-31',
    '2024-1-1',
    '24-01-01',
    ' 2024-01-01',
    '2024-01-01T00:00:00',
  ];
  expect(days.filter((day) => !isDate(day))).toEqual([]);
  expect(none.filter(isDate)).toEqual([]);
});
