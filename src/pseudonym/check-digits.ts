import { luhnDigit } from '../derive/vat.js';

type Rule = (digits: string) => boolean;

const mod97 = (digits: string): number => Number(BigInt(digits) % 97n);
const luhn: Rule = (digits) => luhnDigit(digits.slice(0, -1)) === Number(digits.at(-1));

/** By country, the length of its number and the rule of its check digits, as VIES applies them. */
const rules: Readonly<Record<string, readonly [length: number, rule: Rule]>> = {
  BE: [10, (digits) => 97 - mod97(digits.slice(0, 8)) === Number(digits.slice(8))],
  FR: [11, (digits) => (12 + 3 * mod97(digits.slice(2))) % 97 === Number(digits.slice(0, 2))],
  LU: [8, (digits) => Number(digits.slice(0, 6)) % 89 === Number(digits.slice(6))],
  IT: [11, luhn],
};
/** Company numbers without a country: SIREN, SIRET, and the Belgian one. */
const bare: readonly (readonly [length: number, rule: Rule])[] = [[9, luhn], [14, luhn], rules['BE']!];

/** Whether the check digits of a VAT or company number are right; undefined where no rule is known. */
export function checkDigits(text: string): boolean | undefined {
  const digits = text.replace(/\D/g, '');
  const country = /^\s*([A-Za-z]{2})/.exec(text)?.[1]?.toUpperCase();
  const known = country === undefined ? bare : [rules[country]];
  return known.find((rule) => rule?.[0] === digits.length)?.[1](digits);
}
