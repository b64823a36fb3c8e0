import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from '../../contracts/chift/index.js';
import type { Contract } from '../contract/contract.js';
import { findingsOf, type InShort, inShort } from '../testing/in-short.js';
import { checksFor } from './index.js';

const asked = 'POST /consumers/6c1f6c4e-7b1a-4b70-9a0d-0c4a0f8e2b11/invoicing/contacts';
const checks = checksFor('strict');
const bearer: [string, string][] = [
  ['content-type', 'application/json'],
  ['authorization', 'Bearer t'],
];
const valid = { headers: bearer, json: { last_name: 'Dupont' } };
const invalid = { headers: bearer, json: { gender: 'M' } };
const contact = { id: 'c-1', source_ref: {}, last_name: 'Dupont' };

/** A contract that promises all of these for one endpoint, beside what it promises already. */
function promising(id: string, responses: Contract['endpoints'][number]['responses']): Contract {
  const endpoints = contract.endpoints.map((endpoint) => (endpoint.id === id ? { ...endpoint, responses } : endpoint));
  return { ...contract, endpoints };
}
const silent: Contract = { ...contract, statuses: [] };

/** What a check says of a create that is told in short: where, and by which rule. */
function says(check: string, short: Partial<InShort>, of: Contract = contract): string[] {
  const findings = findingsOf(checks[check]!, of, inShort({ asked, request: valid, ...short }));
  return findings.map(({ at, rule }) => `${at.pointer} ${rule}`.trim());
}

const statuses = Array.from({ length: 600 }, (_, status) => status + 100);
const speaksAt = (check: string, short: Partial<InShort>, of?: Contract) => {
  const spoken = statuses.filter((status) => says(check, { ...short, status }, of).length > 0);
  return spoken.length === 0 ? [] : [spoken[0], spoken.at(-1), spoken.length];
};

describe('the statuses that a check speaks of', () => {
  const refusal = { json: { status: 'error' } };

  it.each<[string, Partial<InShort>, first: number, last: number, count: number]>([
    ['invalid-request-refused', { request: invalid }, 200, 299, 100],
    ['success-without-error', { response: refusal }, 200, 299, 100],
    ['no-server-error', {}, 500, 599, 97],
    ['valid-request-accepted', {}, 400, 499, 94],
    ['echo-faithful', { response: { json: { ...contact, last_name: 'Dupond' } } }, 200, 299, 100],
    ['error-names-place', { request: invalid, response: { json: { detail: [] } } }, 422, 422, 1],
  ])('%s', (check, short, first, last, count) => {
    expect(speaksAt(check, short)).toEqual([first, last, count]);
  });

  it('redirects are those from 300 to 399', () => {
    const redirects = statuses.filter((status) =>
      says('status-documented', { status }, { ...promising('createContact', { 200: null }), statuses: [] }).includes(
        'no redirect',
      ),
    );
    expect([redirects[0], redirects.at(-1), redirects.length]).toEqual([300, 399, 100]);
  });

  it('that nobody documents promise no body, and a failure is one without any policy', () => {
    expect(says('body-matches-schema', { status: 418, response: { json: 1 } }, silent)).toEqual([]);
    expect(says('no-server-error', { status: 503 }, silent)).toEqual(['no 5xx']);
  });
});

describe('a body that cannot be read', () => {
  it.each<[string, Partial<InShort>]>([
    ['body-matches-schema', { response: { json: 7 } }],
    ['undocumented-field', { response: { json: { extra: 1 } } }],
    ['success-without-error', { response: { json: { status: 'error' } } }],
    ['error-names-place', { status: 422, request: invalid, response: { json: { detail: [] } } }],
    ['echo-faithful', { response: { json: {} } }],
  ])('is not judged by %s, whole or not', (check, short) => {
    expect(says(check, short)).not.toEqual([]);
    for (const state of ['truncated', 'undecodable'] as const)
      expect(says(check, { ...short, response: { ...short.response, state } })).toEqual([]);
    for (const text of ['no JSON', ''])
      expect(says(check, { ...short, response: { text, state: 'truncated' } })).toEqual([]);
    expect(says(check, { ...short, response: { text: 'no JSON' } })).toEqual([]);
  });

  it.each([null, 7, 'text', true, [null, 7]])('may be %j, which has no fields', (json) => {
    for (const check of Object.keys(checks)) {
      const found = says(check, { response: { json } });
      expect(found.length, check).toBe(check === 'body-matches-schema' ? 1 : 0);
    }
  });
});

describe('a content type', () => {
  it.each([
    ['application/json; charset=utf8', []],
    ['application/json; charset=us-ascii', []],
    ['application/json; charset=utf-16', ['/content-type charset utf-8']],
    ['text/plain', ['/content-type application/json']],
    ['application/json, text/plain', ['/content-type application/json']],
    ['application/json, application/problem+json', ['/content-type one content type']],
    ['application/json, application/json', ['/content-type one content type']],
  ])('%s', (type, found) => {
    const headers: [string, string][] = [['content-type', type]];
    expect(says('content-type', { response: { headers, json: contact } })).toEqual(found);
    expect(says('content-type', { response: { headers } })).toEqual([]);
    expect(says('content-type', { response: { headers, state: 'absent' } })).toEqual([]);
  });
});

describe('an undocumented field', () => {
  const extra = { ...contact, extra: { deep: 1 } };

  it('is told once, at the top of what nobody documents', () => {
    const json = { ...extra, source_ref: { model: 'a', 'b/c': 1 }, addresses: [{ city: 'x' }, { 'd~': 2 }] };
    expect(says('undocumented-field', { response: { json } })).toEqual([
      '/source_ref/b~1c documented fields',
      '/extra documented fields',
      '/addresses/1/d~0 documented fields',
    ]);
  });

  it.each([
    { source_ref: null },
    { source_ref: 'text' },
    { source_ref: [{ extra: 1 }] },
    { addresses: { extra: 1 } },
    { addresses: 'text' },
    { addresses: [null, 'text', 7] },
  ])('is not in a value of another type: %j', (other) => {
    expect(says('undocumented-field', { response: { json: { ...contact, ...other } } })).toEqual([]);
  });

  it.each([
    ['an open object', z.looseObject({}), 1],
    ['a closed object, where it is a breach', z.strictObject({}), 0],
    ['an object that says what else there may be', z.object({}).catchall(z.int()), 0],
  ])('is one of %s', (_, schema, count) => {
    const json = { extra: 1 };
    expect(
      says('undocumented-field', { response: { json } }, promising('createContact', { 200: schema })),
    ).toHaveLength(count);
  });

  it('is nowhere where no body is promised', () => {
    expect(says('undocumented-field', { status: 401, response: { json: extra } })).toEqual([]);
  });
});

describe('a valid request that was refused', () => {
  const message = (short: Partial<InShort>) =>
    findingsOf(
      checks['valid-request-accepted']!,
      contract,
      inShort({ asked, request: valid, status: 400, ...short }),
    )[0]?.message;

  it.each<[InShort['response'], string]>([
    [{ json: { message: 'no' } }, ': no'],
    [{ json: { message: 'x'.repeat(121) } }, `: ${'x'.repeat(120)}`],
    [{ json: { message: 7 } }, ''],
    [{ json: {} }, ''],
    [{ json: null }, ''],
    [{ json: 'no' }, ''],
    [{ text: 'no' }, ''],
    [{ state: 'absent' }, ''],
    [{ json: { message: 'no' }, state: 'truncated' }, ''],
  ])('is told with the message of the answer: %j', (response, quoted) => {
    expect(message({ response: response! })).toBe(`a valid request was answered 400${quoted}`);
  });

  it('needs a token only where the endpoint asks for one', () => {
    const json = { clientId: 'a', clientSecret: 'b', accountId: '6c1f6c4e-7b1a-4b70-9a0d-0c4a0f8e2b11' };
    const anonymous = { request: { json } };
    expect(message({ asked: 'POST /token', ...anonymous })).toBeDefined();
    expect(message({ request: { json: valid.json } })).toBeUndefined();
  });
});

describe('what is unclean on the wire', () => {
  const none: [string, string][] = [['server', 'x']];
  const html: [string, string][] = [['content-type', 'text/html']];

  it.each<[string, Partial<InShort>, string[]]>([
    ['JSON that is promised', { response: { headers: none, text: 'no' } }, ['RFC 8259']],
    ['JSON that is claimed', { status: 401, response: { text: 'no' } }, ['RFC 8259']],
    ['no JSON that is neither', { status: 401, response: { headers: none, text: 'no' } }, []],
    ['no JSON under another name', { response: { headers: html, text: 'no' } }, []],
  ])('is %s', (_, short, found) => {
    expect(says('wire-clean', short)).toEqual(found);
  });

  it('is told beside bytes that are no UTF-8, but for what our own reader puts in their place', () => {
    const base64 = Buffer.from('{"a":"\xe9","b":1,"b":2}', 'latin1').toString('base64');
    expect(says('wire-clean', { response: { base64 } })).toEqual(['UTF-8', '/b duplicate-key']);
  });
});
