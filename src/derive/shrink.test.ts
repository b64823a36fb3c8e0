import { expect, test } from 'vitest';
import { z } from 'zod';
import { contactIn } from '../../contracts/chift/index.js';
import { toWire, type Wire } from '../contract/wire.js';
import { arbitraryOf, valueAt } from './arbitrary.js';
import { shrinkBody } from './shrink.js';
import { validatorOf } from './validator.js';

const contact = toWire(contactIn, 'contact');

/** The end of a greedy descent and how many candidates were tried on the way. */
function shrunk(wire: Wire, start: unknown, fails: (value: never) => boolean): { end: unknown; tries: number } {
  let [end, tries] = [start, 0];
  for (;;) {
    let found = false;
    for (const candidate of shrinkBody(wire, end)) {
      tries++;
      if (!fails(candidate as never)) continue;
      end = candidate;
      found = true;
      break;
    }
    if (!found) return { end, tries };
  }
}

interface Contact {
  readonly [key: string]: unknown;
  readonly addresses?: readonly { readonly city: string }[] | null;
}

const cases: readonly [name: string, fails: (body: Contact) => boolean, end: unknown, median: number][] = [
  ['a single key', (body) => 'vat' in body, { vat: null }, 14],
  ['two addresses', (body) => (body.addresses ?? []).length >= 2, { addresses: [plainAddress(), plainAddress()] }, 24],
  ['a quote in any text', (body) => JSON.stringify(body).includes("'"), undefined, 70],
  ['an odd script in one text', (body) => /[^\x00-\x7f]/.test(String(body['comment'])), undefined, 40],
  [
    'a pair of presences',
    (body) => body['email'] === null && typeof body['phone'] === 'string',
    { email: null, phone: '' },
    20,
  ],
  ['a long text', (body) => String(body['comment'] ?? '').length > 15, { comment: 'aaaaaaaaaaaaaaaa' }, 40],
];

function plainAddress() {
  return { address_type: 'main', street: '', city: '', postal_code: '', country: '' };
}

test.each(cases)('a failure of %s shrinks to the smallest body', (_, fails, end, median) => {
  const bodies = arbitraryOf(contact);
  const found: { end: unknown; tries: number }[] = [];
  for (let index = 0; found.length < 200; index++) {
    const body = valueAt(bodies, 3, 'shrink', index) as Contact;
    if (fails(body)) found.push(shrunk(contact, body, fails));
  }
  for (const each of found) {
    if (end !== undefined) expect(each.end).toEqual(end);
    expect(JSON.stringify(each.end).length).toBeLessThan(180);
    expect(validatorOf(contactIn).accepts(each.end)).toBe(true);
  }
  expect(found.map(({ tries }) => tries).sort((a, b) => a - b)[100]).toBeLessThanOrEqual(median);
});

test('a text ends at the one character that matters', () => {
  const wire = toWire(z.string(), 'text');
  expect(shrunk(wire, 'Rue de l’Église 😀 12', (text: string) => text.includes('😀')).end).toBe('😀');
  expect(shrunk(wire, 'x'.repeat(65_536), (text: string) => text.length > 1000).end).toBe('a'.repeat(1001));
  expect(shrunk(wire, 'Ångström', (text: string) => text.length === 8).end).toBe('aaaaaaaa');
});

test('numbers end at the bound that fails, dates at their plainest, enums at the first', () => {
  expect(shrunk(toWire(z.int().min(-5000), 'n'), 987_654, (n: number) => n > 41).end).toBe(42);
  expect(shrunk(toWire(z.int(), 'n'), -987_654, (n: number) => n < -41).end).toBe(-42);
  expect(shrunk(toWire(z.int(), 'n'), 987_654, (n: number) => n > 1000).end).toBe(1001);
  expect(shrunk(toWire(z.number(), 'n'), 17.25, (n: number) => n > 3).end).toBe(4);
  expect(shrunk(toWire(z.iso.date(), 'd'), '1583-11-23', (day: string) => day < '1900').end).toBe('1583-01-01');
  expect(shrunk(toWire(z.enum(['H', 'F', 'N/A']), 'e'), 'N/A', () => true).end).toBe('H');
});

test('alternatives end at the first that fails, recursion at its smallest', () => {
  const wire = toWire(z.union([z.int(), z.array(z.string()), z.object({ deep: z.array(z.int()) })]), 'u');
  expect(shrunk(wire, { deep: [1, 2, 3] }, () => true).end).toBe(0);
  expect(shrunk(wire, { deep: [1, 2, 3] }, (value: unknown) => typeof value === 'object').end).toEqual([]);
  expect(shrunk(toWire(z.union([z.literal('x'), z.literal('y')]), 'u'), 'y', () => true).end).toBe('x');
  const tree = z.object({
    value: z.int(),
    get children() {
      return z.array(tree);
    },
  });
  const grown = {
    value: 9,
    children: [
      { value: 7, children: [] },
      { value: 3, children: [{ value: 5, children: [] }] },
    ],
  };
  const deep = (value: { children: { children: unknown[] }[] }) =>
    value.children.some(({ children }) => children.length > 0);
  expect(shrunk(toWire(tree, 't'), grown, deep).end).toEqual({
    value: 0,
    children: [{ value: 0, children: [{ value: 0, children: [] }] }],
  });
});

test('broken parts of an invalid body stay as they are until they can go', () => {
  const broken = {
    email: 42,
    phone: '+33 1',
    addresses: [{ city: null, street: 'Main' }, { address_type: 'nowhere' }],
  };
  const kept = [...shrinkBody(contact, broken)] as { email?: unknown; addresses?: { city?: unknown }[] }[];
  expect(kept.length).toBeGreaterThan(5);
  for (const each of kept) expect([undefined, 42]).toContain(each.email);
  expect(shrunk(contact, broken, (body: { email?: unknown }) => body.email === 42).end).toEqual({ email: 42 });
});

test('nothing is simpler than the simplest', () => {
  for (const value of [{}, null, undefined]) expect([...shrinkBody(contact, value)]).toEqual([]);
  expect([...shrinkBody(toWire(z.string(), 's'), '')]).toEqual([]);
  expect([...shrinkBody(toWire(z.string(), 's'), 42)]).toEqual([]);
});
