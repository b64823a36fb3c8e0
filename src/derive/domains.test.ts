import { expect, test } from 'vitest';
import { Dice } from './dice.js';
import { domainExamples } from './domain-examples.js';
import { domainOf } from './domains.js';
import { luhnDigit } from './vat.js';

const names = Object.keys(domainExamples);
const draws = (name: string, genuine: boolean, count = 2000) => {
  const dice = new Dice(1, 2);
  return Array.from({ length: count }, () => domainOf(name)!.draw(dice, genuine));
};

/** National rules as VIES applies them. */
const isGenuine: Record<string, (digits: string) => boolean> = {
  BE: (text) => 97 - (Number(text.slice(0, 8)) % 97) === Number(text.slice(8)),
  FR: (text) => (12 + 3 * (Number(text.slice(2)) % 97)) % 97 === Number(text.slice(0, 2)),
  LU: (text) => Number(text.slice(0, 6)) % 89 === Number(text.slice(6)),
  IT: (text) => luhnDigit(text.slice(0, 10)) === Number(text[10]),
  NL: (text) => BigInt(`2321${text.slice(0, 9)}11${text.slice(10)}`) % 97n === 1n,
};

test('every domain that has an example can be drawn, fits on a line and has edges', () => {
  for (const name of names) {
    const domain = domainOf(name);
    expect(domain, name).toBeDefined();
    expect(domain!.edges.length, name).toBeGreaterThan(1);
    for (const value of [...draws(name, true, 200), ...domain!.edges.map(([, edge]) => edge)])
      expect(value).toMatch(/^[^\r\n<>]+$/);
    expect(new Set(domain!.edges.map(([edge]) => edge)).size).toBe(domain!.edges.length);
  }
  expect(domainOf('nobody-knows')).toBeUndefined();
  expect(domainOf('toString')).toBeUndefined();
});

test('VAT numbers have the right form; check digits are right only when asked for', () => {
  const forms = /^(BE[01]\d{9}|FR\d{11}|LU\d{8}|IT\d{11}|NL\d{9}B\d{2})$/;
  const genuine = (vat: string) => isGenuine[vat.slice(0, 2)]!(vat.slice(2));
  expect(draws('vat', true).filter((vat) => !forms.test(vat) || !genuine(vat))).toEqual([]);
  expect(draws('vat', false).filter((vat) => !forms.test(vat) || genuine(vat))).toEqual([]);
  expect(new Set(draws('vat', true).map((vat) => vat.slice(0, 2))).size).toBe(5);
});

test('company numbers pass Luhn or mod 97 only when asked for', () => {
  const luhn = (text: string) => luhnDigit(text.slice(0, -1)) === Number(text.at(-1));
  const genuine = (text: string) => (text.length === 10 ? isGenuine['BE']!(text) : luhn(text));
  expect(
    draws('company-number', true).filter((text) => !/^(\d{9}|\d{10}|\d{14})$/.test(text) || !genuine(text)),
  ).toEqual([]);
  expect(draws('company-number', false).filter(genuine)).toEqual([]);
});

test('mail goes to reserved hosts and phones are from ranges kept for fiction', () => {
  for (const mail of draws('email', true)) expect(mail).toMatch(/@(.+\.)?(example\.(com|org|net)|test)$/);
  const fiction =
    /^(\+1 202 555 01\d\d|\+44 20 7946 0\d{3}|07700 900\d{3}|\+33 1 99 00 \d\d \d\d|06 39 98 \d\d \d\d|\+49 30 23125 \d{3}|\+61 491 570 (006|110|15[6-9]|313|737)|\+46 31 390 06 \d\d)$/;
  expect(draws('phone', true).filter((phone) => !fiction.test(phone))).toEqual([]);
});
