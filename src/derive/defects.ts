import type { Wire } from '../contract/wire.js';
import { exampleOf } from './example.js';
import { belongs, isObject, regexOf } from './membership.js';
import { minimalOf } from './minimal.js';

type Of<K extends Wire['kind']> = Extract<Wire, { kind: K }>;

/** A value that a place must not have, and why. */
export interface Defect {
  readonly class: string;
  /** Tells the defects of one class on one place apart. */
  readonly variant: string;
  /** Made of the valid value it stands for. */
  value(current: unknown): unknown;
  /** What the place asks for. */
  readonly reason: string;
}

/** Values that a place must not have, each wrong in one way only; null may be allowed after all. */
export function defectsOf(wire: Wire): Defect[] {
  return [...wrongTypes(wire), ...nulls(wire), ...convertible(wire), ...constraints(wire)];
}

function fixed(
  name: string,
  reason: string,
  values: readonly (readonly [variant: string, value: unknown])[],
): Defect[] {
  return values.map(([variant, value]) => ({ class: name, variant, value: () => value, reason }));
}

/** `string`, `string or null`, `one of H, F, N/A`: the words of the reasons. */
export function expectation(wire: Wire): string {
  const shape =
    wire.kind === 'enum'
      ? `one of ${wire.values.join(', ')}`
      : wire.kind === 'string' && wire.format !== undefined
        ? `a ${wire.format}`
        : wire.kind === 'union'
          ? wire.options.map(expectation).join(' or ')
          : (words[wire.kind] ?? wire.kind);
  return wire.nullable ? `${shape} or null` : shape;
}

const words: Partial<Record<Wire['kind'], string>> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  tuple: 'a list',
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  intersection: 'a value of both schemas',
};

const typeNames: Partial<Record<Wire['kind'], string>> = { record: 'object', tuple: 'array' };

function wrongTypes(wire: Wire): Defect[] {
  if (wire.kind === 'any') return [];
  const name = typeNames[wire.kind] ?? wire.kind;
  const reason = `${expectation(wire)} is expected`;
  const scalars = [
    ['string', 'maybe'],
    ['number', wire.kind === 'boolean' ? 2 : 42],
    ['boolean', true],
  ] as const;
  const containers = [
    ['object', { key: 'value' }],
    ['array', ['value']],
    ['empty-object', {}],
    ['empty-array', []],
  ] as const;
  const odd = wire.kind === 'string' && wire.format !== undefined && wire.format !== 'email' ? [] : scalars;
  return [
    ...fixed(
      `type-${name}`,
      reason,
      odd.filter(([, value]) => isOther(wire, value)),
    ),
    ...shapes(
      wire,
      name,
      reason,
      containers.filter(([, value]) => isOther(wire, value)),
    ),
  ];
}

/** Of another JSON type than the place has, not only of another value. */
function isOther(wire: Wire, value: unknown): boolean {
  if (belongs(wire, value)) return false;
  if (wire.kind === 'object' || wire.kind === 'record') return !isObject(value);
  if (wire.kind === 'array' || wire.kind === 'tuple') return !Array.isArray(value);
  if (wire.kind === 'enum') return wire.values.every((each) => typeof each !== typeof value);
  if (wire.kind === 'number') return typeof value !== 'number' && typeof value !== 'boolean';
  return wire.kind !== 'string' || typeof value !== 'string';
}

/** A list for an object and an object for a list are mistakes of their own: some parsers unwrap them. */
function shapes(
  wire: Wire,
  name: string,
  reason: string,
  containers: readonly (readonly [string, unknown])[],
): Defect[] {
  if (name === 'object')
    return [
      ...fixed('list-instead-of-object', reason, containers),
      { class: 'list-instead-of-object', variant: 'wrapped', value: (current: unknown) => [current ?? null], reason },
    ].filter(({ value }) => !belongs(wire, value({})));
  if (name === 'array')
    return [
      ...fixed('object-instead-of-list', reason, containers),
      { class: 'object-instead-of-list', variant: 'first-item', value: firstItem, reason },
    ].filter(({ value }) => !belongs(wire, value([])));
  return fixed(`type-${name}`, reason, containers);
}

function firstItem(current: unknown): unknown {
  const first = Array.isArray(current) ? current[0] : undefined;
  return isObject(first) ? first : { 0: first ?? null };
}

function nulls(wire: Wire): Defect[] {
  return fixed('null-where-not-nullable', `${expectation(wire)} is expected`, [['null', null]]);
}

/** What lax parsers turn into the expected type although the promise does not allow it. */
function convertible(wire: Wire): Defect[] {
  const kind = wire.kind === 'string' ? wire.format : wire.kind;
  const values = kind === undefined ? [] : (laxly[kind] ?? []);
  return fixed(
    `coercible-${kind}`,
    `${expectation(wire)} is expected, and only a lax parser makes one of it`,
    values.filter(([, value]) => !belongs(wire, value)),
  );
}

const laxly: Readonly<Record<string, readonly (readonly [string, unknown])[]>> = {
  boolean: [
    ['text-true', 'true'],
    ['one', 1],
    ['text-one', '1'],
    ['zero', 0],
    ['text-yes', 'yes'],
    ['text-off', 'off'],
    ['text-FALSE', 'FALSE'],
  ],
  number: [
    ['text-one', '1'],
    ['text-decimal', '1.0'],
    ['true', true],
  ],
  date: [
    ['midnight', '2024-01-31T00:00:00'],
    ['midnight-utc', '2024-01-31T00:00:00Z'],
    ['epoch-seconds', 1_706_659_200],
    ['epoch-text', '1706659200'],
  ],
  'date-time': [
    ['date-only', '2024-01-31'],
    ['epoch-seconds', 1_706_659_200],
  ],
  uuid: [['no-dashes', '3f0c8e7a1b2d4c5e8f90a1b2c3d4e5f6']],
};

function constraints(wire: Wire): Defect[] {
  switch (wire.kind) {
    case 'string':
      return [...formats(wire), ...lengths(wire), ...patterns(wire)];
    case 'enum':
      return enums(wire);
    case 'number':
      return numbers(wire);
    case 'array':
      return listLengths(wire);
    case 'tuple':
      return tupleLengths(wire);
    case 'object':
      return unknownKeys(wire);
    case 'record':
      return recordKeys(wire);
    default:
      return [];
  }
}

function formats(wire: Of<'string'>): Defect[] {
  const { format } = wire;
  if (format === undefined) return [];
  return fixed(`format-${format}`, `${expectation(wire)} is expected`, broken[format]);
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

function enums(wire: Of<'enum'>): Defect[] {
  const reason = `${expectation(wire)} is expected`;
  const taken = (value: unknown) => belongs(wire, value);
  const texts = wire.values.filter((value) => typeof value === 'string');
  const strangers = texts.length > 0 ? ['unknown', '', `${texts[0]} `, texts.join(',')] : [];
  const others = wire.values.filter((value) => typeof value === 'number').map((value) => value + 1);
  const cased = texts.flatMap((text) => [text.toLowerCase(), text.toUpperCase(), capital(text)]);
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

function numbers(wire: Of<'number'>): Defect[] {
  const { min, max, integer, multipleOf, exclusiveMin, exclusiveMax } = wire;
  const step = multipleOf ?? 1;
  const origin = minimalOf({ ...wire, nullable: undefined } as Wire) as number;
  const within = (value: number) => belongs({ ...wire, integer: false, multipleOf: undefined } as Wire, value);
  const halves = [origin + step / 2, origin - step / 2].filter(within).slice(0, 1);
  return [
    ...fixed(
      'below-min',
      `at least ${min} is expected`,
      min === undefined ? [] : [['below', exclusiveMin ? min : min - step]],
    ),
    ...fixed(
      'above-max',
      `at most ${max} is expected`,
      max === undefined ? [] : [['above', exclusiveMax ? max : max + step]],
    ),
    ...fixed(
      'not-integer',
      'a whole number is expected',
      integer && step === 1 ? halves.map((half) => ['fraction', half]) : [],
    ),
    ...fixed(
      'not-multiple',
      `a multiple of ${step} is expected`,
      multipleOf === undefined || step === 1 ? [] : halves.map((half) => ['half-step', half]),
    ),
  ];
}

function listLengths(wire: Of<'array'>): Defect[] {
  const item = () => exampleOf(wire.item, { optional: 'present' });
  const list = (length: number) => Array.from({ length }, item);
  return [
    ...fixed(
      'too-few',
      `at least ${wire.min} items are expected`,
      wire.min > 0 ? [[`length-${wire.min - 1}`, list(wire.min - 1)]] : [],
    ),
    ...fixed(
      'too-many',
      `at most ${wire.max} items are expected`,
      wire.max !== undefined && wire.max < 1000 ? [[`length-${wire.max + 1}`, list(wire.max + 1)]] : [],
    ),
  ];
}

function tupleLengths(wire: Of<'tuple'>): Defect[] {
  const items = wire.items.map((item) => exampleOf(item, { optional: 'present' }));
  return [
    ...fixed(
      'too-few',
      `${items.length} items are expected`,
      items.length > 0 && !mayLack(wire) ? [['one-less', items.slice(0, -1)]] : [],
    ),
    ...fixed(
      'too-many',
      `${items.length} items are expected`,
      wire.rest === undefined ? [['one-more', [...items, 'more']]] : [],
    ),
  ];
}

/** zod lets a last item of any kind be missing when more may follow; JSON Schema does not. */
function mayLack({ items, rest }: Of<'tuple'>): boolean {
  const takesAnything = (wire: Wire): boolean =>
    wire.kind === 'any' || (wire.kind === 'union' && wire.options.some(takesAnything));
  return rest !== undefined && takesAnything(items.at(-1)!);
}

function unknownKeys(wire: Of<'object'>): Defect[] {
  if (wire.rest !== 'closed') return [];
  let key = 'x_unknown';
  while (Object.hasOwn(wire.fields, key)) key += '_';
  const value = (current: unknown) => ({ ...(isObject(current) ? current : {}), [key]: 'unknown' });
  return [{ class: 'unknown-key', variant: key, value, reason: 'no further fields are allowed' }];
}

function recordKeys(wire: Of<'record'>): Defect[] {
  const bad = ['', 'Unknown key!', '0'].find((key) => !belongs(wire.key, key));
  if (bad === undefined) return [];
  const made = exampleOf(wire.value, { optional: 'present' });
  const value = (current: unknown) =>
    Object.fromEntries([...Object.entries(isObject(current) ? current : {}), [bad, made]]);
  return [{ class: 'record-key', variant: 'key', value, reason: `keys must be ${expectation(wire.key)}` }];
}
