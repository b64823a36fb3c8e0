import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect } from 'vitest';
import { contactIn, edgeContact, validContact } from '../contracts/chift/index.js';
import { toWire } from '../src/contract/wire.js';
import { valueAt } from '../src/derive/arbitrary.js';
import { mutationsOf } from '../src/derive/mutation.js';
import { validatorOf } from '../src/derive/validator.js';
import { guarantee, size } from './guarantee.js';

const published = new URL('../../shared/openapi/contacts-2026-08-21.json', import.meta.url);

guarantee(
  {
    id: 'G14',
    promise:
      'A body generated as valid keeps the published document of the provider; one generated as invalid breaks the rule it names.',
    experiment:
      'Valid and edge bodies judged by ajv on the OpenAPI document that the provider publishes; every mutation of random valid bodies must be refused at the place it names, and the body it was made of accepted.',
    limit:
      'Mutations of the envelope (no JSON, other content types) have no place in a schema; tests of derive hold them.',
  },
  async () => {
    const bodies = size(120, 20_000);
    const accepts = existsSync(published) ? publishedSchema() : undefined;
    if (accepts === undefined)
      console.warn('the published document is not beside this checkout: only our models judge');
    for (let at = 0; at < bodies; at++)
      for (const arbitrary of [validContact(), edgeContact()]) {
        const body = valueAt(arbitrary, 14, 'guarantee', at);
        if (accepts?.(body) === false) expect.fail(`refused by the published document: ${JSON.stringify(body)}`);
      }
    const mutants = mutantsRefused(size(3, 100));
    return {
      sample: `${2 * bodies} valid bodies${accepts === undefined ? ' (not judged: no document)' : ''}, ${mutants} invalid ones`,
      result: 'all as they say',
    };
  },
);

function publishedSchema(): (body: unknown) => boolean {
  const { components } = JSON.parse(readFileSync(published, 'utf8')) as { components: object };
  const ajv = new Ajv2020({ strict: false, ownProperties: true, logger: false });
  formats.default(ajv, { mode: 'full' });
  return ajv.compile({ $ref: '#/components/schemas/ContactItemIn', components });
}

function mutantsRefused(bases: number): number {
  const { accepts, violations } = validatorOf(contactIn);
  const wire = toWire(contactIn, 'contact');
  const inValue = mutationsOf(wire).filter(({ class: name }) => !/json|body|content-type/.test(name));
  let count = 0;
  for (let at = 0; at < bases; at++) {
    const base = valueAt(validContact(), 15, 'base', at);
    expect(accepts(base)).toBe(true);
    for (const mutation of inValue) {
      const { body } = mutation.apply(base);
      const places = violations(body).map(({ pointer }) => pointer);
      if (!places.some((place) => place.startsWith(mutation.pointer)))
        expect.fail(
          `${mutation.id} is not refused at its place but at ${JSON.stringify(places)}: ${JSON.stringify(body)}`,
        );
      count++;
    }
  }
  return count;
}
