import { describe, expect, it } from 'vitest';
import { type ZodType, z } from 'zod';
import { contactIn, contactOut } from '../../contracts/chift/contact.js';
import { unprocessable } from '../../contracts/chift/error.js';
import { validatorOf } from './validator.js';

const told = (schema: ZodType, value: unknown) =>
  validatorOf(schema)
    .violations(value)
    .map(({ pointer, kind, rule, expected }) => [pointer, kind, rule, expected]);

describe('violations', () => {
  const contact = { id: '1', source_ref: {} };
  it.each<[string, ZodType, unknown, unknown[]]>([
    ['nothing in order', contactOut, contact, []],
    ['a missing field', contactOut, { id: '1' }, [['/source_ref', 'required', 'required', 'required']]],
    ['a type', contactOut, { ...contact, id: 1 }, [['/id', 'type', 'type string', 'string']]],
    ['a null', contactOut, { ...contact, id: null }, [['/id', 'null', 'type string', 'string']]],
    ['a type beside null, once', contactOut, { ...contact, vat: 7 }, [['/vat', 'type', 'type string|null', 'string']]],
    ['an enumeration', contactOut, { ...contact, gender: 'M' }, [['/gender', 'enum', 'enum H|F|N/A|null', 'enum']]],
    [
      'a type under an enumeration',
      contactOut,
      { ...contact, gender: 4 },
      [['/gender', 'type', 'type string|null', 'string']],
    ],
    ['a format', contactIn, { birthdate: '2023-02-29' }, [['/birthdate', 'format', 'format date', 'date']]],
    ['a type where a date is due', contactIn, { birthdate: 3 }, [['/birthdate', 'type', 'type string|null', 'date']]],
    [
      'a place deep inside',
      contactIn,
      { addresses: [{ address_type: 'main', street: 's', city: null, postal_code: 'p', country: 'c' }] },
      [['/addresses/0/city', 'null', 'type string', 'string']],
    ],
    ['the root', contactIn, [], [['', 'type', 'type object', 'object']]],
    [
      'an own __proto__ never counts as inherited',
      contactOut,
      JSON.parse('{"__proto__":{"id":"1","source_ref":{}}}'),
      [
        ['/id', 'required', 'required', 'required'],
        ['/source_ref', 'required', 'required', 'required'],
      ],
    ],
    [
      'the nearest branch of alternatives',
      unprocessable,
      { message: 'm', detail: [{ loc: ['body'], msg: 'm' }] },
      [['/detail/0/type', 'required', 'required', 'required']],
    ],
    ['no branch at all', z.union([z.string(), z.int()]), true, [['', 'type', 'type string|integer', 'string']]],
    [
      'what only zod refuses',
      z.iso.datetime(),
      '2026-01-01T00:00:00+01:00',
      [['', 'other', 'zod invalid_format', 'invalid_format']],
    ],
  ])('tell of %s', (_, schema, value, expected) => {
    expect(told(schema, value)).toEqual(expected);
    expect(validatorOf(schema).accepts(value)).toBe(expected.length === 0);
  });

  it('tell of all that is wrong, each place once', () => {
    expect(told(contactIn, { vat: 7, gender: 'M', birthdate: 'x' }).map(([pointer]) => pointer)).toEqual([
      '/vat',
      '/birthdate',
      '/gender',
    ]);
  });

  it('have the place of what only zod refuses', () => {
    const deep = z.looseObject({ a: z.array(z.looseObject({ 'b/c': z.iso.datetime() })) });
    expect(told(deep, { a: [{ 'b/c': '2026-01-01T00:00:00Z' }, { 'b/c': '2026-01-01T00:00:00+01:00' }] })).toEqual([
      ['/a/1/b~1c', 'other', 'zod invalid_format', 'invalid_format'],
    ]);
  });

  it('say it in one sentence with the value in it', () => {
    expect(validatorOf(contactIn).violations({ vat: 7 })[0]!.message).toBe('/vat is the number 7, not string or null');
  });
});

describe('a value is accepted', () => {
  it.each<[string, ZodType, readonly unknown[], readonly unknown[]]>([
    ['as a number that is finite', z.number(), [0, 1e300], [Number.NaN, Number.POSITIVE_INFINITY]],
    ['by both where the validators differ on steps', z.number().multipleOf(0.01), [0, 0.01], [0.07, 0.005]],
    ['by both where they differ on length', z.string().max(2), ['ab', 'é'], ['abc']],
    ['by a pattern in Unicode', z.string().regex(/^.$/u), ['a', '😀'], ['ab', '']],
    ['by its format', z.email(), ['a@b.co'], ['a', 'a@b']],
  ])('%s', (_, schema, good, bad) => {
    const { accepts, violations } = validatorOf(schema);
    expect([...good, ...bad].filter(accepts)).toEqual(good);
    for (const value of good) expect(violations(value)).toEqual([]);
    for (const value of bad) expect(violations(value).length).toBe(1);
  });

  it('by one validator for one schema', () => {
    expect(validatorOf(contactIn)).toBe(validatorOf(contactIn));
  });
});
