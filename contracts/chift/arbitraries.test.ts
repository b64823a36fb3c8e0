import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueAt } from '../../src/derive/arbitrary.js';
import { validatorOf } from '../../src/derive/validator.js';
import {
  addressIn,
  contactIn,
  contactOut,
  edgeContact,
  edgeContactOut,
  invalidContact,
  invalidContactOut,
  validContact,
  validContactOut,
} from './index.js';

const bodies = Array.from({ length: 2000 }, (_, index) => valueAt(validContact(), 20_260_821, 'statistics', index));
type Row = Record<string, unknown>;
const share = (rows: readonly Row[], holds: (row: Row) => boolean) => rows.filter(holds).length / rows.length;

describe('over 2,000 valid contacts', () => {
  test.each(Object.keys(contactIn.shape))('%s is absent, null and present often enough', (key) => {
    const absent = share(bodies, (body) => !Object.hasOwn(body, key));
    const empty = share(bodies, (body) => body[key] === null);
    const present = share(bodies, (body) => (body[key] ?? null) !== null);
    for (const part of [absent, empty, present]) expect(part).toBeGreaterThan(0.15);
    expect(absent + empty + present).toBeCloseTo(1);
  });

  const addresses = bodies.flatMap((body) => (body.addresses ?? []) as Row[]);

  test.each(['name', 'number', 'box', 'phone', 'mobile', 'email'])('%s of an address as well', (key) => {
    expect(share(addresses, (address) => !Object.hasOwn(address, key))).toBeGreaterThan(0.15);
    expect(share(addresses, (address) => address[key] === null)).toBeGreaterThan(0.15);
    expect(share(addresses, (address) => typeof address[key] === 'string')).toBeGreaterThan(0.15);
  });

  test('what an address requires is always there', () => {
    expect(addresses.length).toBeGreaterThan(1000);
    for (const address of addresses) expect(addressIn.safeParse(address).success).toBe(true);
  });

  test('every value of every enumeration occurs, and both booleans', () => {
    for (const gender of ['H', 'F', 'N/A'])
      expect(share(bodies, (body) => body['gender'] === gender)).toBeGreaterThan(0.08);
    for (const type of ['main', 'delivery', 'invoice', 'other'])
      expect(share(addresses, (address) => address['address_type'] === type)).toBeGreaterThan(0.2);
    for (const value of [true, false])
      expect(share(bodies, (body) => body['is_customer'] === value)).toBeGreaterThan(0.15);
  });

  test('lists have none, one, two, some and many addresses', () => {
    const lengths = bodies.map((body) => body.addresses?.length);
    for (const length of [0, 1, 2, 3]) expect(lengths.filter((each) => each === length).length).toBeGreaterThan(50);
    expect(Math.max(...lengths.map((each) => each ?? 0))).toBeGreaterThan(30);
  });

  test('birthdates are those of people alive, of all years, and telltale ones', () => {
    const days = bodies.map((body) => body['birthdate']).filter((day): day is string => typeof day === 'string');
    expect(days.filter((day) => day === '2024-02-29' || day === '9999-12-31').length).toBeGreaterThan(4);
    expect(days.filter((day) => day < '1900').length).toBeGreaterThan(40);
    expect(days.filter((day) => day >= '1925' && day < '2025').length).toBeGreaterThan(days.length / 2);
  });

  test('which keys there are varies without end', () => {
    expect(new Set(bodies.map((body) => Object.keys(body).join())).size).toBeGreaterThan(70);
  });

  test('texts are real: scripts, emoji, quotes, markup, formulas, empty and long ones', () => {
    const text = bodies.flatMap((body) => Object.values(body)).filter((value) => typeof value === 'string');
    const marks: [string, RegExp][] = [
      ['accents', /[àéüñøß]/],
      ['han', /\p{Script=Han}/u],
      ['hebrew or arabic', /[\p{Script=Hebrew}\p{Script=Arabic}]/u],
      ['emoji', /\p{Extended_Pictographic}/u],
      ['joiner', /\u200d/],
      ['combining', /\p{M}/u],
      ['quotes', /["'`]/],
      ['line break', /\r\n/],
      ['markup', /<script>|<b>/],
      ['formula', /^=/],
      ['leading zeros', /^0\d/],
      ['spaces around', /^\s|\s$/],
      ['words of types', /^(null|true|false|NaN|undefined|None)$/],
      ['control', /\u0000/],
    ];
    for (const [name, mark] of marks)
      expect([name, text.filter((each) => mark.test(each)).length >= 20]).toEqual([name, true]);
    expect(text.filter((each) => each === '').length).toBeGreaterThan(100);
    for (const length of [255, 256, 1024])
      expect(text.filter((each) => each.length === length).length).toBeGreaterThan(5);
    for (const each of text) if (!each.isWellFormed()) expect.fail(`half a surrogate pair in ${JSON.stringify(each)}`);
  });

  test('known fields look like themselves at least as often as not', () => {
    const looks: [string, RegExp][] = [
      ['vat', /^(BE|FR|LU|IT|NL)[0-9B]+$/],
      ['email', /^[\w.+-]+@[\w.]*(example\.(com|org|net)|\.test)$/],
      ['currency', /^[A-Z]{3}$/],
      ['phone', /^(\+|0)\d[\d ]+$/],
      ['language', /^[a-z]{2}([-_].+)?$|^[A-Z][a-z]+$/],
    ];
    for (const [key, look] of looks) {
      const given = bodies.filter((body) => typeof body[key] === 'string');
      expect([key, share(given, (body) => look.test(body[key] as string)) > 0.35]).toEqual([key, true]);
    }
  });
});

test('what is generated reaches nobody: mail only to reserved hosts', () => {
  const hosts = bodies
    .flatMap((body) => [body['email'], ...((body.addresses ?? []) as Row[]).map(({ email }) => email)])
    .filter((email): email is string => typeof email === 'string' && /^[\w.+-]+@[\w.-]+\.[a-z]+$/i.test(email))
    .map((email) => email.split('@')[1]!.toLowerCase());
  expect(hosts.length).toBeGreaterThan(300);
  for (const host of hosts) expect(host).toMatch(/(^|\.)example\.(com|org|net)$|\.test$/);
});

test('tame bodies carry nothing that acts and nothing that may be somebody’s', () => {
  const tame = validContact({ hostile: false });
  for (let index = 0; index < 2000; index++) {
    const text = JSON.stringify(valueAt(tame, 9, 'tame', index));
    if (/[<>]|\\u00[01]|\{\{|":"[=@]/.test(text)) expect.fail(text);
  }
});

test('valid and edge bodies are valid, invalid ones are not, requests and answers alike', () => {
  const pairs = [
    [contactIn, validContact(), edgeContact(), invalidContact()],
    [contactOut, validContactOut(), edgeContactOut(), invalidContactOut()],
  ] as const;
  for (const [schema, valid, edge, invalid] of pairs) {
    const { accepts } = validatorOf(schema);
    fc.assert(fc.property(valid, accepts), { seed: 1, numRuns: 300 });
    fc.assert(fc.property(edge, accepts), { seed: 2, numRuns: 150 });
    fc.assert(
      fc.property(invalid, ({ body, text, contentType, class: name }) => {
        const sound = contentType === 'application/json' && parsed(text) !== undefined;
        return !sound || (!accepts(body) && JSON.stringify(body) === text && name !== '');
      }),
      { seed: 3, numRuns: 300 },
    );
  }
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

test('edge bodies are fresh: changing one changes no later one', () => {
  const edges = edgeContact();
  const before = JSON.stringify(valueAt(edges, 1, 'fresh', 3));
  Object.assign(valueAt(edges, 1, 'fresh', 3), { spoiled: true });
  expect(JSON.stringify(valueAt(edges, 1, 'fresh', 3))).toBe(before);
});

test('a failing property ends at the smallest body, through fast-check’s own shrinker', () => {
  const found = fc.check(
    fc.property(validContact(), (body) => (body.addresses ?? []).length < 2),
    { seed: 4, numRuns: 500 },
  );
  const plain = { address_type: 'main', street: '', city: '', postal_code: '', country: '' };
  expect(found.counterexample).toEqual([{ addresses: [plain, plain] }]);
  const refused = fc.check(
    fc.property(invalidContact(), ({ class: name, body }) => name !== 'format-date' || typeof body !== 'object'),
    { seed: 4, numRuns: 2000 },
  );
  expect(refused.counterexample?.[0]).toMatchObject({ class: 'format-date', pointer: '/birthdate' });
  expect(Object.keys(refused.counterexample![0]!.body as object)).toEqual(['birthdate']);
});
