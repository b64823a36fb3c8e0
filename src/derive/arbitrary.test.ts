import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { toWire } from '../contract/wire.js';
import { HarnessError } from '../errors.js';
import { arbitraryOf, valueAt } from './arbitrary.js';

const of = (schema: z.ZodType) => arbitraryOf(toWire(schema, 'schema'));

function thrown(action: () => unknown): HarnessError {
  try {
    action();
  } catch (error) {
    if (error instanceof HarnessError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

test('every value is fresh: changing one changes no later one', () => {
  const values = of(z.looseObject({ any: z.unknown(), list: z.array(z.object({ a: z.string() })) }));
  const texts = () => Array.from({ length: 200 }, (_, index) => JSON.stringify(valueAt(values, 1, 'x', index)));
  const before = texts();
  for (let index = 0; index < 200; index++) spoil(valueAt(values, 1, 'x', index));
  expect(texts()).toEqual(before);
});

function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const each of Object.values(value)) spoil(each);
  Object.assign(value, { spoiled: true, 0: 'spoiled' });
}

test('a schema that is recursive without an end is refused, one with an end is not', () => {
  const endless = z.object({
    get next() {
      return endless;
    },
  });
  expect(thrown(() => of(endless))).toMatchObject({
    code: 'usage',
    message: expect.stringContaining('recursive without an end'),
  });
  const chain = z.object({
    get next() {
      return chain.nullable();
    },
  });
  for (const value of fc.sample(of(chain), { numRuns: 200, seed: 1 }))
    expect(JSON.stringify(value).length).toBeLessThan(200);
});

test('patterns and sides that contradict each other are refused with a hint', () => {
  const pattern = toWire(
    z
      .string()
      .regex(/^a{5,}$/)
      .max(3),
    'text',
  );
  expect(thrown(() => arbitraryOf(pattern)).hint).toContain('contradict');
  expect(thrown(() => of(z.string().regex(/^(?=.*\d)[a-z]+$/))).message).toContain('no strings can be made for');
});

test('fast-check takes bodies of elsewhere as starting points for shrinking', () => {
  const bodies = of(z.looseObject({ name: z.string().nullish() }));
  expect(bodies.canShrinkWithoutContext({ name: 'recorded', more: 1 })).toBe(true);
  expect(bodies.canShrinkWithoutContext({ name: 1 })).toBe(false);
  expect([...bodies.shrink({ name: 'x' }, undefined)].map(({ value }) => value)[0]).toEqual({});
});
