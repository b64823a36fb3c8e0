import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ZodType } from 'zod';
import { toWire } from '../../src/contract/wire.js';
import { arbitraryOf, bytesOf, valueAt } from '../../src/derive/arbitrary.js';
import { type EdgeName, edgePlan, edgesOf } from '../../src/derive/edges.js';
import { exampleOf } from '../../src/derive/example.js';
import { jsonSchemaOf } from '../../src/derive/json-schema.js';
import { judgesAgree } from '../../src/derive/judges-agree.js';
import { minimalOf } from '../../src/derive/minimal.js';
import { mutationsOf } from '../../src/derive/mutation.js';
import { shrinkBody } from '../../src/derive/shrink.js';
import { validatorOf } from '../../src/derive/validator.js';
import { isLighter, weightOf } from '../../src/derive/weight.js';
import { triesAll } from '../../src/testing/sample.js';
import { randomSchema } from './random-schema.js';

const schemas = Number(process.env['LAW_RUNS'] ?? (triesAll ? 120 : 60));

function forEverySchema(law: (schema: ZodType) => void, numRuns = schemas): void {
  const told = randomSchema().map((schema) => ({
    schema,
    [fc.toStringMethod]: () => JSON.stringify(jsonSchemaOf(schema)),
  }));
  fc.assert(
    fc.property(told, ({ schema }) => law(schema)),
    { numRuns, seed: 20_260_101 },
  );
}

function values(schema: ZodType, count: number): unknown[] {
  const bodies = arbitraryOf(toWire(schema, 'schema'));
  return Array.from({ length: count }, (_, index) => valueAt(bodies, 7, 'law', index));
}

const words = ({ pointer, name }: EdgeName) => `${pointer} ${name}`;

function first<T>(count: number, items: Iterable<T>): T[] {
  const taken: T[] = [];
  for (const item of items) if (taken.push(item) === count) break;
  return taken;
}

function compiled(schema: ZodType): (value: unknown) => boolean {
  const ajv = new Ajv({ strict: false, ownProperties: true, logger: false });
  formats.default(ajv, { mode: 'full' });
  return ajv.compile(jsonSchemaOf(schema, { named: false }));
}

function expectAccepted(schema: ZodType, value: unknown, what = 'value'): void {
  const { accepts, violations } = validatorOf(schema);
  if (!accepts(value) || !schema.safeParse(value).success)
    expect.fail(`${what} ${JSON.stringify(value).slice(0, 300)}: ${JSON.stringify(violations(value)).slice(0, 400)}`);
}

test('what is generated is accepted by zod and by ajv', () => {
  forEverySchema((schema) => {
    for (const value of values(schema, 30)) expectAccepted(schema, value);
  });
});

test('the smallest value and the example are accepted', () => {
  forEverySchema((schema) => {
    const wire = toWire(schema, 'schema');
    expectAccepted(schema, minimalOf(wire), 'smallest');
    expectAccepted(schema, exampleOf(wire, { optional: 'present' }), 'full example');
    expectAccepted(schema, exampleOf(wire, { optional: 'absent' }), 'short example');
  });
});

test('every edge is accepted', () => {
  forEverySchema((schema) => {
    for (const { body, covers } of edgePlan(toWire(schema, 'schema'), { hostile: true }))
      expectAccepted(schema, body, `edge ${JSON.stringify(covers[0])}`);
  });
});

test('the plan shows every named edge', () => {
  forEverySchema((schema) => {
    const wire = toWire(schema, 'schema');
    const shown = new Set(edgePlan(wire, { hostile: true }).flatMap(({ covers }) => covers.map(words)));
    const missing = edgesOf(wire, { hostile: true })
      .map(words)
      .filter((edge) => !shown.has(edge));
    expect(missing).toEqual([]);
  });
});

test('every mutation of every valid body is refused by zod and by ajv alike', () => {
  forEverySchema((schema) => {
    const wire = toWire(schema, 'schema');
    const byAjv = compiled(schema);
    const accepts = (value: unknown) => byAjv(value) || schema.safeParse(value).success;
    const mutations = mutationsOf(wire);
    for (const base of [exampleOf(wire, { optional: 'present' }), ...values(schema, 3)])
      for (const mutation of mutations) {
        const { body, text } = mutation.apply(base);
        if (body !== base && accepts(body)) expect.fail(`${mutation.id} is accepted: ${text.slice(0, 300)}`);
      }
  }, schemas / 2);
});

test('shrinks stay inside the schema, get lighter, and end', () => {
  forEverySchema((schema) => {
    const wire = toWire(schema, 'schema');
    for (let value of values(schema, 2)) {
      for (const candidate of first(40, shrinkBody(wire, value))) {
        expectAccepted(schema, candidate, `shrink of ${JSON.stringify(value).slice(0, 100)}:`);
        if (!isLighter(weightOf(wire, candidate), weightOf(wire, value)))
          expect.fail(`${JSON.stringify(candidate)} is no lighter than ${JSON.stringify(value)}`);
      }
      for (let steps = 0; ; steps++) {
        const smaller = first(20, shrinkBody(wire, value));
        if (smaller.length === 0) break;
        value = smaller[(steps * 7919) % smaller.length];
        if (steps > 5_000) expect.fail(`shrinking does not end: ${JSON.stringify(value)}`);
      }
    }
  });
});

test('a value depends on seed, stream and number alone', () => {
  forEverySchema((schema) => {
    const forward = values(schema, 10);
    const bodies = arbitraryOf(toWire(schema, 'schema'));
    const backward = Array.from({ length: 10 }, (_, index) => valueAt(bodies, 7, 'law', 9 - index)).reverse();
    expect(JSON.stringify(backward)).toBe(JSON.stringify(forward));
  });
});

test('bytes drawn by number are the value of that number, serialised', () => {
  forEverySchema((schema) => {
    const bytesAt = bytesOf(toWire(schema, 'schema'), 7, 'law');
    const texts = Array.from({ length: 10 }, (_, index) => Buffer.from(bytesAt(index), 'latin1').toString());
    expect(texts).toEqual(values(schema, 10).map((value) => JSON.stringify(value)));
  });
});

test('where one judge is asked for both, the other says the same of any JSON', () => {
  const anything = fc.sample(fc.jsonValue({ maxDepth: 3 }), { numRuns: 40, seed: 4 });
  let asked = 0;
  forEverySchema((schema) => {
    const wire = toWire(schema, 'schema');
    if (!judgesAgree(wire)) return;
    const { accepts } = validatorOf(schema);
    const bases = values(schema, 6);
    const broken = mutationsOf(wire).map(({ apply }, at) => apply(bases[at % bases.length]).body);
    for (const value of [...bases, ...broken, ...anything])
      if (accepts(value) !== schema.safeParse(value).success) expect.fail(JSON.stringify(value).slice(0, 300));
    asked++;
  });
  expect(asked).toBeGreaterThan(schemas / 20);
});
