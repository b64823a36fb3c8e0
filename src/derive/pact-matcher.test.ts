import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toWire } from '../contract/wire.js';
import { pactMatcherOf } from './pact-matcher.js';

const match = (schema: z.ZodType, example: unknown) => pactMatcherOf(toWire(schema, 'schema'), example);
const rulesAt = (schema: z.ZodType, example: unknown, path = '$.a') => match(schema, example).rules[path];

describe('pactMatcherOf', () => {
  it.each<[string, z.ZodType, unknown, unknown]>([
    ['text', z.string(), 'x', [{ match: 'type' }]],
    ['a whole number from 1 on', z.int().min(1), 3, [{ match: 'integer' }, { match: 'regex', regex: '^[1-9][0-9]*$' }]],
    ['a number', z.number(), 1.5, [{ match: 'number' }]],
    ['a choice', z.enum(['a', 'N/A', 'b.c']), 'a', [{ match: 'type' }, { match: 'regex', regex: '^(?:a|N/A|b\\.c)$' }]],
    ['a list', z.array(z.string()).min(1).max(4), ['x'], [{ match: 'type', min: 1, max: 4 }]],
    ['null', z.null(), null, [{ match: 'null' }]],
  ])('says %s', (_, schema, example, matchers) => {
    expect(rulesAt(z.object({ a: schema }), { a: example })).toEqual({ combine: 'AND', matchers });
  });

  it('says null beside a scalar, with the expression that only texts can meet', () => {
    expect(rulesAt(z.object({ a: z.enum(['x', 'y']).nullable() }), { a: 'x' })).toEqual({
      combine: 'OR',
      matchers: [{ match: 'regex', regex: '^(?:x|y)$' }, { match: 'null' }],
    });
    expect(rulesAt(z.object({ a: z.string().max(5).nullable() }), { a: 'x' })).toEqual({
      combine: 'OR',
      matchers: [{ match: 'type' }, { match: 'null' }],
    });
  });

  it('says the forms of a union of scalars beside each other', () => {
    expect(rulesAt(z.array(z.union([z.string(), z.int()])), ['body'], '$[*]')).toEqual({
      combine: 'OR',
      matchers: [{ match: 'type' }, { match: 'integer' }],
    });
  });

  it('names what it cannot say', () => {
    const model = z.looseObject({
      id: z.string(),
      size: z.int().max(9),
      list: z.array(z.string()).nullish(),
      left: z.string().optional(),
      free: z.union([z.int(), z.unknown()]),
    });
    const { fidelity } = match(model, { id: 'x', size: 1, list: ['y'], free: 1 });
    expect(Object.fromEntries(fidelity.map(({ pointer, ...rest }) => [pointer, rest]))).toEqual({
      '': { level: 'exact', looser: [], stricter: [] },
      '/id': { level: 'exact', looser: [], stricter: [] },
      '/size': { level: 'weakened', looser: ['at most 9'], stricter: [] },
      '/list': { level: 'inexpressible', looser: [], stricter: ['absent', 'null'] },
      '/list/*': { level: 'exact', looser: [], stricter: [] },
      '/left': { level: 'unpinned', looser: ['not in the example'], stricter: [] },
      '/free': { level: 'inexpressible', looser: [], stricter: ['the other forms of the union'] },
    });
  });

  it('writes paths that Pact reads, whatever the key', () => {
    const model = z.object({ 'a b': z.string(), "it's": z.object({ 'x.y': z.int() }) });
    expect(Object.keys(match(model, { 'a b': '', "it's": { 'x.y': 1 } }).rules)).toEqual([
      "$['a b']",
      "$['it\\'s']['x.y']",
    ]);
  });

  it('refuses an example outside the model, and items that would ask for an order', () => {
    expect(() => match(z.object({ a: z.string() }), { a: 1 })).toThrow('must keep the model: {"a":1}');
    const items = z.object({ list: z.array(z.object({ a: z.int(), b: z.int().optional() })) });
    expect(() => match(items, { list: [{ a: 1 }, { a: 1, b: 2 }] })).toThrow('/list must all have the same keys');
  });
});
