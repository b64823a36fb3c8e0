import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Wire, WireFormat } from '../contract/wire.js';
import { belongs, daysIn, isDate, isObject, regexOf } from './membership.js';

type Kind<K extends Wire['kind']> = Extract<Wire, { kind: K }>;

const any: Wire = { kind: 'any' };
const text = (more: Partial<Kind<'string'>> = {}): Wire => ({
  kind: 'string',
  min: 0,
  max: undefined,
  patterns: [],
  format: undefined,
  ...more,
});
const number = (more: Partial<Kind<'number'>> = {}): Wire => ({
  kind: 'number',
  integer: false,
  min: undefined,
  max: undefined,
  exclusiveMin: false,
  exclusiveMax: false,
  multipleOf: undefined,
  ...more,
});
const list = (more: Partial<Kind<'array'>> = {}): Wire => ({
  kind: 'array',
  item: any,
  min: 0,
  max: undefined,
  ...more,
});
const object = (more: Partial<Kind<'object'>> = {}): Wire => ({ kind: 'object', fields: {}, rest: 'open', ...more });
const field = (wire: Wire, optional = false) => ({ wire, optional });
const inside = (wire: Wire, values: readonly unknown[]) => values.filter((value) => belongs(wire, value));

const samples = [undefined, null, true, 0, 1.5, '', 'a', [], [1], {}, { a: 1 }];

describe('a value belongs to a tree', () => {
  it.each<[Wire['kind'], Wire, readonly unknown[]]>([
    ['object', object(), [{}, { a: 1 }]],
    ['record', { kind: 'record', key: text(), value: any }, [{}, { a: 1 }]],
    ['tuple', { kind: 'tuple', items: [], rest: any }, [[], [1]]],
    ['array', list(), [[], [1]]],
    ['union', { kind: 'union', options: [text(), list()], discriminator: undefined }, ['', 'a', [], [1]]],
    ['intersection', { kind: 'intersection', left: text(), right: text({ min: 1 }) }, ['a']],
    ['enum', { kind: 'enum', values: ['a', true, 0] }, [true, 0, 'a']],
    ['string', text(), ['', 'a']],
    ['number', number(), [0, 1.5]],
    ['boolean', { kind: 'boolean' }, [true]],
    ['null', { kind: 'null' }, [null]],
    ['any', any, samples.slice(1)],
    ['lazy', { kind: 'lazy', id: 'x', target: () => text() }, ['', 'a']],
  ])('of the kind %s by its type, and null where it may be', (_, wire, values) => {
    const found = inside(wire, samples);
    expect(found).toEqual(values);
    expect(inside({ ...wire, nullable: true }, samples)).toEqual(
      samples.filter((each) => each === null || found.includes(each)),
    );
  });

  it('of an object by its fields and by what else there may be', () => {
    const fields = { a: field(text()), b: field(number(), true) };
    const values = [
      { a: 'x' },
      { a: 'x', b: 1 },
      { a: 'x', c: 'y' },
      { a: 'x', b: 1, c: 2 },
      { a: 1 },
      { b: 1 },
      { a: 'x', b: 'y' },
      {},
    ];
    expect(inside(object({ fields }), values)).toEqual(values.slice(0, 4));
    expect(inside(object({ fields, rest: 'closed' }), values)).toEqual(values.slice(0, 2));
    expect(inside(object({ fields, rest: text() }), values)).toEqual(values.slice(0, 3));
    expect(inside(object({ fields, rest: number() }), values)).toEqual([values[0], values[1], values[3]]);
    expect(inside(object({ fields: { toString: field(any) } }), [{}])).toEqual([]);
  });

  it('of a record by every key and every value, and by all keys of a list', () => {
    const record = (key: Wire, value: Wire): Wire => ({ kind: 'record', key, value });
    const values = [{}, { a: 1 }, { a: 1, 2: 2 }, { a: 1, 2: 2, c: 3 }, { a: 'x', 2: 2 }];
    expect(inside(record(text({ patterns: ['^[a2]$'] }), number()), values)).toEqual(values.slice(0, 3));
    expect(inside(record({ kind: 'enum', values: ['a', '2'] }, number()), values)).toEqual([values[2]]);
    expect(inside(record({ kind: 'enum', values: ['a'] }, number()), values)).toEqual([values[1]]);
    expect(belongs(record({ kind: 'enum', values: ['toString'] }, any), {})).toBe(false);
  });

  it('of a tuple by its items and by the rest of it', () => {
    const tuple = (rest?: Wire): Wire => ({ kind: 'tuple', items: [text(), number()], rest });
    const values = [['a', 1], ['a', 1, true], ['a', 1, true, false], ['a'], [], ['a', 'b'], [1, 1], ['a', 1, 2]];
    expect(inside(tuple(), values)).toEqual([values[0]]);
    expect(inside(tuple({ kind: 'boolean' }), values)).toEqual(values.slice(0, 3));
  });

  it('of a list by its length and by every item', () => {
    const values = [[], [1], [1, 2], [1, 2, 3], [1, 'a'], ['a', 1]];
    expect(inside(list({ item: number() }), values)).toEqual(values.slice(0, 4));
    expect(inside(list({ min: 1, max: 2 }), values)).toEqual([[1], [1, 2], [1, 'a'], ['a', 1]]);
    expect(inside(list({ min: 2 }), values)).toEqual(values.slice(2));
  });

  it('of two trees by both of them, of objects as of one', () => {
    const closed = (name: string) => object({ fields: { [name]: field(any) }, rest: 'closed' });
    const both: Wire = { kind: 'intersection', left: closed('a'), right: closed('b') };
    expect(inside(both, [{ a: 1, b: 2 }, { a: 1 }, { b: 2 }, { a: 1, b: 2, c: 3 }])).toEqual([{ a: 1, b: 2 }]);
    const texts: Wire = { kind: 'intersection', left: text({ min: 2 }), right: text({ max: 3 }) };
    expect(inside(texts, ['a', 'aa', 'aaa', 'aaaa'])).toEqual(['aa', 'aaa']);
  });

  it('only as an object that is neither null nor a list', () => {
    expect(samples.filter(isObject)).toEqual([{}, { a: 1 }]);
  });
});

describe('a text belongs', () => {
  it('by its length: at least so many characters, at most so many UTF-16 units', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '😀')), fc.nat(6), fc.nat(12), (characters, min, max) => {
        const value = characters.join('');
        expect(belongs(text({ min }), value)).toBe(characters.length >= min);
        expect(belongs(text({ max }), value)).toBe(value.length <= max);
      }),
      { seed: 51, numRuns: 300 },
    );
  });

  it('by all of its patterns, read as Unicode where they can be', () => {
    expect(inside(text({ patterns: ['^a', 'b$'] }), ['ab', 'a', 'b', 'axb'])).toEqual(['ab', 'axb']);
    expect(inside(text({ patterns: ['^.$'] }), ['a', '😀', 'ab'])).toEqual(['a', '😀']);
    expect(inside(text({ patterns: ['^a\\-b$'] }), ['a-b', 'a\\-b'])).toEqual(['a-b']);
    expect(regexOf('^.$')).toBe(regexOf('^.$'));
  });

  const formats: readonly [WireFormat, good: readonly string[], bad: readonly string[]][] = [
    ['date', ['2024-02-29'], ['2023-02-29', '2024-02-29T00:00:00Z', '']],
    [
      'date-time',
      ['2024-02-29T00:00:00Z', '2024-12-31T23:59:59Z', '2024-01-01T19:09:08.1Z', '0001-01-01T00:00:00.123456789Z'],
      [
        '2023-02-29T00:00:00Z',
        '2024-02-29',
        '2024-02-29T',
        '2024-02-29 00:00:00Z',
        '2024-02-29t00:00:00Z',
        '2024-02-29T00:00:00',
        '2024-02-29T00:00:00+00:00',
        '2024-02-29T24:00:00Z',
        '2024-02-29T30:00:00Z',
        '2024-02-29T00:60:00Z',
        '2024-02-29T00:00:60Z',
        '2024-02-29T0:00:00Z',
        '2024-02-29T00:0:00Z',
        '2024-02-29T00:00:0Z',
        '2024-02-29T00:00Z',
        '2024-02-29T00:00:00.Z',
        '2024-02-29T00:00:00.1234567890Z',
        '2024-02-29T00:00:00.xZ',
        '2024-02-29T00:00:0xZ',
        '2024-02-29T00:0x:00Z',
        '2024-02-29T0x:00:00Z',
        '2024-02-29T2x:00:00Z',
        '2024-02-29T00:00:00Zx',
        '2024-02-29T00:00:00ZTx',
        '2024-02-29xT00:00:00Z',
        'x2024-02-29T00:00:00Z',
      ],
    ],
    [
      'email',
      ['a@b.co', 'aB_1+c-d@x.org', 'a.b.cd@e.fr', 'a@b-c-1d.e2.com', 'A@B.CO', `${'a'.repeat(115)}@b.co`],
      [
        '',
        'a',
        '@b.co',
        'a@b',
        'a@.co',
        'a@b.c',
        'a@b.c1',
        'a@b.co.',
        'a@b..co',
        'a@-b.co',
        'a@b-.co',
        'a@b--c.co',
        'a@b_c.co',
        'a@b.c-o',
        '.a@b.co',
        'a.@b.co',
        'a..b@c.de',
        'a b@c.de',
        ' a@b.co',
        'a@b.co ',
        'a@b.co\n',
        'é@b.co',
        'a@é.co',
        'a@b@c.de',
        `${'a'.repeat(116)}@b.co`,
      ],
    ],
    [
      'uuid',
      [
        '00000000-0000-1000-8000-000000000000',
        '01234567-89ab-8cde-bf01-23456789ABCD',
        'ffffffff-ffff-4fff-9fff-ffffffffffff',
        'FFFFFFFF-FFFF-4FFF-AFFF-FFFFFFFFFFFF',
      ],
      [
        '00000000-0000-0000-8000-000000000000',
        '00000000-0000-9000-8000-000000000000',
        '00000000-0000-a000-8000-000000000000',
        '00000000-0000-4000-7000-000000000000',
        '00000000-0000-4000-c000-000000000000',
      ],
    ],
  ];

  it.each(formats)('to the format %s, or not', (format, good, bad) => {
    expect(inside(text({ format }), [...good, ...bad])).toEqual(good);
    expect(inside(text(), bad)).toEqual(bad);
  });

  it('to no UUID with a character more, a character less, or one that is no digit', () => {
    const uuid = '01234567-89ab-4cde-8f01-23456789abcd';
    for (let at = 0; at <= uuid.length; at++) {
      const [before, after] = [uuid.slice(0, at), uuid.slice(at)];
      const others = [
        `${before}0${after}`,
        `${before}${after.slice(1)}`,
        `${before}g${after.slice(1)}`,
        `${before}-${after}`,
      ];
      expect(inside(text({ format: 'uuid' }), others)).toEqual(at === uuid.length ? others.slice(1, 2) : []);
    }
  });
});

describe('a day', () => {
  it('is one of its month, in every year of four digits but 0000', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(0, 1, 4, 100, 400, 1900, 2000, 2100, 9999), fc.nat(9999)),
        fc.nat(13),
        fc.nat(32),
        (year, month, day) => {
          const digits = (value: number, width: number) => String(value).padStart(width, '0');
          const value = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
          const read = new Date(`${value}T00:00:00Z`);
          const exists = !Number.isNaN(read.getTime()) && read.toISOString().startsWith(value);
          expect(isDate(value)).toBe(exists && year > 0);
        },
      ),
      { seed: 52, numRuns: 2000 },
    );
  });

  it('is one of 28 to 31', () => {
    const lengths = (year: number) => Array.from({ length: 12 }, (_, month) => daysIn(year, month + 1));
    expect(lengths(2023)).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    expect([1900, 2000, 2023, 2024, 2100].map((year) => daysIn(year, 2))).toEqual([28, 29, 28, 29, 28]);
  });

  it.each([
    '2024-1-01',
    '2024-01-1',
    '024-01-01',
    '02024-01-01',
    '2024-01-010',
    'x2024-01-01',
    '2024-01-01x',
    '2024_01-01',
    'abcd-ef-gh',
  ])('is not %s', (value) => expect(isDate(value)).toBe(false));
});

describe('a number belongs', () => {
  it('within its bounds, with them or without', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3, max: 3 }), fc.boolean(), fc.boolean(), (bound, below, above) => {
        const values = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
        expect(inside(number({ min: bound, exclusiveMin: below }), values)).toEqual(
          values.filter((value) => value > bound || (value === bound && !below)),
        );
        expect(inside(number({ max: bound, exclusiveMax: above }), values)).toEqual(
          values.filter((value) => value < bound || (value === bound && !above)),
        );
      }),
      { seed: 53, numRuns: 50 },
    );
  });

  it('as a finite one, a whole one that a double holds, or a multiple', () => {
    const values = [0, -1.5, 0.75, 2 ** 53 - 1, 2 ** 53, 1e300, Number.NaN, Number.POSITIVE_INFINITY];
    expect(inside(number(), values)).toEqual(values.slice(0, 6));
    expect(inside(number({ integer: true }), values)).toEqual([0, 2 ** 53 - 1]);
    expect(inside(number({ multipleOf: 0.5 }), values)).toEqual([0, -1.5]);
    expect(inside(number({ multipleOf: 3 }), [0, 3, -3, 4, 1e300])).toEqual([0, 3, -3]);
  });
});
