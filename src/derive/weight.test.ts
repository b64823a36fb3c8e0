import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contactIn } from '../../contracts/chift/index.js';
import { toWire, type Wire } from '../contract/wire.js';
import { arbitraryOf, valueAt } from './arbitrary.js';
import { minimalOf } from './minimal.js';
import { fieldWire, isLighter, itemWire, weightOf } from './weight.js';

const any = toWire(z.unknown(), 'any');
const wireOf = (schema: z.ZodType) => toWire(schema, 'schema');
const weigh = (schema: z.ZodType, value: unknown) => {
  const { bulk, fine } = weightOf(wireOf(schema), value);
  return [bulk, fine];
};

describe('the order of weights', () => {
  const weight = fc.record({ bulk: fc.nat(3), fine: fc.nat(3) });

  it('is one by bulk, then by fine, in which nothing is lighter than itself', () => {
    fc.assert(
      fc.property(weight, weight, (one, other) => {
        const place = ({ bulk, fine }: typeof one) => bulk * 10 + fine;
        expect(isLighter(one, other)).toBe(place(one) < place(other));
        expect(isLighter(one, one)).toBe(false);
      }),
      { seed: 61, numRuns: 200 },
    );
  });

  it('puts a value before what holds it, and the simplest before all', () => {
    const bodies = arbitraryOf(wireOf(contactIn));
    for (let index = 0; index < 200; index++) {
      const value = valueAt(bodies, 5, 'weight', index);
      expect(isLighter(weightOf(any, value), weightOf(any, [value]))).toBe(true);
      expect(isLighter(weightOf(any, value), weightOf(any, { value }))).toBe(true);
      expect(
        isLighter(weightOf(wireOf(contactIn), value), weightOf(wireOf(contactIn), minimalOf(wireOf(contactIn)))),
      ).toBe(false);
    }
  });
});

describe('a weight', () => {
  const tree = z.object({
    value: z.int(),
    get next() {
      return tree.optional();
    },
  });
  const date = z.iso.date();
  const time = z.iso.datetime();
  const tuple = z.tuple([z.int().min(5)], z.int().min(7));
  const choice = z.union([z.int().min(5), z.string(), z.array(z.int())]);
  const both = z.intersection(z.object({ a: z.int().min(5) }), z.object({ b: z.int().min(7) }));

  it.each<[string, z.ZodType, unknown, [bulk: number, fine: number]]>([
    ['nothing', z.string(), null, [0, 0]],
    ['nothing that is not there', z.string(), undefined, [0, 0]],
    ['false', z.boolean(), false, [1, 0]],
    ['true', z.boolean(), true, [2, 0]],
    ['an empty text', z.string(), '', [1, 0]],
    ['a plain character', z.string(), 'a', [5, 0]],
    ['other plain characters', z.string(), 'bz09', [21, 0]],
    ['printed characters', z.string(), ' `A/:{~', [43, 0]],
    ['odd characters', z.string(), '\u001f\u007fé', [22, 0]],
    ['a pair of surrogates', z.string(), '😀', [15, 0]],
    ['an email, which has no parts', z.email(), 'aa', [9, 0]],
    ['the simplest day', date, '2000-01-01', [1, 0]],
    ['another year', date, '2001-01-01', [2, 0]],
    ['another month and day', date, '2000-02-02', [3, 0]],
    ['another day altogether', date.nullable(), '1999-12-31', [4, 0]],
    ['the simplest time', time, '2000-01-01T00:00:00Z', [1, 0]],
    ['another hour', time, '2000-01-01T01:00:00Z', [2, 0]],
    ['another time', time, '1999-12-31T23:59:58Z', [7, 0]],
    ['a UUID', z.uuid(), '00000000-0000-4000-8000-000000000001', [2, 0]],
    ['zero', z.int(), 0, [1, 0]],
    ['one', z.int(), 1, [3, 1]],
    ['minus one', z.int(), -1, [4, 1]],
    ['three', z.int(), 3, [4, 3]],
    ['four', z.int(), 4, [5, 4]],
    ['a fraction', z.number(), 0.5, [67, 1]],
    ['a negative fraction', z.number(), -2.5, [69, 3]],
    ['a huge number', z.number(), 1e300, [999, 2 ** 40]],
    ['the largest number', z.number(), -Number.MAX_VALUE, [1027, 2 ** 40]],
    ['a bound', z.int().min(5), 5, [1, 0]],
    ['a number beside a bound', z.int().min(5).nullable(), 6, [3, 1]],
    ['a number where text is due', z.string(), 2, [4, 2]],
    ['a number where longer text is due', z.string().min(3), 2, [4, 2]],
    ['zero where the simplest is below', z.int().max(-5), 0, [5, 5]],
    ['text where a number is due', z.int(), 'a', [5, 0]],
    ['the first of a list', z.enum(['x', 'yy']), 'x', [1, 0]],
    ['the second of a list', z.enum(['x', 'yy']), 'yy', [2, 0]],
    ['none of a list', z.enum(['x', 'yy']), 'zzz', [1, 0]],
    ['an empty list', z.array(z.int()), [], [1, 0]],
    ['a list of the simplest', z.array(z.int().min(5)), [5, 5], [5, 0]],
    ['a list of others', z.array(z.int().min(5)), [6, 7], [10, 3]],
    ['an empty object', z.looseObject({}), {}, [1, 0]],
    ['an object', z.looseObject({ a: z.int().min(5) }), { a: 5, b: 5 }, [9, 5]],
    ['an object of an object', z.looseObject({ a: z.looseObject({}) }), { a: {} }, [3, 0]],
    ['an object with a rest', z.object({}).catchall(z.int().min(5)), { b: 5 }, [3, 0]],
    ['a record', z.record(z.string(), z.int().min(5)), { b: 5, c: 6 }, [7, 1]],
    ['a tuple and its rest', tuple, [5, 7, 7], [7, 0]],
    ['a tuple without a rest', z.tuple([z.int().min(5)]), [5, 7], [9, 7]],
    ['a list where an object is due', z.looseObject({ 0: z.int().min(5) }), [5], [7, 5]],
    ['an object where a list is due', z.array(z.int().min(5)), { a: 5 }, [7, 5]],
    ['the first alternative', choice, 6, [3, 1]],
    ['the second alternative', choice, 'a', [6, 0]],
    ['the third alternative', choice, [1], [7, 1]],
    ['no alternative', choice, { a: 5 }, [7, 5]],
    ['two objects in one', both, { a: 5, b: 7 }, [5, 0]],
    ['two trees', z.intersection(z.int().min(5), z.int().min(3)), 6, [3, 1]],
    ['a recursive place', tree, { value: 1, next: { value: 1 } }, [11, 2]],
  ])('of %s', (_, schema, value, weight) => {
    expect(weigh(schema, value)).toEqual(weight);
  });
});

describe('the tree of what a value holds', () => {
  const int: Wire = wireOf(z.int());
  const text: Wire = wireOf(z.string());

  it('is that of an item', () => {
    expect([0, 9].map((at) => itemWire(wireOf(z.array(z.int())), at))).toEqual([int, int]);
    expect([0, 1].map((at) => itemWire(wireOf(z.tuple([z.int()], z.string())), at))).toEqual([int, text]);
    expect([0, 1].map((at) => itemWire(wireOf(z.tuple([z.int()])), at))).toEqual([int, any]);
    expect(itemWire(text, 0)).toEqual(any);
  });

  it('is that of a key', () => {
    expect(fieldWire(wireOf(z.record(z.string(), z.int())), 'x')).toEqual(int);
    expect(['a', 'x'].map((key) => fieldWire(wireOf(z.looseObject({ a: z.int() })), key))).toEqual([int, any]);
    expect(['a', 'x'].map((key) => fieldWire(wireOf(z.strictObject({ a: z.int() })), key))).toEqual([int, any]);
    expect(['a', 'x'].map((key) => fieldWire(wireOf(z.object({ a: z.int() }).catchall(z.string())), key))).toEqual([
      int,
      text,
    ]);
    expect(fieldWire(wireOf(z.looseObject({})), 'toString')).toEqual(any);
    expect(fieldWire(text, 'length')).toEqual(any);
  });
});
