import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Contract } from '../contract/contract.js';
import type { Endpoint } from '../contract/endpoint.js';
import type { Exchange } from '../exchange/exchange.js';
import { findingsOf, inShort } from '../testing/in-short.js';
import { things as contract, created, sent } from '../testing/things-contract.js';
import { type EchoMode, echoedFields, echoFaithful, readBackFaithful } from './echo-faithful.js';

const waiving = (...echoWaivers: string[]): Contract => ({
  ...contract,
  provider: { ...contract.provider, echoWaivers },
});

const create = (request: unknown, came: unknown, asked = 'POST /things') =>
  inShort({ asked, request: { json: request }, response: { json: came } });
const told = (exchange: Exchange, mode: EchoMode = 'strict', of = contract) =>
  findingsOf(echoFaithful(mode), of, exchange).map(({ code, at }) => `${code} ${at.pointer}`);
const readBack = (before: Exchange[], came: unknown, mode: EchoMode = 'strict', asked = 'GET /things/1') => {
  const exchange = { ...inShort({ asked, request: { headers: [] }, response: { json: came } }), before };
  return findingsOf(readBackFaithful(mode), contract, exchange).map(({ code, at }) => `${code} ${at.pointer}`);
};

describe('what a create sends', () => {
  it('comes back in the fields that both sides document', () => {
    const value = fc.record(
      {
        name: fc.constantFrom('a', 'b'),
        size: fc.constantFrom(1, 2),
        free: fc.constantFrom<unknown>('x', 7, { deep: 1 }, { deep: 2 }, [1], ['x']),
        sent: fc.constantFrom('a', 'b'),
        came: fc.constantFrom('a', 'b'),
        extra: fc.nat(2),
      },
      { requiredKeys: ['name'] },
    );
    fc.assert(
      fc.property(value, value, (one, other) => {
        const lost = ['name', 'size', 'free'].filter(
          (field) => JSON.stringify(own(one, field)) !== JSON.stringify(own(other, field)),
        );
        const fields = told(create(one, other)).map((found) => found.split(/[ /]/)[2]);
        expect([...new Set(fields)].sort()).toEqual(lost.sort());
        expect(told(create(one, one))).toEqual([]);
      }),
      { seed: 43, numRuns: 200 },
    );
    expect(echoedFields(contract)).toEqual(['name', 'size', 'free', 'parts']);
  });

  it('comes back in lists, key by key of what is documented there', () => {
    const parts = [{ colour: 'red', extra: 1 }, { colour: 'blue' }];
    expect(
      told(create({ name: 'a', parts }, { name: 'a', parts: [{ colour: 'red' }, { colour: 'green', extra: 2 }] })),
    ).toEqual(['echo.altered /parts/1/colour']);
    expect(told(create({ name: 'a', parts }, { name: 'a', parts: 'red' }))).toEqual(['echo.altered /parts']);
    expect(told(create({ name: 'a', parts }, { name: 'a', parts: { colour: 'red' } }))).toEqual([
      'echo.altered /parts',
    ]);
    expect(told(create({ name: 'a', parts }, { name: 'a', parts: ['red', null] }))).toEqual([
      'echo.altered /parts/0',
      'echo.dropped /parts/1',
    ]);
  });

  it('may be rewritten, not altered, where that is allowed', () => {
    const [request, came] = [
      { name: 'A b', size: 1 },
      { name: 'ab', size: 2 },
    ];
    expect(told(create(request, came))).toEqual(['echo.normalised /name', 'echo.altered /size']);
    expect(told(create(request, came), 'normalised')).toEqual(['echo.altered /size']);
    expect(told(create(request, came), 'off')).toEqual([]);
  });

  it.each<[string, unknown, unknown]>([
    ['a request out of order', { name: 7, size: 1 }, { name: 'a', size: 2 }],
    ['an answer that is a list', { name: 'a' }, [{ name: 'b' }]],
    ['an answer that is text', { name: 'a' }, 'b'],
    ['an answer that is null', { name: 'a' }, null],
  ])('is not asked for of %s', (_, request, came) => {
    expect(told(create(request, came))).toEqual([]);
  });

  it('is not asked for of a request that is null, where that is in order', () => {
    const [one, ...others] = contract.endpoints;
    const nullable: Contract = { ...contract, endpoints: [{ ...one!, request: { body: sent.nullable() } }, ...others] };
    expect(told(create({ name: 'a' }, { name: 'b' }), 'strict', nullable)).toEqual(['echo.altered /name']);
    expect(told(create(null, { name: 'b' }), 'strict', nullable)).toEqual([]);
  });

  it('is not asked for of another endpoint', () => {
    expect(told(create({ name: 'a' }, { name: 'b' }))).toEqual(['echo.altered /name']);
    expect(told(create({ name: 'a' }, { name: 'b' }, 'POST /others'))).toEqual([]);
  });

  it('may be waived, field by field', () => {
    const request = { name: 'a', size: 1, free: { a: { b: 1, c: 1 }, ab: 1 } };
    const came = { name: 'b', size: 2, free: { a: { b: 2, c: 2 }, ab: 2 } };
    const all = ['/name', '/size', '/free/a/b', '/free/a/c', '/free/ab'];
    const left = (...waivers: string[]) =>
      told(create(request, came), 'strict', waiving(...waivers)).map((found) => found.split(' ')[1]);
    expect(left()).toEqual(all);
    expect(left('/name')).toEqual(all.slice(1));
    expect(left('/free/a')).toEqual(['/name', '/size', '/free/ab']);
    expect(left('/size', '/free/a/c')).toEqual(['/name', '/free/a/b', '/free/ab']);
    expect(left('/nam', '/ame', '/free/a/')).toEqual(all);
  });

  it('is quoted up to 60 characters', () => {
    const message = (name: string) => findingsOf(echoFaithful('strict'), contract, create({ name }, {}))[0]!.message;
    expect(message('x'.repeat(58))).toBe(`/name was dropped: "${'x'.repeat(58)}" became nothing`);
    expect(message('x'.repeat(59))).toBe(`/name was dropped: "${'x'.repeat(59)}… (61 characters) became nothing`);
  });

  it('is nothing where no create is documented on both sides', () => {
    const one = contract.endpoints[0]!;
    const others = contract.endpoints.slice(1);
    const without = (...endpoints: Endpoint[]): Contract => ({ ...contract, endpoints: [...endpoints, ...others] });
    const shape = (request: z.ZodType, response: z.ZodType) =>
      without({ ...one, request: { body: request }, responses: { 200: response } });
    expect(echoedFields(without())).toEqual([]);
    expect(echoedFields(without({ ...one, request: {} }))).toEqual([]);
    expect(echoedFields(without({ ...one, responses: { 200: null } }))).toEqual([]);
    expect(echoedFields(without({ ...one, responses: { 201: created } }))).toEqual([]);
    expect(echoedFields(shape(z.array(z.string()), created))).toEqual([]);
    expect(echoedFields(shape(sent, z.array(z.string())))).toEqual([]);
    expect(
      echoedFields(
        shape(
          z.lazy(() => sent),
          created,
        ),
      ),
    ).toEqual(['name', 'size', 'free', 'parts']);
  });
});

function own(value: object, key: string): unknown {
  return (value as Record<string, unknown>)[key];
}

describe('what a create answered', () => {
  const answered = { id: '1', name: 'A b', size: 1, source_ref: { id: 'a' }, came: 'a', extra: 1 };
  const earlier = (json: unknown, status = 200) =>
    inShort({ asked: 'POST /things', request: { json: { name: 'a' } }, status, response: { json } });

  it('is what a read gives, in the fields that a create echoes and in its reference', () => {
    const came = { id: '1', name: 'x', size: 2, source_ref: { id: 'b' }, came: 'b', extra: 2 };
    expect(readBack([earlier(answered)], came)).toEqual([
      'echo.altered /name',
      'echo.altered /size',
      'echo.altered /source_ref/id',
    ]);
    expect(readBack([earlier(answered)], { ...came, ...answered })).toEqual([]);
    expect(readBack([earlier({}), earlier(answered)], answered)).toEqual([]);
    expect(readBack([earlier(answered), earlier({})], came)).toEqual([]);
  });

  it('may be rewritten only where that is allowed', () => {
    const came = { ...answered, name: 'ab' };
    const found = (['strict', 'off', 'normalised'] as const).map((mode) => readBack([earlier(answered)], came, mode));
    expect(found).toEqual([['echo.normalised /name'], ['echo.normalised /name'], []]);
  });

  it.each<[string, Exchange[], unknown, string?]>([
    ['no create', [], {}],
    [
      'a create that was not answered',
      [{ ...earlier(answered), outcome: { kind: 'unanswered', reason: 'reset', detail: '' } }],
      { id: '1' },
    ],
    ['a create that was answered otherwise', [earlier(answered, 201)], { id: '1' }],
    ['another thing', [earlier(answered)], { id: '2' }],
    ['an answer without an id', [earlier(answered)], {}],
    ['a create answered by a list', [earlier([answered])], {}],
    ['a create answered by null', [earlier(null)], {}],
    ['a create answered in no JSON', [{ ...earlier(answered), ...text('no JSON') }], {}],
    ['a read answered by a list', [earlier(answered)], [{ id: '1' }]],
    ['another read', [earlier(answered)], { id: '1' }, 'GET /looks/1'],
  ])('is not asked for of %s', (_, before, came, asked) => {
    expect(readBack(before, came, 'strict', asked)).toEqual([]);
  });
});

function text(said: string): Pick<Exchange, 'outcome'> {
  return { outcome: inShort({ asked: 'POST /things', response: { text: said } }).outcome };
}
