import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invalidContactOut, validContact, validContactOut } from '../../contracts/chift/arbitraries.js';
import { contract } from '../../contracts/chift/index.js';
import { bodyOf, jsonOf } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Header } from '../exchange/headers.js';
import { judgeWith } from '../run/judge.js';
import { exchangeOf, goldenCases } from '../testing/golden-case.js';
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
  it('is answered for checks that there are', () => {
    const { answersFor } = plainlyConforms(contract, 'strict');
    expect(answersFor.filter((name) => !Object.hasOwn(checksFor('strict'), name))).toEqual([]);
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
