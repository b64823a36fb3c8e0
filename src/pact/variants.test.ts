import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactIn } from '../../contracts/chift/contact.js';
import { interactions } from '../../contracts/chift/pact/interactions.js';
import { toWire } from '../contract/wire.js';
import { belongs } from '../derive/membership.js';
import { namesOf } from './field.js';
import { interactionKey, type PactInteraction } from './interaction.js';
import { usingOnly } from './using-only.js';
import { withVariants } from './variants.js';

const modelOf = ({ endpoint, response }: PactInteraction) => toWire(endpoint.responses[response.status]!, 'answer');
const creating = interactions.find(({ varied, endpoint }) => varied && endpoint.id === 'createContact')!;
const variantsOf = (...uses: string[]) => withVariants([creating], uses).interactions.slice(1);
const namesOfAnswer = namesOf(modelOf(creating));

/** What became of a field in an answer; the first item of a list stands for all. */
function levelOf(body: unknown, field: string): 'present' | 'null' | 'absent' {
  let inside: unknown = body;
  for (const step of field.split('.')) {
    const at = Array.isArray(inside) ? inside[0] : inside;
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return 'absent';
    inside = (at as Record<string, unknown>)[step];
  }
  return inside === null ? 'null' : 'present';
}

describe('withVariants', () => {
  it('keeps the model, the identities apart and the limit, whatever a team reads', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...namesOfAnswer), { maxLength: 8 }), (uses) => {
        const { interactions: all, left } = withVariants(interactions, uses);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(new Set(all.map(interactionKey)).size).toBe(all.length);
        for (const each of uses.length === 0 ? all : usingOnly(all, uses)) {
          if (each.varied === undefined) continue;
          expect(belongs(modelOf(each), each.response.body), each.description).toBe(true);
          const { body } = each.endpoint.request;
          if (body) expect(belongs(toWire(body, 'body'), each.request.body), each.description).toBe(true);
        }
        expect(all.length).toBeLessThanOrEqual(interactions.length + 2 * 12);
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it('meets every mixture of two fields', () => {
    const met = variantsOf('email', 'phone').map(({ response: { body } }) => [
      levelOf(body, 'email'),
      levelOf(body, 'phone'),
    ]);
    expect(new Set(met.map(String)).size).toBe(9);
  });

  it('tries one field three ways, and a promised one no way', () => {
    expect(variantsOf('email').map(({ description }) => description)).toEqual([
      'create a contact: with email',
      'create a contact: null email',
      'create a contact: without email',
    ]);
    expect(variantsOf('id')).toEqual([]);
    expect(variantsOf('nothing')).toEqual([]);
  });

  it('asks for what the answer holds, and holds nobody to a null or an absence', () => {
    const [given, nulled, left] = variantsOf('email');
    expect([given, nulled, left].map((each) => levelOf(each!.request.body, 'email'))).toEqual([
      'present',
      'null',
      'absent',
    ]);
    expect([given, nulled, left].map((each) => each!.pending ?? false)).toEqual([false, true, true]);
  });

  it('leaves open what nothing can ask for, and never takes a default for a null', () => {
    expect(variantsOf('external_reference', 'source_ref.id')).toEqual([]);
    for (const { response } of variantsOf('addresses', 'source_ref.id')) {
      expect(levelOf(response.body, 'addresses')).not.toBe('null');
      expect(levelOf(response.body, 'source_ref.id')).toBe('absent');
    }
  });

  it('has every field null once and absent once where nobody says what is read', () => {
    const added = withVariants([creating], undefined).interactions.slice(1);
    const levels = (body: unknown) => new Set(settable.map((name) => levelOf(body, name)));
    const settable = namesOfAnswer.filter((name) => Object.hasOwn(contactIn.shape, name) && name !== 'addresses');
    expect(added.map(({ response: { body } }) => levels(body))).toEqual([new Set(['null']), new Set(['absent'])]);
  });

  it('says how many it leaves out, and shortens long names without mixing them up', () => {
    const { interactions: all, left } = withVariants([creating], namesOfAnswer);
    expect([all.length - 1, left > 0]).toEqual([12, true]);
    expect(all.at(-1)!.description).toMatch(/ and \d+ more.*\(12\)$/);
  });

  it('names nothing inside what is not there', () => {
    for (const { description, response } of variantsOf('addresses.street', 'email'))
      if (levelOf(response.body, 'addresses') !== 'present') expect(description).not.toContain('addresses.street');
  });
});
