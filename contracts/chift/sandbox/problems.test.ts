import { describe, expect, it } from 'vitest';
import { contactIn } from '../contact.js';
import { problemsOf } from './problems.js';
import { readBody } from './reading.js';

const address = { address_type: 'main', street: 's', city: 'c', postal_code: '1', country: 'BE' };
const problemsFor = (body: unknown) => problemsOf(contactIn, body, ['body']);

describe('validation problems, in the words of FastAPI 0.142 and pydantic 2.13', () => {
  it.each([
    ['null', null, 'missing', [], 'Field required'],
    ['a list', [], 'model_attributes_type', [], 'Input should be a valid dictionary or object to extract fields from'],
    ['a text', 'x', 'model_attributes_type', [], 'Input should be a valid dictionary or object to extract fields from'],
    ['a number for a text', { first_name: 1 }, 'string_type', ['first_name'], 'Input should be a valid string'],
    [
      'a word for a flag',
      { is_company: 'maybe' },
      'bool_parsing',
      ['is_company'],
      'Input should be a valid boolean, unable to interpret input',
    ],
    ['a list for a flag', { is_company: [] }, 'bool_type', ['is_company'], 'Input should be a valid boolean'],
    ['an unknown gender', { gender: 'M' }, 'enum', ['gender'], "Input should be 'H', 'F' or 'N/A'"],
    [
      'a date day first',
      { birthdate: '28/02/1990' },
      'date_from_datetime_parsing',
      ['birthdate'],
      'Input should be a valid date or datetime, invalid character in year',
    ],
    [
      'no date at all',
      { birthdate: '' },
      'date_from_datetime_parsing',
      ['birthdate'],
      'Input should be a valid date or datetime, input is too short',
    ],
    [
      'a date without padding',
      { birthdate: '1990-2-28' },
      'date_from_datetime_parsing',
      ['birthdate'],
      'Input should be a valid date or datetime, input is too short',
    ],
    [
      'a day that never was',
      { birthdate: '1990-02-30' },
      'date_from_datetime_parsing',
      ['birthdate'],
      'Input should be a valid date or datetime, day value is outside expected range',
    ],
    [
      'a month that never was',
      { birthdate: '1990-13-01' },
      'date_from_datetime_parsing',
      ['birthdate'],
      'Input should be a valid date or datetime, month value is outside expected range of 1-12',
    ],
    [
      'a date-time',
      { birthdate: '1990-02-28T10:00:00' },
      'date_from_datetime_inexact',
      ['birthdate'],
      'Datetimes provided to dates should have zero time - e.g. be exact dates',
    ],
    ['a number for a date', { birthdate: 1 }, 'date_type', ['birthdate'], 'Input should be a valid date'],
    ['an object for a list', { addresses: {} }, 'list_type', ['addresses'], 'Input should be a valid list'],
    [
      'null for an address',
      { addresses: [null] },
      'model_attributes_type',
      ['addresses', 0],
      'Input should be a valid dictionary or object to extract fields from',
    ],
    [
      'null for a street',
      { addresses: [{ ...address, street: null }] },
      'string_type',
      ['addresses', 0, 'street'],
      'Input should be a valid string',
    ],
    [
      'an unknown address type',
      { addresses: [address, { ...address, address_type: 'x' }] },
      'enum',
      ['addresses', 1, 'address_type'],
      "Input should be 'main', 'delivery', 'invoice' or 'other'",
    ],
  ])('%s', (_, body, type, loc, msg) => {
    expect(problemsFor(body)).toMatchObject([{ type, loc: ['body', ...loc], msg }]);
  });

  it('name what is missing and show what it is missing from', () => {
    const { street: _, ...rest } = address;
    expect(problemsFor({ addresses: [rest] })).toEqual([
      { type: 'missing', loc: ['body', 'addresses', 0, 'street'], msg: 'Field required', input: rest },
    ]);
  });

  it('come all in one answer, with the input of each', () => {
    const body = { is_company: 2, first_name: {}, addresses: [1] };
    expect(problemsFor(body).map(({ loc, input }) => [loc.slice(1).join('.'), input])).toEqual([
      ['is_company', 2],
      ['first_name', {}],
      ['addresses.0', 1],
    ]);
  });
});

describe('reading a body', () => {
  const read = (body: string | Uint8Array, type: string | undefined = 'application/json') =>
    readBody({
      method: 'POST',
      path: '/',
      query: '',
      headers: type === undefined ? [] : [['Content-Type', type]],
      body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
      receivedAt: 0,
    });
  const refused = (body: string | Uint8Array, type?: string) => {
    const reading = read(body, type);
    return 'refusal' in reading ? reading.refusal : reading;
  };

  it.each(['application/json', 'Application/JSON; charset=utf-8', 'application/vnd.api+json', 'application/json ;x=y'])(
    'takes JSON under %s',
    (type) => {
      expect(read('{"a":[1,null]}', type)).toEqual({ value: { a: [1, null] } });
    },
  );

  it.each(['text/plain', 'application/jsonx', 'application/x-www-form-urlencoded', '', 'json'])(
    'takes no JSON under %j',
    (type) => {
      expect(refused('{}', type)).toMatchObject({
        status: 422,
        body: { detail: [{ type: 'model_attributes_type', loc: ['body'], input: '{}' }] },
      });
    },
  );

  it('takes no JSON without a content type, and nothing for nothing', () => {
    expect(refused('{}', undefined)).toMatchObject({ value: {} });
    expect(
      readBody({ method: 'POST', path: '/', query: '', headers: [], body: Buffer.from('{}'), receivedAt: 0 }),
    ).toMatchObject({
      refusal: { status: 422 },
    });
    expect(refused('')).toMatchObject({
      status: 422,
      body: { detail: [{ type: 'missing', loc: ['body'], input: null }] },
    });
  });

  it.each([
    ['{"a":}', 5],
    ['{"é😀":1,}', 8],
    [' ', 1],
    ['{"a":NaN}', 5],
  ])('says at which character %j is no JSON', (text, offset) => {
    expect(refused(text)).toMatchObject({
      status: 422,
      body: { detail: [{ type: 'json_invalid', loc: ['body', offset] }] },
    });
  });

  it('refuses half a surrogate pair where it stands, and bytes that are not UTF-8 with 400', () => {
    expect(refused('{"addresses":[{"a~/b":"\\ud800"}]}')).toMatchObject({
      body: { detail: [{ type: 'string_unicode', loc: ['body', 'addresses', 0, 'a~/b'] }] },
    });
    expect(refused(Buffer.from([0x22, 0xff, 0x22]))).toMatchObject({ status: 400 });
  });

  it('passes over a byte-order mark and counts the last of repeated keys', () => {
    expect(read('\ufeff{"a":1,"a":2}')).toEqual({ value: { a: 2 } });
  });

  it('refuses what is nested too deep', () => {
    expect(refused(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toMatchObject({ status: 422 });
  });
});
