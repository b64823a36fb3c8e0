import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Contract } from '../contract/contract.js';
import { caseOf, type InShort, inShort } from '../testing/in-short.js';
import { things } from '../testing/things-contract.js';
import { hasValidParameters, type RequestInContext, validityOf } from './validity.js';

const query = {
  page: z.int().min(1),
  colour: z.enum(['red', 'blue']),
  zip: z.string().max(5),
  price: z.number().max(9),
};
/** The contract of things, with queries, and with ids that are whole numbers above 9. */
const contract: Contract = {
  ...things,
  endpoints: things.endpoints.map((endpoint) => ({
    ...endpoint,
    request: { ...endpoint.request, ...(endpoint.request.params ? { params: { id: z.int().min(10) } } : {}), query },
  })),
  provider: { ...things.provider, coercible: (expected, value) => expected === 'integer' && value === '7' },
};

function context(request: InShort['request'], asked = 'POST /things'): RequestInContext {
  const subject = caseOf(contract, inShort({ asked, request: { ...request } }));
  return { ...subject, request: subject.exchange.request };
}

/** The breaches by part and place, with a mark where they are laxness; or why it is not known; or that it is valid. */
function told(request: InShort['request'], asked?: string): string[] | string {
  const validity = validityOf(context(request, asked));
  if (validity.kind === 'unknown') return validity.why;
  return validity.kind === 'valid'
    ? 'valid'
    : validity.breaches.map(({ part, pointer, coercible }) => `${part} ${pointer}${coercible ? ' (lax)' : ''}`);
}

const json = { name: 'a' };
const typed = (type: string): [string, string][] => [['Content-Type', type]];

describe('a request is valid, or not', () => {
  it.each<[string, InShort['request'], string[] | string]>([
    ['in order', { json }, 'valid'],
    ['a field of another type', { json: { name: 'a', size: 'x' } }, ['body /size']],
    ['a field that the parser converts', { json: { name: 'a', size: '7' } }, ['body /size (lax)']],
    ['two of them', { json: { name: 1, size: '7' } }, ['body /name', 'body /size (lax)']],
    ['a missing field', { json: {} }, ['body /name']],
    ['no body', {}, ['body ']],
    ['no body under another type', { headers: typed('text/plain') }, ['body ']],
    ['no JSON', { text: '{' }, ['body ']],
    ['no JSON under another type', { text: '{', headers: typed('text/plain') }, ['content-type ', 'body ']],
    ['another type', { json, headers: typed('text/plain') }, ['content-type ']],
    ['another type and a missing field', { json: {}, headers: typed('text/plain') }, ['content-type ', 'body /name']],
    ['another JSON type', { json, headers: typed('application/problem+json; charset=utf-8') }, 'valid'],
    ['no type beside other headers', { json, headers: [['accept', '*/*']] }, ['content-type  (lax)']],
    ['no headers at all', { json, headers: [] }, 'valid'],
    ['a body that was not recorded', { state: 'absent' }, 'the request body was not recorded'],
    ['a body that was cut', { text: '{"name":"a"}', state: 'truncated' }, 'the request body is truncated'],
    ['a body that is coded', { text: '{"name":"a"}', state: 'undecodable' }, 'the request body is undecodable'],
    [
      'no UTF-8',
      { base64: Buffer.from('{"name":"\xe9"}', 'latin1').toString('base64') },
      'the request body is not UTF-8',
    ],
    ['a key twice', { text: '{"name":"a","name":"b"}' }, 'readers disagree on what the request body says'],
    ['a character that was lost before', { json: { name: '\ufffd' } }, 'valid'],
    ['a redacted text', { json: { name: '[redacted]' } }, 'valid'],
    ['a redacted text of another type', { json: { name: 'a', size: '[redacted]' } }, 'the request body was redacted'],
    ['a text redacted in part', { json: { name: 'a', size: '1 [redacted]' } }, 'the request body was redacted'],
    ['a redacted text beside a breach', { json: { name: 1, size: '[redacted]' } }, ['body /name']],
    [
      'a redacted text under another type',
      { json: { name: 'a', size: '[redacted]' }, headers: typed('text/plain') },
      ['content-type '],
    ],
  ])('%s', (_, request, expected) => {
    expect(told(request)).toEqual(expected);
  });

  it.each<[string, string[] | 'valid']>([
    ['', 'valid'],
    ['?page=1', 'valid'],
    ['?page=-1', ['query /page']],
    ['?page=1.5', ['query /page']],
    ['?page=1x', ['query /page']],
    ['?page=x1', ['query /page']],
    ['?page=', ['query /page']],
    ['?colour=red', 'valid'],
    ['?colour=green', ['query /colour']],
    ['?price=1.25', 'valid'],
    ['?price=9.5', ['query /price']],
    ['?price=1.', ['query /price']],
    ['?price=1.5.5', ['query /price']],
    ['?zip=12345', 'valid'],
    ['?zip=123456', ['query /zip']],
    ['?page=0&colour=x&other=1', ['query /page', 'query /colour']],
  ])('by its query %j', (search, expected) => {
    expect(told({ json }, `POST /things${search}`)).toEqual(expected);
    expect(hasValidParameters(context({ json }, `POST /things${search}`))).toBe(expected === 'valid');
  });

  it('by its path, and by all of its parts at once', () => {
    expect(told({}, 'GET /things/10')).toEqual('valid');
    expect(told({}, 'GET /things/-10?page=0')).toEqual(['path /id', 'query /page']);
    expect(told({ json: {} }, 'POST /things?page=0')).toEqual(['query /page', 'body /name']);
    expect(told({ state: 'absent' }, 'POST /things?page=0')).toEqual(['query /page']);
    expect(told({ state: 'absent' }, 'GET /things/10')).toEqual('valid');
  });

  it('is asked once for a request, and its parameters once for a route', () => {
    const asked = context({ json });
    expect(validityOf(asked)).toBe(validityOf(asked));
    expect(hasValidParameters(asked)).toBe(hasValidParameters(asked));
  });
});

it('what is broken is told in words', () => {
  const words = (request: InShort['request'], asked?: string) => {
    const validity = validityOf(context(request, asked));
    return validity.kind === 'invalid' ? validity.breaches.map(({ rule, message }) => `${rule}: ${message}`) : [];
  };
  expect(words({ json, headers: typed('Text/Plain; a=b') })).toEqual([
    'content type application/json: the content type is text/plain',
  ]);
  expect(words({ json, headers: [['a', 'b']] })).toEqual([
    'content type application/json: the body has no content type',
  ]);
  expect(words({ text: '{' })).toEqual(['JSON: the body is not JSON: expected a key in double quotes']);
  expect(words({}, 'GET /things/1')).toEqual(['path id: the path parameter id breaks its schema']);
});
