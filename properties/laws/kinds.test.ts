import { describe, expect, it, test } from 'vitest';
import { type ZodType, z } from 'zod';
import { toWire } from '../../src/contract/wire.js';
import { arbitraryOf, valueAt } from '../../src/derive/arbitrary.js';
import { belongs } from '../../src/derive/membership.js';
import { HarnessError } from '../../src/errors.js';
import { supported } from './supported-kinds.js';
import { unsupported } from './unsupported-kinds.js';

/** Values of each schema; 1,000 where there is time. */
const values = process.env['LAW_RUNS'] === undefined ? 100 : 1000;

test('there are 80 schemas or more, and every kind of zod is either supported or refused', () => {
  expect(supported.length).toBeGreaterThanOrEqual(80);
  const kinds = new Set([...supported, ...unsupported].flatMap(([, schema]) => kindsIn(schema)));
  expect(allKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
});

describe('values of every supported kind are inside the schema', () => {
  it.each(supported)('%s', (name, schema) => {
    const wire = toWire(schema, name);
    const arbitrary = arbitraryOf(wire);
    for (let index = 0; index < values; index++) {
      const value = valueAt(arbitrary, 1, name, index);
      if (!schema.safeParse(value).success || !belongs(wire, value)) expect.fail(JSON.stringify(value));
    }
  });
});

describe('what JSON cannot say is refused with its path', () => {
  it.each(unsupported)('%s', (_, schema) => {
    const inside = z.object({ at: z.array(schema) });
    let refusal: unknown;
    try {
      toWire(inside, 'model');
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(HarnessError);
    const { code, message, hint } = refusal as HarnessError;
    expect(code).toBe('usage');
    expect(message).toMatch(/^model at \/at\/\*(\/\S*)?: .+ cannot be part of a contract$/);
    expect(hint).toBeTruthy();
  });
});

/** Every `type` that a definition of zod 4 can have. */
const allKinds = [
  ...['string', 'number', 'int', 'boolean', 'bigint', 'symbol', 'undefined', 'null', 'any', 'unknown', 'never', 'void'],
  ...['date', 'array', 'object', 'union', 'intersection', 'tuple', 'record', 'map', 'set', 'enum', 'literal', 'file'],
  ...['transform', 'optional', 'nullable', 'default', 'prefault', 'nonoptional', 'success', 'catch', 'nan', 'pipe'],
  ...['readonly', 'template_literal', 'promise', 'lazy', 'function', 'custom'],
].filter((kind) => kind !== 'int');

/** The kinds that a schema is made of, itself first. */
function kindsIn(schema: ZodType): string[] {
  const { type, innerType, shape } = schema._zod.def as unknown as {
    type: string;
    innerType?: ZodType;
    shape?: Record<string, ZodType>;
  };
  const inner = [...(innerType ? [innerType] : []), ...Object.values(shape ?? {})];
  return [type, ...inner.flatMap((each) => (each === schema ? [] : [each._zod.def.type]))];
}
