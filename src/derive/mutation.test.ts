import { expect, test } from 'vitest';
import { z } from 'zod';
import { contactIn, contract } from '../../contracts/chift/index.js';
import { toWire } from '../contract/wire.js';
import { atPointer, readJson } from '../exchange/json.js';
import { arbitraryOf, valueAt } from './arbitrary.js';
import { exampleOf } from './example.js';
import { mutationsOf } from './mutation.js';
import { validatorOf } from './validator.js';

const wire = toWire(contactIn, 'contact');
const mutations = mutationsOf(wire);
const validator = validatorOf(contactIn);
const example = exampleOf(wire, { optional: 'present' });
const bases = [
  example,
  {},
  { addresses: null, gender: null },
  { addresses: [] },
  { x_unknown: 1, addresses: [exampleAddress(), exampleAddress(), exampleAddress()] },
  ...Array.from({ length: 8 }, (_, index) => valueAt(arbitraryOf(wire), 11, 'bases', index)),
];
const isEnvelope = (name: string) => /json|body|content-type/.test(name);
const inValue = mutations.filter((each) => !isEnvelope(each.class));

function exampleAddress() {
  return { address_type: 'main', street: 's', city: 'c', postal_code: '1', country: 'BE' };
}

const mutationById = (id: string) => {
  const found = mutations.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no mutation ${id}`);
  return found;
};

test('ids are unique and say class, place and variant', () => {
  expect(new Set(mutations.map(({ id }) => id)).size).toBe(mutations.length);
  for (const each of mutations) expect(each.id.startsWith(`${each.class}@${each.pointer}#`)).toBe(true);
  expect(mutationsOf(wire).map(({ id }) => id)).toEqual(mutations.map(({ id }) => id));
});

test('each value is refused, whatever valid body it is made of, and the base is left alone', () => {
  for (const base of bases) {
    const before = JSON.stringify(base);
    for (const mutation of inValue) {
      const { body, text, contentType } = mutation.apply(base);
      if (validator.accepts(body)) expect.fail(`${mutation.id} is accepted: ${text}`);
      expect(JSON.parse(text)).toEqual(body);
      expect(contentType).toBe('application/json');
    }
    expect(JSON.stringify(base)).toBe(before);
  }
});

test('one defect each, at the place it names', () => {
  for (const base of bases)
    for (const mutation of inValue) {
      const violations = validator.violations(mutation.apply(base).body);
      const places = new Set(violations.map(({ pointer }) => pointer));
      if (mutation.class === 'object-instead-of-list' || mutation.pointer === '') continue;
      expect([mutation.id, [...places]]).toEqual([mutation.id, [mutation.pointer]]);
    }
});

test('every class that a parser can get wrong is there', () => {
  const classes = new Set(mutations.map((each) => each.class));
  expect([...classes].sort()).toEqual([
    'array-item-type',
    'coercible-boolean',
    'coercible-content-type',
    'coercible-date',
    'content-type',
    'empty-body',
    'enum-case',
    'enum-unknown',
    'format-date',
    'list-instead-of-object',
    'malformed-json',
    'missing-required',
    'null-where-not-nullable',
    'object-instead-of-list',
    'root-type',
    'type-array',
    'type-boolean',
    'type-enum',
    'type-string',
  ]);
  const groups = new Set(mutations.map((each) => `${each.class} ${each.pointer.replace(/\/\d+/, '/*')}`));
  expect(groups.size).toBeLessThanOrEqual(90);
  const places = new Set(inValue.map(({ pointer }) => pointer));
  for (const key of Object.keys(contactIn.shape)) expect(places).toContain(`/${key}`);
  for (const key of Object.keys(exampleAddress())) expect(places).toContain(`/addresses/1/${key}`);
});

test('defects of the contact as people meet them', () => {
  const texts = (id: string) => JSON.parse(mutationById(id).apply({}).text);
  expect(texts('format-date@/birthdate#february-30')).toEqual({ birthdate: '2024-02-30' });
  expect(texts('coercible-boolean@/is_company#text-true')).toEqual({ is_company: 'true' });
  expect(texts('enum-case@/gender#value-1')).toEqual({ gender: 'h' });
  expect(texts('root-type@#wrapped')).toEqual([{}]);
  expect(texts('object-instead-of-list@/addresses#empty-object')).toEqual({ addresses: {} });
  expect(texts('missing-required@/addresses/1/city#absent').addresses.map(Object.keys)).toEqual([
    expect.arrayContaining(['city']),
    expect.not.arrayContaining(['city']),
  ]);
});

test('what the provider’s parser is known to convert is a class of its own', () => {
  for (const mutation of inValue) {
    const { body } = mutation.apply(example);
    const converted = validator
      .violations(body)
      .map(({ expected, pointer }) => contract.provider.coercible(expected, atPointer(body, pointer)));
    expect([mutation.id, converted.every(Boolean)]).toEqual([mutation.id, mutation.class.startsWith('coercible-')]);
  }
  expect(mutations.filter((each) => each.class === 'format-date')).toHaveLength(15);
  expect(mutations.filter((each) => each.class.startsWith('coercible-'))).toHaveLength(4 * 7 + 4 + 1);
});

test('text that is said to be no JSON is none for a strict reader, from any base', () => {
  const malformed = mutations.filter((each) => ['malformed-json', 'empty-body'].includes(each.class));
  expect(malformed.length).toBeGreaterThan(10);
  for (const base of [...bases, [], [1], 'text', 7, 12, true, null])
    for (const mutation of malformed) {
      const { text } = mutation.apply(base);
      if (readJson(text).ok) expect.fail(`${mutation.id} is JSON: ${text}`);
    }
});

test('a wrong content type leaves the body valid', () => {
  for (const mutation of mutations.filter((each) => each.class.endsWith('content-type'))) {
    const { text, contentType } = mutation.apply(example);
    expect(JSON.parse(text)).toEqual(example);
    expect(contentType?.includes('json') ?? false).toBe(false);
  }
});

test('labels and reasons are sentences about the place', () => {
  expect(mutationById('type-string@/email#number')).toMatchObject({
    label: '/email is 42',
    reason: 'a string or null is expected',
  });
  expect(mutationById('missing-required@/addresses/0/city#absent')).toMatchObject({
    label: '/addresses/0/city is missing',
  });
});

test('bounds, steps, patterns, lengths and closed objects have neighbours of their own', () => {
  const schema = z.strictObject({
    size: z.int().min(1).max(100),
    ratio: z.number().gt(0).multipleOf(0.5),
    code: z.string().min(2).max(4),
    mark: z.string().regex(/^[A-Z]{3}$/),
    pair: z.tuple([z.string(), z.int()]),
    few: z.array(z.boolean()).min(1).max(2),
    when: z.iso.datetime(),
    id: z.uuid(),
    mail: z.email(),
    by: z.record(z.string().regex(/^[a-z]+$/), z.int()),
  });
  const found = mutationsOf(toWire(schema, 'schema'));
  const classes = new Set(found.map((each) => each.class));
  for (const name of [
    'below-min',
    'above-max',
    'not-integer',
    'not-multiple',
    'too-short',
    'too-long',
    'pattern',
    'too-few',
    'too-many',
    'unknown-key',
    'record-key',
    'format-date-time',
    'format-uuid',
    'format-email',
    'coercible-number',
  ])
    expect(classes).toContain(name);
  const bounds = found
    .filter((each) => /-(min|max)$/.test(each.class))
    .map(({ class: name, pointer }) => `${name} ${pointer}`);
  expect(bounds).toEqual(['below-min /size', 'above-max /size', 'below-min /ratio']);
  const only = mutationsOf(toWire(z.object({ list: z.array(z.boolean()).max(1) }), 'list')).map(
    ({ pointer }) => pointer,
  );
  expect(only).toContain('/list/0');
  expect(only).not.toContain('/list/1');
  const base = exampleOf(toWire(schema, 'schema'), { optional: 'present' });
  expect(validatorOf(schema).accepts(base)).toBe(true);
  for (const mutation of found.filter((each) => !isEnvelope(each.class)))
    if (validatorOf(schema).accepts(mutation.apply(base).body)) expect.fail(mutation.id);
});

test('a record over an enum lacks nothing where the value may be anything, as zod has it', () => {
  const missing = (value: z.ZodType) =>
    mutationsOf(toWire(z.record(z.enum(['x', 'y']), value), 'record')).filter(
      (each) => each.class === 'missing-required',
    );
  expect(missing(z.string()).map(({ pointer }) => pointer)).toEqual(['/x', '/y']);
  expect(missing(z.any())).toEqual([]);
  expect(z.record(z.enum(['x', 'y']), z.any()).safeParse({ y: 1 }).success).toBe(true);
});
