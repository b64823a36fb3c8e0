import { drawDate, telltaleDays } from './calendar.js';
import { countries, currencies, languages } from './codes.js';
import type { Dice } from './dice.js';
import {
  cities,
  comments,
  companyNames,
  firstNames,
  houseNumbers,
  lastNames,
  legalForms,
  mailboxes,
  mailHosts,
  postalCodes,
  streets,
} from './domain-words.js';
import { digits, luhnDigit, vatNumber } from './vat.js';

/** Which real-world family fills a field, by the name in `note.domain`. */
export interface Domain {
  /** A realistic value; `genuine` allows numbers whose check digits are right. Never a reachable person or machine. */
  draw(dice: Dice, genuine: boolean): string;
  /** Named edges of the domain, the most telling first. */
  readonly edges: readonly (readonly [name: string, value: string])[];
}

/** Undefined for a name nobody described: the field is then filled from the string families alone. */
export function domainOf(name: string | undefined): Domain | undefined {
  return name === undefined || !Object.hasOwn(domains, name) ? undefined : domains[name];
}

/** Ranges that regulators keep for fiction: NANPA 555-01xx, Ofcom, Arcep, BNetzA, ACMA, PTS. */
const phones: readonly ((dice: Dice) => string)[] = [
  (dice) => `+1 202 555 01${digits(dice.below(100), 2)}`,
  (dice) => `+44 20 7946 0${digits(dice.below(1000), 3)}`,
  (dice) => `07700 900${digits(dice.below(1000), 3)}`,
  (dice) => `+33 1 99 00 ${digits(dice.below(100), 2)} ${digits(dice.below(100), 2)}`,
  (dice) => `06 39 98 ${digits(dice.below(100), 2)} ${digits(dice.below(100), 2)}`,
  (dice) => `+49 30 23125 ${digits(dice.below(1000), 3)}`,
  (dice) => `+61 491 570 ${dice.pick(['006', '110', '156', '157', '158', '159', '313', '737'])}`,
  (dice) => `+46 31 390 06 ${digits(dice.below(100), 2)}`,
];

const domains: Readonly<Record<string, Domain>> = {
  'person-name': {
    draw: (dice) =>
      dice.below(3) === 0
        ? `${dice.pick(firstNames)} ${dice.pick(lastNames)}`
        : dice.below(2) === 0
          ? dice.pick(firstNames)
          : dice.pick(lastNames),
    edges: [
      ['apostrophe', "O'Neill"],
      ['one-letter', 'X'],
      ['named-null', 'Null'],
      ['dotless-i', 'Işıl'],
      ['particles', 'van den Berg'],
    ],
  },
  'company-name': {
    draw: (dice) => `${dice.pick(companyNames)} ${dice.pick(legalForms)}`,
    edges: [
      ['ampersand', 'Smith & Sons Ltd.'],
      ['comma', 'Smith, Jones & Co.'],
      ['digits-only', '3000'],
    ],
  },
  email: {
    draw: (dice) => `${dice.pick(mailboxes)}${dice.below(2) === 0 ? dice.below(10_000) : ''}@${dice.pick(mailHosts)}`,
    edges: [
      ['plus-tag', 'first.last+tag@example.com'],
      ['upper-case', 'ADA.LOVELACE@EXAMPLE.COM'],
      ['longest-local', `${'a'.repeat(64)}@example.com`],
      ['international', 'zoë@example.com'],
      ['no-at', 'nobody.example.com'],
    ],
  },
  phone: {
    draw: (dice) => dice.pick(phones)(dice),
    edges: [
      ['international', '+33 1 99 00 12 34'],
      ['national', '07700 900123'],
      ['digits-only', '0199001234'],
      ['extension', '+1 (202) 555-0143 x99'],
    ],
  },
  vat: {
    draw: vatNumber,
    edges: [
      ['belgian', 'BE0000000000'],
      ['punctuated', 'BE 0123.456.780'],
      ['lower-case', 'be0123456780'],
      ['exempt', 'N/A'],
      ['non-eu', 'CHE-100.000.000 MWST'],
    ],
  },
  'company-number': {
    draw: (dice, genuine) => companyNumber(dice, genuine ? 0 : 1),
    edges: [
      ['siret-leading-zeros', '00000000000001'],
      ['dotted', '0123.456.780'],
      ['with-letters', 'HRB 000001 B'],
    ],
  },
  currency: {
    draw: (dice) => dice.pick(currencies),
    edges: [
      ['euro', 'EUR'],
      ['no-decimals', 'JPY'],
      ['three-decimals', 'KWD'],
      ['lower-case', 'eur'],
      ['symbol', '€'],
    ],
  },
  country: {
    draw: (dice) => dice.pick(countries),
    edges: [
      ['belgium', 'BE'],
      ['like-no', 'NO'],
      ['lower-case', 'be'],
      ['alpha-3', 'BEL'],
      ['unassigned', 'XX'],
      ['name', 'Côte d’Ivoire'],
    ],
  },
  language: {
    draw: (dice) => dice.pick(languages),
    edges: [
      ['iso-639-1', 'fr'],
      ['region', 'fr-BE'],
      ['script', 'zh-Hant-TW'],
      ['underscore', 'fr_BE'],
      ['name', 'Français'],
    ],
  },
  'postal-code': {
    draw: (dice) => dice.pick(postalCodes),
    edges: [
      ['leading-zero', '01000'],
      ['zeros', '00000'],
      ['with-letters', 'SW1A 1AA'],
      ['with-dash', '100-0001'],
      ['like-a-power', '1E300'],
    ],
  },
  street: {
    draw: (dice) => dice.pick(streets),
    edges: [
      ['apostrophe', "Place d'Armes"],
      ['sharp-s', 'Straße des 17. Juni'],
      ['two-lines', 'Main Street, Building 4'],
    ],
  },
  city: {
    draw: (dice) => dice.pick(cities),
    edges: [
      ['leading-apostrophe', "'s-Hertogenbosch"],
      ['one-letter', 'Y'],
      ['hyphens', 'Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson'],
    ],
  },
  'house-number': {
    draw: (dice) => dice.pick(houseNumbers),
    edges: [
      ['letter', '12A'],
      ['range', '10-12'],
      ['slash', '1/3'],
      ['zero', '0'],
    ],
  },
  'account-number': {
    draw: (dice) => `${dice.pick(['4', '40', '41', '60', '70'])}${digits(dice.below(10_000), 4)}`,
    edges: [
      ['sales', '701000'],
      ['leading-zeros', '0000411000'],
      ['with-letters', '411ABC'],
      ['long', '41100000000000000000'],
    ],
  },
  identifier: {
    draw: (dice) => (dice.below(2) === 0 ? digits(dice.below(1_000_000), 8) : uuid(dice)),
    edges: [
      ['uuid', '00000000-0000-4000-8000-000000000000'],
      ['number', '1'],
      ['beyond-safe-integers', '9007199254740993'],
      ['slash', 'a/b'],
      ['percent', '100%25'],
    ],
  },
  comment: {
    draw: (dice) => `${dice.pick(comments)}${dice.below(2) === 0 ? '.' : ` (${dice.pick(comments)})`}`,
    edges: [
      ['two-sentences', 'First. Second.'],
      ['percent', '50% off'],
    ],
  },
  birthdate: { draw: drawDate, edges: telltaleDays },
};

/** SIRET, SIREN and Belgian numbers; `slip` 1 spoils the check digits. */
function companyNumber(dice: Dice, slip: number): string {
  const siren = digits(dice.below(100_000_000), 8);
  const nic = digits(dice.below(100_000), 4).slice(-4);
  const roll = dice.below(3);
  if (roll === 0) return siren + ((luhnDigit(siren) + slip) % 10);
  const stem = siren + luhnDigit(siren) + nic;
  if (roll === 1) return stem + ((luhnDigit(stem) + slip) % 10);
  const belgian = dice.below(20_000_000);
  return `${digits(belgian, 8)}${digits(97 - ((belgian + slip) % 97), 2)}`;
}

/** A random UUID of version 4. */
export function uuid(dice: Dice): string {
  const hex = [0, 0, 0, 0].map(() => (dice.next() >>> 0).toString(16).padStart(8, '0')).join('');
  const variant = '89ab'[dice.below(4)];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
