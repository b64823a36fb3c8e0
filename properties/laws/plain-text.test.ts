import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ZodType } from 'zod';
import { toWire } from '../../src/contract/wire.js';
import { arbitraryOf, valueAt } from '../../src/derive/arbitrary.js';
import { mutationsOf } from '../../src/derive/mutation.js';
import { plainTextOf } from '../../src/derive/plain-text.js';
import { isPlain } from '../../src/derive/plain-value.js';
import { isKept } from '../../src/exchange/difference.js';
import { KeptMembers } from '../../src/exchange/kept-text.js';
import { ObjectPlace } from '../../src/exchange/object-place.js';
import { randomSchema } from './random-schema.js';

const runs = Number(process.env['LAW_RUNS'] ?? 60);

function forEverySchema(law: (schema: ZodType) => void): void {
  fc.assert(fc.property(randomSchema(), law), { numRuns: runs, seed: 20_260_115 });
}

const values = (schema: ZodType): unknown[] => {
  const bodies = arbitraryOf(toWire(schema, 'schema'));
  return Array.from({ length: 12 }, (_, index) => valueAt(bodies, 9, 'law', index));
};

/** Whether a place matches all of a text. */
function fits(schema: ZodType, text: string): boolean {
  const bytes = Buffer.from(`${text}\n`);
  return plainTextOf(schema).match(bytes, 0) === bytes.length - 1;
}

const spread = (value: unknown): string => JSON.stringify(value, undefined, '\t').replaceAll('\n', '\r');

/** Written without what takes a closer look. */
const isPlainlyWritten = (text: string): boolean => !/[\\\uf000-\uffff]|\d[eE]|\d{14}|\d\.\d{10}|-0/.test(text);

test('what fits as text is plain as a value, however it is written', () => {
  let fitting = 0;
  forEverySchema((schema) => {
    for (const value of values(schema))
      for (const text of [JSON.stringify(value), spread(value)]) {
        if (!fits(schema, text)) continue;
        fitting++;
        expect(isPlain(schema, value), text).toBe(true);
      }
    for (const mutation of mutationsOf(toWire(schema, 'schema')).slice(0, 60)) {
      const { text } = mutation.apply(values(schema)[0]);
      if (!fits(schema, text)) continue;
      fitting++;
      expect(isPlain(schema, JSON.parse(text)), text).toBe(true);
    }
  });
  expect(fitting).toBeGreaterThan(3 * runs);
});

test('an object that is plain as a value fits as text, where it is plainly written', () => {
  let fitting = 0;
  forEverySchema((schema) => {
    for (const value of values(schema)) {
      const text = JSON.stringify(value);
      if (!isPlainlyWritten(text) || !isSupported(schema)) continue;
      fitting++;
      expect(fits(schema, text), text).toBe(isPlain(schema, value));
    }
  });
  expect(fitting).toBeGreaterThan(runs);
});

/** Of the kinds that are looked at as text. */
function isSupported(schema: ZodType): boolean {
  return !/"kind":"(any|record|tuple|union|intersection|lazy)"|"rest":\{/.test(
    JSON.stringify(toWire(schema, 'schema'), (key, value) => (key === 'note' ? undefined : value)),
  );
}

test('members are kept as texts only where they are kept as values', () => {
  let [kept, lost] = [0, 0];
  forEverySchema((schema) => {
    const [was, is] = [plainTextOf(schema), plainTextOf(schema)];
    if (!(was instanceof ObjectPlace) || !(is instanceof ObjectPlace)) return;
    const members = new KeptMembers(was, is, was.names);
    const all = values(schema) as Record<string, unknown>[];
    for (const [at, sent] of all.entries())
      for (const came of [sent, all[(at + 1) % all.length]!, hollow(sent), mixed(sent, all[(at + 2) % all.length]!)]) {
        const bytes = Buffer.from(`${JSON.stringify(sent)}\n${JSON.stringify(came)}\n`);
        if (was.match(bytes, 0) < 0 || is.match(bytes, bytes.indexOf(10) + 1) < 0) continue;
        const asValues = was.names.every((name) => isKept(sent[name], came[name]));
        if (members.areKept(bytes)) {
          kept++;
          expect(asValues, bytes.toString()).toBe(true);
        } else lost++;
        if (came === sent) expect(members.areKept(bytes)).toBe(true);
      }
  });
  expect(Math.min(kept, lost)).toBeGreaterThan(runs / 2);
});

/** Without what counts as nothing. */
const hollow = (value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== null && !(Array.isArray(each) && each.length === 0)),
  );

/** Every other member from another object. */
const mixed = (one: Record<string, unknown>, other: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(one).map(([key, value], at) => [key, at % 2 === 0 ? value : other[key]]));
