import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { findingsOf, type InShort, inShort } from '../testing/in-short.js';
import { errorNamesPlace } from './error-names-place.js';

const contacts = '/consumers/6c1f6c4e-7b1a-4b70-9a0d-0c4a0f8e2b11/invoicing/contacts';
const address = { address_type: 'main', street: 's', city: 'c', postal_code: 'p', country: 'BE' };

/** What is told of a refusal that points at these places. */
function told(detail: unknown, request: InShort['request'], url = contacts, status = 422): string[] {
  const exchange = inShort({ asked: `POST ${url}`, request: { ...request }, status, response: { json: { detail } } });
  return findingsOf(errorNamesPlace, contract, exchange).map(
    ({ at, message }) => `${at.part} ${at.pointer}: ${message}`,
  );
}
const pointing = (...locations: unknown[]) => locations.map((loc) => ({ loc, msg: 'bad', type: 'bad' }));

describe('the place that a refusal names', () => {
  const deep = { json: { addresses: [{ ...address, city: null }, address] } };
  const untyped = { json: {}, headers: [['content-type', 'text/plain']] as [string, string][] };
  const unreadable = { text: '{"a":' };

  it.each<[string, InShort['request'], unknown[], boolean]>([
    ['the place itself', deep, ['body', 'addresses', 0, 'city'], true],
    ['a place inside it', deep, ['body', 'addresses', 0, 'city', 'str'], true],
    ['its place in text', deep, ['body', 'addresses', '0', 'city'], true],
    ['what holds it', deep, ['body', 'addresses', 0], false],
    ['the same field of another item', deep, ['body', 'addresses', 1, 'city'], false],
    ['the same path in the query', deep, ['query', 'addresses', 0, 'city'], false],
    ['nothing', deep, [], false],
    ['the body, of a content type', untyped, ['body'], true],
    ['a header, of a content type', untyped, ['header', 'content-type'], true],
    ['the query, of a content type', untyped, ['query', 'page'], false],
    ['the body, where it cannot be read', unreadable, ['body', 5], true],
    ['the path, where the body cannot be read', unreadable, ['path', 'consumer_id'], false],
  ])('is right or wrong by %s', (_, request, loc, right) => {
    expect(told(pointing(loc), request).length).toBe(right ? 0 : 1);
    expect(told(pointing(['elsewhere'], loc), request).length).toBe(right ? 0 : 1);
  });

  it('is that of any of its entries, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('gender', 'vat', 'phone', 'email')), (fields) => {
        const found = told(pointing(...fields.map((field) => ['body', field])), { json: { gender: 'M', vat: 7 } });
        expect(found.length).toBe(fields.includes('gender') || fields.includes('vat') ? 0 : 1);
      }),
      { seed: 42, numRuns: 50 },
    );
  });

  it('is that of a parameter as well', () => {
    const url = contacts.replace('6c1f', 'none');
    expect(told(pointing(['path', 'consumer_id']), { json: {} }, url)).toEqual([]);
    expect(told(pointing(['body', 'consumer_id']), { json: {} }, url)).toEqual([
      'request /consumer_id: the path parameter consumer_id breaks its schema, but the error points at body.consumer_id',
    ]);
  });

  it('is quoted, or said to be none', () => {
    const request = { json: { gender: 'M' } };
    const sentence = 'request.body /gender: /gender is "M", none of H, F, N/A, null, but the error points at';
    expect(told(pointing(['body', 'vat'], ['query']), request)).toEqual([`${sentence} body.vat; query`]);
    for (const none of [[], [null], [7], ['text'], [{}], [{ loc: 'gender' }], pointing([])])
      expect(told(none, request)).toEqual([`${sentence} nothing`]);
  });

  it.each([undefined, null, 'text', {}, 7])('is not asked for where the details are no list: %j', (detail) => {
    expect(told(detail, { json: { gender: 'M' } })).toEqual([]);
  });

  it('is not asked for in another answer, nor of a request in order', () => {
    const nothing = inShort({
      asked: `POST ${contacts}`,
      request: { json: { vat: 7 } },
      status: 422,
      response: { json: null },
    });
    expect(findingsOf(errorNamesPlace, contract, nothing)).toEqual([]);
    expect(told([], { json: { gender: 'M' } }, contacts, 400)).toEqual([]);
    expect(told([], { json: {} })).toEqual([]);
  });
});
