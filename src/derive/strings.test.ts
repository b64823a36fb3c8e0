import { expect, test } from 'vitest';
import { z } from 'zod';
import { toWire } from '../contract/wire.js';
import { Dice } from './dice.js';
import { families, longLengths, longText } from './families.js';
import { belongs } from './membership.js';
import { isActive, type StringWire, stringDraw } from './strings.js';

const wireOf = (schema: z.ZodType) => toWire(schema, 'text') as StringWire;

function drawn(schema: z.ZodType, hostile: boolean, count = 3000): string[] {
  const draw = stringDraw(wireOf(schema), hostile);
  return Array.from({ length: count }, (_, seed) => draw(new Dice(seed, 1)));
}

test.each(families.map((family) => [family.name, family] as const))(
  '%s draws whole characters, and its sample is a member',
  (_, family) => {
    const dice = new Dice(3, 4);
    const texts = Array.from({ length: 300 }, (_, at) => family.draw(dice, at % 25));
    for (const text of [...texts, family.sample]) expect(text.isWellFormed()).toBe(true);
    expect(new Set(texts).size).toBeGreaterThan(10);
    expect(isActive(family.sample)).toBe(family.active === true);
  },
);

test('what acts is told from what does not', () => {
  for (const text of [
    '<b>',
    '=1+1',
    ' @SUM(1)',
    '-1',
    '+1',
    '{{x}}',
    '\u0024{x}',
    'a\nb',
    '\u0000',
    '\u202e',
    '\ufeff',
    '&amp;',
    '%3Cb',
  ])
    expect([text, isActive(text)]).toEqual([text, true]);
  for (const text of ['', 'a-b', '50% off', 'Smith & Sons', 'a=b', '{a}', '$5', '👨‍👩‍👧‍👦', 'x+tag@example.com'])
    expect([text, isActive(text)]).toEqual([text, false]);
});

test.each([
  ['short', z.string().max(3)],
  ['exact', z.string().length(300)],
  ['long', z.string().min(100).max(2000)],
  ['one', z.string().max(1)],
  ['mail', z.email()],
  ['moment', z.iso.datetime()],
  ['pattern', z.string().regex(/^[A-Z]{3}-\d+$/)],
  ['vat, short', z.string().max(5).meta({ domain: 'vat' })],
])('%s texts keep their bounds and are many', (_, schema) => {
  for (const hostile of [true, false]) {
    const texts = drawn(schema, hostile);
    expect(texts.filter((text) => !belongs(wireOf(schema), text) || !text.isWellFormed())).toEqual([]);
    expect(new Set(texts).size).toBeGreaterThan(20);
  }
});

test('values do not run out, and long ones are rare', () => {
  const texts = drawn(z.string(), true, 40_000);
  expect(new Set(texts).size).toBeGreaterThan(1000);
  const counts = longLengths.map((length) => texts.filter((text) => text.length === length).length / texts.length);
  for (const count of counts.slice(0, 3)) expect(count).toBeGreaterThan(0.001);
  expect(counts[3]!).toBeLessThan(0.004);
  expect(Math.max(...drawn(z.string(), false, 40_000).map(({ length }) => length))).toBe(1024);
});

test('a long text shows where it was cut', () => {
  for (const length of longLengths) {
    expect(longText(length)).toHaveLength(length);
    expect(longText(length).endsWith('z')).toBe(true);
  }
});
