import type { Wire } from '../contract/wire.js';
import { type Defect, expectation, fixed } from './defect.js';
import { exampleOf } from './example.js';
import { belongs, regexOf } from './membership.js';

type Of<K extends Wire['kind']> = Extract<Wire, { kind: K }>;

/** Texts that break the format, the length or the pattern. */
export function brokenTexts(wire: Of<'string'>): Defect[] {
  return [...formats(wire), ...lengths(wire), ...patterns(wire)];
}

function formats(wire: Of<'string'>): Defect[] {
  const { format } = wire;
  if (format === undefined) return [];
  const defects = fixed(`format-${format}`, `${expectation(wire)} is expected`, broken[format]);
  return defects.map((defect) => ({ ...defect, distinct: true }));
}

const broken: Readonly<Record<string, readonly (readonly [string, unknown])[]>> &
  Record<NonNullable<Of<'string'>['format']>, readonly (readonly [string, unknown])[]> = {
  date: [
    ['february-30', '2024-02-30'],
    ['no-leap-year', '2023-02-29'],
    ['day-first', '24/12/2024'],
    ['no-padding', '2024-1-5'],
    ['month-13', '2024-13-01'],
    ['month-0', '2024-00-10'],
    ['day-0', '2024-01-00'],
    ['april-31', '2024-04-31'],
    ['century-no-leap', '1900-02-29'],
    ['with-time', '2024-12-24T10:30:00Z'],
    ['two-digit-year', '24-12-24'],
    ['slashes', '2024/12/24'],
    ['month-only', '2024-12'],
    ['words', 'yesterday'],
    ['empty', ''],
  ],
  'date-time': [
    ['february-30', '2024-02-30T10:00:00Z'],
    ['hour-25', '2024-02-10T25:00:00Z'],
    ['words', 'yesterday'],
    ['empty', ''],
  ],
  email: [
    ['no-at', 'nobody.example.com'],
    ['two-ats', 'a@b@example.com'],
    ['no-local', '@example.com'],
    ['no-host', 'nobody@'],
    ['space', 'no body@example.com'],
    ['empty', ''],
  ],
  uuid: [
    ['words', 'not-a-uuid'],
    ['one-short', '3f0c8e7a-1b2d-4c5e-8f90-a1b2c3d4e5f'],
    ['no-hex', '3f0c8e7g-1b2d-4c5e-8f90-a1b2c3d4e5f6'],
    ['number', '42'],
    ['empty', ''],
  ],
};

function lengths(wire: Of<'string'>): Defect[] {
  const { min, max, format } = wire;
  if (format !== undefined) return [];
  const fits = (text: string) => wire.patterns.every((pattern) => regexOf(pattern).test(text));
  const sample = String(exampleOf({ ...wire, nullable: undefined } as Wire, { optional: 'present' }));
  const short = [...sample].slice(0, min - 1).join('');
  const long = max === undefined ? '' : sample.padEnd(max + 1, 'a').slice(0, max + 1);
  return [
    ...fixed(
      'too-short',
      `at least ${min} characters are expected`,
      min > 0 && fits(short) ? [[`length-${min - 1}`, short]] : [],
    ),
    ...fixed(
      'too-long',
      `at most ${max} characters are expected`,
      max !== undefined && [...long].length > max && fits(long) ? [[`length-${max + 1}`, long]] : [],
    ),
  ];
}

function patterns(wire: Of<'string'>): Defect[] {
  if (wire.patterns.length === 0 || wire.format !== undefined) return [];
  const sample = String(exampleOf({ ...wire, nullable: undefined } as Wire, { optional: 'present' }));
  const tries = [
    `${sample}!`,
    `!${sample}`,
    sample.toUpperCase(),
    sample.toLowerCase(),
    ' ',
    '!',
    'a',
    'A',
    '0',
    '!'.repeat(Math.max(1, wire.min)),
    '',
  ];
  const outside = tries.filter((text) => {
    const length = [...text].length;
    if (length < wire.min || text.length > (wire.max ?? Number.POSITIVE_INFINITY)) return false;
    return wire.patterns.some((pattern) => !regexOf(pattern).test(text) && !new RegExp(pattern).test(text));
  });
  const reason = `a text that matches /${wire.patterns.join('/ and /')}/ is expected`;
  return fixed(
    'pattern',
    reason,
    [...new Set(outside)].slice(0, 3).map((text, at) => [`text-${at + 1}`, text]),
  );
}

/** Members of a long enum are read by one piece of code: these many are tried in another case. */
const mostCased = 50;

/** Strangers to an enum, and its members in another case. */
export function outsideEnum(wire: Of<'enum'>): Defect[] {
  const reason = `${expectation(wire)} is expected`;
  const taken = (value: unknown) => belongs(wire, value);
  const texts = wire.values.filter((value) => typeof value === 'string');
  const strangers = texts.length > 0 ? ['unknown', '', `${texts[0]} `, texts.join(',')] : [];
  const others = wire.values.filter((value) => typeof value === 'number').map((value) => value + 1);
  const cased = texts.slice(0, mostCased).flatMap((text) => [text.toLowerCase(), text.toUpperCase(), capital(text)]);
  const named = (values: readonly unknown[]) =>
    [...new Set(values)].filter((value) => !taken(value)).map((value, at) => [`value-${at + 1}`, value] as const);
  return [
    ...fixed('enum-unknown', reason, named([...strangers, ...others])),
    ...fixed('enum-case', reason, named(cased)),
  ];
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase();
}
