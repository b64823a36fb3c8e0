import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { invalidContactOut, validContact, validContactOut } from '../../contracts/chift/arbitraries.js';
import { contract } from '../../contracts/chift/index.js';
import { bodyOf, jsonOf } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Header } from '../exchange/headers.js';
import { judgeWith } from '../run/judge.js';
import { exchangeOf, goldenCases } from '../testing/golden-case.js';
import { caseOf, type InShort, inShort } from '../testing/in-short.js';
import { created, things } from '../testing/things-contract.js';
import type { Case } from './check.js';
import type { EchoMode } from './echo-faithful.js';
import { checksFor } from './index.js';
import { plainlyConforms } from './plainly-conforms.js';

/** Whether the glance settles it, after the checks it answers for were asked whether they have anything to say. */
function glanced(exchange: Exchange, echo: EchoMode): boolean {
  const { answersFor, settles } = plainlyConforms(contract, echo);
  let settled = false;
  const glance = {
    answersFor,
    settles(subject: Case) {
      settled = settles(subject);
      return settled;
    },
  };
  judgeWith(contract, {}, undefined, glance)(exchange);
  if (settled) {
    const checks = Object.entries(checksFor(echo)).filter(([name]) => answersFor.includes(name));
    const { class: found, findings } = judgeWith(contract, Object.fromEntries(checks))(exchange);
    expect({ found, findings }).toEqual({ found: 'conforms', findings: [] });
  }
  return settled;
}

const contacts = '/consumers/6c1f6c4e-7b1a-4b70-9a0d-0c4a0f8e2b11/invoicing/contacts';
const headerLists: readonly (readonly Header[])[] = [
  [['content-type', 'application/json']],
  [['Content-Type', 'application/json; charset=UTF-8']],
  [],
  [['content-type', 'application/json; charset=latin1']],
  [['content-type', 'text/html']],
  [
    ['content-type', 'application/json'],
    ['CONTENT-TYPE', 'application/json'],
  ],
  [['content-type', 'application/json, application/json']],
  [['date', 'today']],
];
/** The first of them in most cases, because the others leave nothing to see. */
const mostly = <T>(first: T, ...others: T[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(first) }, ...others.map((value) => fc.constant(value)));
const headers = mostly(...(headerLists as [readonly Header[], ...(readonly Header[])[]]));
const changes: readonly ((came: Record<string, unknown>) => unknown)[] = [
  (came) => came,
  (came) => ({ ...came, shoe_size: 43 }),
  (came) => ({ ...came, status: 'error' }),
  (came) => ({ ...came, last_name: 'another' }),
  (came) => ({ ...came, addresses: null }),
  ({ id: _, ...came }) => came,
  (came) => [came],
];
const spellings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `\ufeff${text}`,
  (text) => text.replace('{', '{"id":"twice",'),
  (text) => text.replace(/"last_name":"/, '"last_name":"\\ud800'),
  (text) => text.slice(0, -1),
];

const exchanges = fc
  .record({
    sent: validContact({ hostile: false }),
    alone: fc.oneof(
      validContactOut(),
      invalidContactOut().map(({ body }) => body),
    ),
    repeats: mostly(true, false),
    change: mostly(...(changes as [(typeof changes)[0], ...(typeof changes)[0][]])),
    spelling: mostly(...(spellings as [(typeof spellings)[0], ...(typeof spellings)[0][]])),
    method: mostly('POST', 'GET', 'PATCH'),
    url: mostly(contacts, `${contacts}/c1`, contacts.replace('6c1f', 'none'), `${contacts}?page=0`),
    status: mostly(200, 201, 422, 500),
    said: fc.tuple(headers, headers),
    defect: mostly(false, true),
  })
  .map(({ sent, alone, repeats, change, spelling, method, url, status, said, defect }): Exchange => {
    const came = repeats ? { ...(sent as object), id: 'c1', source_ref: { id: '1', model: 'contact' } } : alone;
    const answer = typeof came === 'object' && came !== null ? change(came as Record<string, unknown>) : came;
    return {
      id: 'x',
      origin: { kind: 'document', file: 'x', index: 0, format: 'x', provenance: 'observation', fidelity: [] },
      request: { method, url, headers: said[0], body: bodyOf(method === 'GET' ? '' : JSON.stringify(sent)) },
      outcome: {
        kind: 'answered',
        status,
        headers: said[1],
        body: bodyOf(spelling(JSON.stringify(answer))),
        durationMs: 1,
        defects: defect ? [{ kind: 'length', detail: 'short' }] : [],
      },
      before: [],
    };
  });

describe('what plainly conforms', () => {
  it('is answered for every check that there is', () => {
    const { answersFor } = plainlyConforms(contract, 'strict');
    expect([...answersFor].sort()).toEqual(Object.keys(checksFor('strict')).sort());
  });

  it.each<EchoMode>(['strict', 'off'])('is nothing that a check speaks of, echo %s', (echo) => {
    let settled = 0;
    fc.assert(
      fc.property(exchanges, (exchange) => {
        settled += Number(glanced(exchange, echo));
      }),
      { seed: 21, numRuns: 1000 },
    );
    expect(settled).toBeGreaterThan(100);
  });

  it('is a read that repeats the create before it, and none that differs', () => {
    let settled = 0;
    fc.assert(
      fc.property(
        exchanges,
        mostly(...(changes as [(typeof changes)[0], ...(typeof changes)[0][]])),
        (created, change) => {
          if (created.outcome.kind !== 'answered') return;
          const reading = jsonOf(created.outcome.body);
          if (!reading.ok || typeof reading.value !== 'object' || reading.value === null) return;
          const body = bodyOf(JSON.stringify(change(reading.value as Record<string, unknown>)));
          const headers = [['content-type', 'application/json']] as const;
          const read = glanced(
            {
              ...created,
              request: { method: 'GET', url: `${contacts}/c1`, headers: [], body: bodyOf('') },
              outcome: { ...created.outcome, status: 200, headers, body, defects: [] },
              before: [created],
            },
            'strict',
          );
          settled += Number(read);
        },
      ),
      { seed: 22, numRuns: 1000 },
    );
    expect(settled).toBeGreaterThan(100);
  });

  it('is no golden case in which a check finds something', () => {
    const cases = goldenCases(fileURLToPath(new URL('./golden', import.meta.url)));
    const settled = cases.filter(({ golden }) => glanced(exchangeOf(golden), golden.echo));
    expect(settled.length).toBeGreaterThan(3);
  });
});

/** Whether the glance settles an exchange with a thing. */
function settles(short: InShort, before: Exchange[] = [], echo: EchoMode = 'strict', of = things): boolean {
  return plainlyConforms(of, echo).settles(caseOf(of, { ...inShort(short), before }));
}

describe('a glance settles', () => {
  const thing = { id: '1', name: 'a', size: 1 };
  const asked = 'POST /things';
  const request = { json: { name: 'a', size: 1 } };
  const response = { json: thing };
  const changed = { json: { ...thing, size: 2 } };
  const answeredBy = (responses: (typeof things.endpoints)[number]['responses']) => ({
    ...things,
    endpoints: things.endpoints.map((endpoint) => ({ ...endpoint, responses })),
  });

  it('a create that is repeated, and any where nobody asks for that', () => {
    expect(settles({ asked, request, response })).toBe(true);
    expect(settles({ asked, request, response: changed })).toBe(false);
    expect(settles({ asked, request, response: changed }, [], 'off')).toBe(true);
    expect(settles({ asked, request: { json: { name: 'a' } }, response })).toBe(false);
  });

  it('what is no create by its two bodies alone', () => {
    expect(settles({ asked: 'POST /others', request, response: changed })).toBe(true);
    expect(settles({ asked: 'POST /others', request: { json: { name: 7 } }, response })).toBe(false);
    expect(settles({ asked: 'POST /others', request: { json: { name: 'a', extra: 1 } }, response })).toBe(false);
    expect(settles({ asked: 'POST /others', request: { text: 'no JSON' }, response })).toBe(false);
  });

  it('a request without a body where none is asked for, unless it is the create', () => {
    const bodiless = {
      ...things,
      endpoints: things.endpoints.map((endpoint) => ({
        ...endpoint,
        request: { ...endpoint.request, body: undefined },
      })),
    } as typeof things;
    expect(settles({ asked: 'POST /others', response }, [], 'strict', bodiless)).toBe(true);
    expect(settles({ asked, response }, [], 'strict', bodiless)).toBe(false);
  });

  it('a read on its own, after a create that failed, and one that repeats the create', () => {
    const read = 'GET /things/1';
    const create = inShort({ asked, request, response });
    const lost: Exchange = { ...create, outcome: { kind: 'unanswered', reason: 'reset', detail: '' } };
    expect(settles({ asked: read, response })).toBe(true);
    expect(settles({ asked: read, response }, [create])).toBe(true);
    expect(settles({ asked: read, response: changed }, [create])).toBe(false);
    expect(settles({ asked: read, response }, [inShort({ asked, request, response: { json: { id: '1' } } })])).toBe(
      true,
    );
    expect(settles({ asked: read, response: changed }, [lost])).toBe(true);
    expect(settles({ asked: read, response: changed }, [inShort({ asked, request, status: 201, response })])).toBe(
      true,
    );
    expect(settles({ asked: read, response }, [inShort({ asked, request, response: { text: 'no JSON' } })])).toBe(
      false,
    );
    expect(settles({ asked: 'GET /looks/1', response: changed }, [create])).toBe(true);
  });

  it.each([
    [199, false],
    [200, true],
    [299, true],
    [300, false],
    [201, false],
  ])('a success that is promised: %d', (status, settled) => {
    const of = answeredBy({ 199: created, 200: created, 299: created, 300: created });
    expect(settles({ asked, request, status, response }, [], 'strict', of)).toBe(settled);
  });

  it('no answer with a defect, with a value of another type, or of more than is documented', () => {
    expect(settles({ asked, request, response: { ...response, defects: [{ kind: 'length', detail: '' }] } })).toBe(
      false,
    );
    expect(settles({ asked, request, response: { json: { ...thing, extra: 1 } } })).toBe(false);
    for (const json of [null, 7, 'text', [thing]]) {
      expect(settles({ asked, request, response: { json } })).toBe(false);
      expect(settles({ asked, request, response: { json } }, [], 'off', answeredBy({ 200: z.unknown() }))).toBe(false);
    }
  });

  it('no answer that may be an error by its body, even where its fields are documented', () => {
    const of = answeredBy({
      200: created.extend({ status: z.string().optional(), error_code: z.string().optional() }),
    });
    const settled = [{}, { status: 'x' }, { error_code: 'x' }].map((more) =>
      settles({ asked, request, response: { json: { ...thing, ...more } } }, [], 'strict', of),
    );
    expect(settled).toEqual([true, false, false]);
  });

  it('no request with a parameter that is out of order', () => {
    const page = { items: [], total: 0, page: 1, size: 50 };
    const list = (query: string) =>
      settles({ asked: `GET ${contacts}${query}`, response: { json: page } }, [], 'strict', contract);
    expect(['', '?page=1', '?page=0'].map(list)).toEqual([true, true, false]);
  });

  it.each<[readonly Header[], boolean]>([
    [[], true],
    [[['Content-Type', 'application/json']], true],
    [[['Content-Type', 'application/json; charset=UTF-8']], true],
    [[['Content-Type', 'application/problem+json']], true],
    [
      [
        ['X-Request-Id', '7'],
        ['Content-Type', 'application/json'],
      ],
      true,
    ],
    [
      [
        ['Content-Type', 'application/json'],
        ['Content-Type', 'application/json'],
      ],
      false,
    ],
    [[['Content-Type', 'application/json, application/json']], false],
    [[['Content-Type', 'application/json; charset=latin1']], false],
    [[['Content-Type', 'text/json']], false],
    [[['X-Request-Id', '7']], false],
  ])('bodies under one content type that is JSON, or under no headers: %j', (lines, settled) => {
    const headers = lines.map(([name, value]): [string, string] => [name, value]);
    expect(settles({ asked, request, response: { ...response, headers } })).toBe(settled);
    expect(settles({ asked, request: { ...request, headers }, response })).toBe(settled);
  });
});
