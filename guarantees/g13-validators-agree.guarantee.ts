import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { ZodType } from 'zod';
import { contactIn, contactOut } from '../contracts/chift/index.js';
import { toWire } from '../src/contract/wire.js';
import { arbitraryOf } from '../src/derive/arbitrary.js';
import { jsonSchemaOf } from '../src/derive/json-schema.js';
import { guarantee, size } from './guarantee.js';

guarantee(
  {
    id: 'G13',
    promise: 'The validators agree: zod, and ajv on the JSON Schema made of it, accept and refuse the same values.',
    experiment:
      'Values of the models with a part replaced by any JSON, in equal shares of kept and damaged, judged by both; the list of allowed differences is empty.',
    limit: 'That the Pact core matches what the models accept is a law of its own (properties/laws), on fewer values.',
  },
  async () => {
    const runs = size(6_000, 100_000);
    const accepted = { 'contact sent': 0, 'contact answered': 0 };
    compare(contactIn, runs, () => accepted['contact sent']++);
    compare(contactOut, runs, () => accepted['contact answered']++);
    expect(Math.min(...Object.values(accepted))).toBeGreaterThan(runs / 10);
    return {
      sample: `${2 * runs} values, ${accepted['contact sent'] + accepted['contact answered']} of them accepted`,
      result: '0 differences',
    };
  },
);

function compare(schema: ZodType, numRuns: number, onAccepted: () => void): void {
  const ajv = new Ajv({ strict: false, ownProperties: true, logger: false });
  formats.default(ajv, { mode: 'full' });
  const byAjv = ajv.compile(jsonSchemaOf(schema, { named: false }));
  const values = fc.tuple(
    arbitraryOf(toWire(schema, 'value')),
    fc.nat(),
    fc.option(fc.jsonValue({ maxDepth: 2 }), { nil: undefined }),
  );
  fc.assert(
    fc.property(values, ([valid, at, other]) => {
      const value = other === undefined ? valid : replaced(valid, at, other);
      const byZod = schema.safeParse(value).success;
      if (byZod) onAccepted();
      expect({ value, byZod }).toEqual({ value, byZod: byAjv(value) });
    }),
    { numRuns, seed: 13 },
  );
}

/** The same value with one of its parts, the n-th of all, replaced. */
function replaced(value: unknown, at: number, other: unknown): unknown {
  const text = JSON.stringify(value);
  let count = -1;
  JSON.parse(text, (_, part: unknown) => {
    count++;
    return part;
  });
  const chosen = count <= 0 ? 0 : at % (count + 1);
  let seen = -1;
  return JSON.parse(text, (_, part: unknown) => (++seen === chosen ? other : part)) as unknown;
}
