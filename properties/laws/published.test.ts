import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { ZodType } from 'zod';
import { contactIn, contactOut } from '../../contracts/chift/index.js';
import { toWire } from '../../src/contract/wire.js';
import { arbitraryOf, valueAt } from '../../src/derive/arbitrary.js';
import { edgePlan } from '../../src/derive/edges.js';
import { mutationsOf } from '../../src/derive/mutation.js';
import { validatorOf } from '../../src/derive/validator.js';

const runs = Number(process.env['LAW_RUNS'] ?? 1000);
const file = fileURLToPath(new URL('../../../shared/openapi/contacts-2026-08-21.json', import.meta.url));
const published = existsSync(file);
if (!published) console.warn(`skipped: the published document is not at ${file}`);

/** The judge that is not ours: ajv on the document as Chift published it. */
function publishedJudge(component: string): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, ownProperties: true, logger: false });
  formats.default(ajv, { mode: 'full' });
  ajv.addSchema(JSON.parse(readFileSync(file, 'utf8')) as object, 'published');
  return ajv.compile({ $ref: `published#/components/schemas/${component}` });
}

const models: readonly (readonly [component: string, model: ZodType])[] = [
  ['ContactItemIn', contactIn],
  ['ContactItemOut', contactOut],
];

describe.skipIf(!published).each(models)('%s as published', (component, model) => {
  const wire = toWire(model, component);
  const judge = published ? publishedJudge(component) : () => false;
  const valid = arbitraryOf(wire);
  const { accepts } = validatorOf(model);
  const told = (value: unknown) => JSON.stringify(value).slice(0, 300);

  it('accepts what is generated, as zod and the derived schema do', () => {
    for (let index = 0; index < runs; index++) {
      const value = valueAt(valid, 20_260_821, 'published', index);
      if (!judge(value) || !accepts(value)) expect.fail(told(value));
    }
    for (const { body } of edgePlan(wire, { hostile: true })) if (!judge(body)) expect.fail(told(body));
  });

  it('refuses every mutation, as zod and the derived schema do', () => {
    const mutations = mutationsOf(wire);
    for (let index = 0; index < runs; index++) {
      const { id, apply } = mutations[index % mutations.length]!;
      const base = valueAt(valid, 20_260_821, 'mutated', index);
      const { body } = apply(base);
      if (body === base) continue;
      if (judge(body) || accepts(body) || model.safeParse(body).success) expect.fail(`${id}: ${told(body)}`);
    }
  });
});
