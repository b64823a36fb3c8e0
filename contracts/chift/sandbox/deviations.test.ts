import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ZodType } from 'zod';
import { tour, tourQuestions } from '../../../src/testing/tour.js';
import type { Question, Spoken } from '../../../src/testing/visitor.js';
import { contactIn, contactOut, contactPage } from '../contact.js';
import { chiftError, unprocessable } from '../error.js';
import { transaction } from '../transaction.js';
import { type Deviations, emulationOf } from './emulation-of.js';
import { listFaults, listVariations } from './index.js';

const questions = tourQuestions();
const faithful: Spoken[] = [];
beforeAll(async () => {
  for await (const answer of tour(emulationOf({ acceptTokens: ['good'] }), questions)) faithful.push(answer);
});

const same = (one: Spoken, other: Spoken): boolean =>
  one.status === other.status && one.text === other.text && isDeepStrictEqual(one.reply, other.reply);

const touring = (deviations: Deviations) => tour(emulationOf({ ...deviations, acceptTokens: ['good'] }), questions);

describe('a fault', () => {
  it.each(listFaults().map(({ name }) => [name]))('%s is seen from outside', async (name) => {
    let at = 0;
    let seen: Question | undefined;
    for await (const answer of touring({ faults: [name] })) {
      if (!same(answer, faithful[at]!)) seen = questions[at];
      if (seen) break;
      at++;
    }
    expect(seen).toBeDefined();
  });
});

describe('a variation', () => {
  /** Those that are about what is taken, not about how it is answered. */
  const otherStatus = new Set(['lax-conversion', 'throttled-once', 'unavailable-once', 'strangers-403']);

  it.each(listVariations().map(({ name }) => [name]))(
    '%s is seen from outside, keeps every status, and every body by its model',
    async (name) => {
      let at = 0;
      let seen = false;
      for await (const answer of touring({ variations: [name] })) {
        const question = questions[at]!;
        const { url } = question;
        seen ||= !same(answer, faithful[at]!);
        if (!otherStatus.has(name) && !url.includes('/contact-'))
          expect([name, url, answer.status]).toEqual([name, url, faithful[at]!.status]);
        if (answer.json !== undefined) expectByModel(answer, question);
        at++;
      }
      expect([at, seen]).toEqual([questions.length, true]);
    },
  );
});

function expectByModel({ status, json }: Spoken, { url, body }: Question): void {
  if (status === 422) unprocessable.parse(json);
  else if (status === 404 || status === 409) chiftError.parse(json);
  else if (status === 200) modelOf(url, body !== undefined)?.parse(json);
}

function modelOf(url: string, creates: boolean): ZodType | undefined {
  if (url.includes('/transactions')) return transaction;
  if (/\/contacts(\?|$)/.test(url)) return creates ? contactOut : contactPage;
  return url.includes('/contacts/') ? contactOut : undefined;
}

describe('a contact', () => {
  it('has every documented field in its faithful answer', () => {
    const fields = Object.keys(faithful[0]!.json as object);
    expect(fields).toEqual(
      expect.arrayContaining([...Object.keys(contactIn.shape), 'id', 'source_ref', 'external_reference']),
    );
  });
});
