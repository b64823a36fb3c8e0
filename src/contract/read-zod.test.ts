import { describe, expect, it } from 'vitest';
import { type ZodType, z } from 'zod';
import { HarnessError } from '../errors.js';
import { toWire, type Wire } from './wire.js';

const text: Wire = { kind: 'string', min: 0, max: undefined, patterns: [], format: undefined };
const integer: Wire = {
  kind: 'number',
  integer: true,
  min: undefined,
  max: undefined,
  exclusiveMin: false,
  exclusiveMax: false,
  multipleOf: undefined,
};

describe('what a schema says about JSON', () => {
  it.each<[string, ZodType, Wire]>([
    ['a nullable string', z.string().nullable(), { ...text, nullable: true }],
    ['lengths, however often they are narrowed', z.string().min(2).min(1).max(9), { ...text, min: 2, max: 9 }],
    ['patterns side by side', z.string().regex(/^a/).startsWith('ab'), { ...text, patterns: ['^a', '^ab.*'] }],
    ['a format', z.iso.date(), { ...text, format: 'date' }],
    ['a format under a pattern of its own', z.email({ pattern: /^a@b\.c$/ }), { ...text, patterns: ['^a@b\\.c$'] }],
    [
      'bounds',
      z.int().gt(3).lt(9).multipleOf(2),
      { ...integer, min: 3, max: 9, exclusiveMin: true, exclusiveMax: true, multipleOf: 2 },
    ],
    ['the tighter bound', z.int32().min(5), { ...integer, min: 5, max: 2 ** 31 - 1 }],
    ['an enumeration with null', z.literal(['a', 1, null]), { kind: 'enum', values: ['a', 1], nullable: true }],
    ['a union with null', z.union([z.string(), z.null()]), { ...text, nullable: true }],
    ['lists', z.array(z.boolean()).min(1).max(3), { kind: 'array', item: { kind: 'boolean' }, min: 1, max: 3 }],
    [
      'tuples',
      z.tuple([z.boolean()], z.null()),
      { kind: 'tuple', items: [{ kind: 'boolean' }], rest: { kind: 'null' } },
    ],
    ['maps', z.record(z.string(), z.boolean()), { kind: 'record', key: text, value: { kind: 'boolean' } }],
  ])('reads %s', (_, schema, wire) => {
    expect(toWire(schema, 'test')).toEqual(wire);
  });

  it('reads what may be left out, and what stands for it', () => {
    const schema = z.object({
      plain: z.boolean(),
      maybe: z.boolean().nullish(),
      counted: z.boolean().default(true),
      documented: z.boolean().optional().meta({ default: false }),
      needed: z.boolean().optional().nonoptional(),
    });
    expect(toWire(schema, 'test')).toEqual({
      kind: 'object',
      rest: 'open',
      fields: {
        plain: { wire: { kind: 'boolean' }, optional: false },
        maybe: { wire: { kind: 'boolean', nullable: true }, optional: true },
        counted: { wire: { kind: 'boolean' }, optional: true, fallback: true },
        documented: { wire: { kind: 'boolean' }, optional: true, fallback: false },
        needed: { wire: { kind: 'boolean' }, optional: false },
      },
    });
  });

  it('reads a record over an enumeration as the closed object it is', () => {
    const field = { wire: { kind: 'boolean' }, optional: false };
    expect(toWire(z.record(z.enum(['a', 'b']), z.boolean()), 'test')).toEqual({
      kind: 'object',
      fields: { a: field, b: field },
      rest: 'closed',
    });
    expect(toWire(z.partialRecord(z.enum(['a']), z.boolean()), 'test')).toEqual({
      kind: 'object',
      fields: { a: { ...field, optional: true } },
      rest: 'closed',
    });
  });

  it('keeps what is said about a place, the outer words before the inner', () => {
    const schema = z
      .string()
      .meta({ domain: 'vat', title: 'inner' })
      .nullish()
      .meta({ title: 'outer', source: 'page 3', other: 1 });
    expect(toWire(z.object({ a: schema }), 'test')).toMatchObject({
      fields: { a: { wire: { note: { domain: 'vat', title: 'outer', source: 'page 3' } } } },
    });
  });

  it('follows a schema that contains itself', () => {
    const node = z.object({
      get children() {
        return z.array(node).nullish();
      },
    });
    const wire = toWire(node, 'tree') as Extract<Wire, { kind: 'object' }>;
    const item = (wire.fields['children']!.wire as Extract<Wire, { kind: 'array' }>).item;
    expect(item.kind === 'lazy' && item.target()).toBe(wire);
  });

  it.each<[string, ZodType, string]>([
    ['a date', z.object({ at: z.date() }), 'test at /at: z.date'],
    ['a bigint', z.array(z.bigint()), 'test at /*: z.bigint'],
    ['a transform', z.object({ a: z.object({ b: z.string().transform(Number) }) }), 'test at /a/b: z.pipe'],
    ['a refinement', z.object({ a: z.string().refine(Boolean) }), 'test at /a: a refinement'],
    ['a refinement of an object', z.object({}).refine(Boolean), 'test: a check on object (custom)'],
    ['coercion', z.object({ a: z.coerce.number() }), 'test at /a: coercion'],
    ['a format on which validators disagree', z.object({ a: z.url() }), 'test at /a: the format url'],
    ['a rewriting check', z.string().trim(), 'test: a check that rewrites'],
    ['pattern flags', z.string().regex(/a/i), 'test: the flags of /a/i'],
    ['an item that may be left out', z.array(z.string().optional()), 'test at /*: an optional schema'],
    ['an optional root', z.string().optional(), 'test: an optional schema'],
    ['a literal outside JSON', z.literal(undefined), 'test: the literal undefined'],
    [
      'a length that nothing has',
      z.object({ a: z.string().min(5).max(2) }),
      'test at /a: a length of at least 5 and at most 2',
    ],
    ['two lengths', z.string().min(7).length(5), 'test: a length of at least 7 and at most 5'],
    ['a list that is too long and too short', z.array(z.int()).min(3).max(1), 'test: a length of at least 3'],
    [
      'a tower',
      Array.from({ length: 5000 }).reduce<ZodType>((a) => z.object({ a }), z.string()),
      'test: a schema of more',
    ],
    ['a bound that is no number', z.number().min(Number.NaN), 'test: the bound or step NaN'],
    ['a bound without an end', z.number().max(Number.POSITIVE_INFINITY), 'test: the bound or step Infinity'],
    ['a step of nothing', z.number().multipleOf(0), 'test: the bound or step 0'],
    ['a length without an end', z.string().max(Number.POSITIVE_INFINITY), 'test: a length of Infinity'],
    ['half a length', z.array(z.int()).min(1.5), 'test: a length of 1.5'],
    ['a text that is too long to be made', z.string().length(5_000_000), 'test: a length of at least 5000000'],
    ['a number from above to below', z.int().min(5).max(1), 'test: a number from 5 to 1'],
    ['a number between itself', z.number().gt(1).lt(1), 'test: a number from 1 to 1'],
    ['a last item of any kind before others', z.tuple([z.any()], z.string()), 'test at /0: a last item that may be'],
    ['a choice of nothing', z.enum([] as never), 'test: a choice of nothing'],
    ['a union of nothing', z.union([] as never), 'test: a union of nothing'],
    ['z.never', z.object({ a: z.never() }), 'test at /a: z.never'],
    ['z.catch, which accepts anything', z.object({ a: z.string().catch('') }), 'test at /a: z.catch'],
  ])('refuses %s and says where', (_, schema, message) => {
    expect(() => toWire(schema, 'test')).toThrow(HarnessError);
    expect(() => toWire(schema, 'test')).toThrow(message);
  });
});
