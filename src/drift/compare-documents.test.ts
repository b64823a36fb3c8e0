import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { endpointById, policyFor } from '../contract/contract.js';
import { openapiOf } from '../derive/openapi.js';
import type { Change } from './change.js';
import { compareDocuments } from './compare-documents.js';
import { deviationFor } from './deviation.js';
import { readOpenapi } from './read-openapi.js';

const published = fileURLToPath(new URL('../../../shared/openapi/', import.meta.url));
const newest = 'contacts-2026-08-21.json';
const [april2025, november2023] = ['history/contacts-2025-04-16.json', 'history/contacts-2023-11-16.json'];
const documents = existsSync(published);
if (!documents) console.warn(`the published documents are not at ${published}: their comparisons are left out`);
const load = (file: string) => readOpenapi(JSON.parse(readFileSync(published + file, 'utf8')), file);

const ours = readOpenapi(openapiOf(contract), 'the contract');
const policy = (operation: string, status: number) => policyFor(contract, endpointById(contract, operation), status);
const against = (file: string) => compareDocuments(ours, load(file), { whole: false, policyFor: policy });
const between = (older: string, newer: string) => compareDocuments(load(older), load(newer), { whole: true }).changes;
const told = ({ verdict, at, rule }: Change) => `${verdict} ${at.pointer} ${rule}`;
/** How often each verdict and rule occurs. */
function counted(changes: readonly Change[], operation: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { verdict, rule } of changes.filter((change) => change.operation === operation))
    counts[`${verdict} ${rule}`] = (counts[`${verdict} ${rule}`] ?? 0) + 1;
  return counts;
}

describe.skipIf(!documents)('the published documents', () => {
  it('differ from the contract where it says so, with its reason, and nowhere else', () => {
    const { changes, compared } = against(newest);
    expect(compared).toBe(4);
    expect(changes.filter((change) => deviationFor(contract, change) === undefined)).toEqual([]);
    const used = new Set(changes.map((change) => deviationFor(contract, change)));
    expect(contract.deviations?.filter((deviation) => !used.has(deviation))).toEqual([]);
  });

  it('are the same as themselves', () => {
    for (const file of [newest, april2025, november2023]) expect(between(file, file)).toEqual([]);
  });

  it('of 2023 and 2025 differ in nulls and one field', () => {
    const changes = between(november2023, april2025);
    expect(counted(changes, 'invoicing_post_contacts')).toEqual({
      'safe null allowed': 27,
      'breaking 200: null allowed': 33,
      'safe 200: field added': 1,
      'breaking 400: null allowed': 2,
    });
    const fields = changes.filter(
      ({ operation, rule }) => operation === 'invoicing_post_contacts' && /field/.test(rule),
    );
    expect(fields.map(told)).toEqual(['safe /external_reference 200: field added']);
    expect(changes.filter(({ operation }) => operation.startsWith('generate')).map(told)).toEqual([
      'safe /marketplaceId field added',
    ]);
  });

  it('of 2025 and 2026 differ in what a refusal says and in an undeclared way to authenticate', () => {
    const changes = between(april2025, newest);
    expect(changes.filter(({ verdict }) => verdict === 'breaking')).toEqual([]);
    expect(changes.filter(({ operation }) => operation === 'invoicing_post_contacts').map(told)).toEqual([
      'review  security http bearer → undeclared mcp_auth',
      'safe /error_code 400: field added',
      'safe /detail/0/input 422: field added',
      'safe /detail/0/ctx 422: field added',
    ]);
    const list = changes.filter(
      ({ operation, at }) => operation === 'invoicing_get_contacts' && at.pointer === '/total',
    );
    expect(list.map(told)).toEqual(['safe /total 200: required now', 'safe /total 200: null refused']);
  });

  it('of earlier days break senders of today', () => {
    const [breaking2025, breaking2023] = [april2025, november2023].map((file) =>
      against(file).changes.filter(
        (change) => change.verdict === 'breaking' && deviationFor(contract, change) === undefined,
      ),
    );
    expect(breaking2025?.map(told)).toEqual([
      'breaking /total 200: no longer required',
      'breaking /total 200: null allowed',
    ]);
    expect(new Set(breaking2023?.map(({ rule }) => rule))).toEqual(new Set(['null refused']));
    expect(breaking2023?.length).toBe(27);
  });
});

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const text = { type: 'string' };
const operation = (more: object = {}) => ({
  operationId: 'make',
  responses: { 200: json({ type: 'object' }) },
  ...more,
});
const api = (post: object, more: object = {}) =>
  readOpenapi({ openapi: '3.1.0', paths: { '/things/{id}': { post } }, ...more }, 'api');
const changed = (a: object, b: object) => compareDocuments(api(a), api(b), { whole: true }).changes.map(told);
const query = (name: string, more: object = {}) => ({ name, in: 'query', schema: text, ...more });

describe('two documents', () => {
  it.each<[string, object, object, string[]]>([
    ['a status', {}, { responses: { 200: json({ type: 'object' }), 201: {} } }, ['breaking  201: status added']],
    [
      'a status of refusal',
      {},
      { responses: { 200: json({ type: 'object' }), 409: {} } },
      ['review  409: status added'],
    ],
    ['a class of statuses', { responses: { 200: {} } }, { responses: { '2XX': {} } }, ['breaking  2XX: status added']],
    ['a status of a class', { responses: { '2XX': {} } }, { responses: { 200: {} } }, ['safe  2XX: status removed']],
    ['no status', { responses: { 200: {}, 404: {} } }, { responses: { 404: {} } }, ['breaking  200: status removed']],
    ['a status less', { responses: { 200: {}, 404: {} } }, { responses: { 200: {} } }, ['safe  404: status removed']],
    ['a parameter', {}, { parameters: [query('q')] }, ['safe /query/q parameter added']],
    [
      'a needed parameter',
      {},
      { parameters: [query('q', { required: true })] },
      ['breaking /query/q required parameter added'],
    ],
    ['no parameter', { parameters: [query('q')] }, {}, ['review /query/q parameter removed']],
    [
      'an unneeded parameter',
      { parameters: [query('q', { required: true })] },
      { parameters: [query('q')] },
      ['safe /query/q parameter no longer required'],
    ],
    [
      'the style',
      { parameters: [query('q')] },
      { parameters: [query('q', { explode: false })] },
      ['review /query/q style form, exploded → form'],
    ],
    [
      'what a parameter takes',
      { parameters: [query('q')] },
      { parameters: [query('q', { schema: { enum: ['a'] } })] },
      ['breaking /query/q limited to "a"'],
    ],
    ['a body', {}, { requestBody: json(text) }, ['safe  body added']],
    [
      'a needed body',
      { requestBody: json(text) },
      { requestBody: { ...json(text), required: true } },
      ['breaking  body required now'],
    ],
    ['no body', { requestBody: json(text) }, {}, ['review  body removed']],
    [
      'a media type',
      { requestBody: json(text) },
      { requestBody: { content: { 'text/plain': {} } } },
      ['breaking  media type application/json removed', 'safe  media type text/plain added'],
    ],
    ['deprecation', {}, { deprecated: true }, ['review  deprecated']],
    [
      'what is answered',
      {},
      { responses: { 200: json({ type: ['object', 'null'] }) } },
      ['breaking  200: null allowed'],
    ],
  ])('differ in %s', (_, a, b, expected) => expect(changed(operation(a), operation(b))).toEqual(expected));

  it('are alike in what no wire shows', () => {
    const a = operation({ parameters: [query('a'), query('b')], tags: ['x'], summary: 'S' });
    const b = operation({
      operationId: 'other',
      parameters: [query('b', { description: 'D' }), query('a'), { name: 'Accept', in: 'header', schema: text }],
    });
    expect(changed(a, b)).toEqual([]);
    const named = (name: string) =>
      readOpenapi(
        {
          openapi: '3.0.3',
          paths: {
            [`/things/{${name}}`]: {
              parameters: [{ name, in: 'path', required: true, schema: text }],
              post: operation(),
            },
          },
        },
        'api',
      );
    expect(compareDocuments(named('id'), named('thing_id'), { whole: true }).changes).toEqual([]);
    expect(
      changed(
        operation(),
        operation({
          responses: { 200: { content: { 'application/json; charset=utf-8': { schema: { type: 'object' } } } } },
        }),
      ),
    ).toEqual([]);
  });

  it('differ in their operations', () => {
    const other = readOpenapi({ openapi: '3.1.0', paths: { '/others': { get: operation() } } }, 'other');
    expect(compareDocuments(api(operation()), other, { whole: true }).changes.map(told)).toEqual([
      'breaking  endpoint removed',
      'safe  endpoint added',
    ]);
    const part = compareDocuments(api(operation()), other, { whole: false });
    expect(part.changes.map(told)).toEqual(['breaking  endpoint removed']);
    expect(part.notes).toEqual(['other has 1 operations beside those of api']);
  });

  it('know a status by the policy for it', () => {
    const policyOf = () =>
      ({
        status: 409,
        verdict: 'tolerated',
        body: null,
        attribution: 'contract',
        reason: 'Sent twice.',
        source: '',
      }) as const;
    const [change] = compareDocuments(
      api(operation()),
      api(operation({ responses: { 200: json({ type: 'object' }), 409: {} } })),
      { whole: true, policyFor: policyOf },
    ).changes;
    expect(change).toMatchObject({ verdict: 'safe', message: 'Status 409 is documented now: Sent twice.' });
  });

  it('name a security scheme by what it is', () => {
    const secured = (name: string, scheme: object) =>
      api(operation({ security: [{ [name]: [] }] }), { components: { securitySchemes: { [name]: scheme } } });
    const bearer = { type: 'http', scheme: 'bearer' };
    const compare = (b: ReturnType<typeof api>) =>
      compareDocuments(secured('x', bearer), b, { whole: true }).changes.map(told);
    expect(compare(secured('y', { ...bearer, scheme: 'Bearer', description: 'D' }))).toEqual([]);
    expect(compare(secured('y', { type: 'apiKey', in: 'header', name: 'K' }))).toEqual([
      'review  security http bearer → apikey header k',
    ]);
  });
});

describe('a document that is none', () => {
  const at = (post: unknown) => () => readOpenapi({ openapi: '3.1.0', paths: { '/x': { post } } }, 'api');
  it.each<[string, () => unknown, string]>([
    ['text', () => readOpenapi('openapi', 'api'), 'api is no OpenAPI document'],
    ['a list', () => readOpenapi([], 'api'), 'api is no OpenAPI document'],
    ['Swagger', () => readOpenapi({ swagger: '2.0' }, 'api'), 'api is Swagger 2.0'],
    ['another version', () => readOpenapi({ openapi: '4.0.0' }, 'api'), 'api is OpenAPI 4.0.0'],
    ['paths', () => readOpenapi({ openapi: '3.1.0', paths: [] }, 'api'), '/paths is no map of paths'],
    ['a parameter', at({ parameters: [{}] }), 'has no name or no in'],
    ['parameters', at({ parameters: {} }), 'is no list'],
    [
      'a missing parameter',
      at({ parameters: [{ $ref: '#/components/parameters/p' }] }),
      'refers to #/components/parameters/p, which the document does not have',
    ],
    [
      'a foreign body',
      at({ requestBody: { $ref: 'https://example.com/body.json' } }),
      'outside the document, which is never loaded',
    ],
    [
      'a body in a circle',
      () =>
        readOpenapi(
          {
            openapi: '3.1.0',
            components: { a: { $ref: '#/components/b' }, b: { $ref: '#/components/a' } },
            paths: { '/x': { post: { requestBody: { $ref: '#/components/a' } } } },
          },
          'api',
        ),
      'which refers to itself',
    ],
    ['answers', at({ responses: [] }), 'is no map of statuses'],
  ])('is refused: %s', (_, read, message) => {
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ code: 'unreadable' }));
  });
});
