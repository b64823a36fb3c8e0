import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absentBody, type Body, bodyOf } from '../exchange/body.js';
import type { Answered, Exchange, Unanswered } from '../exchange/exchange.js';
import { toHar } from '../exchange/har.js';
import type { PublicExchange } from '../exchange/public-exchange.js';
import { createRedactor } from '../exchange/redact.js';
import { harValidator } from '../testing/har-validator.js';
import { har } from './har.js';

const options = { creator: { name: 'chift-contract', version: '0' }, startedAt: '2026-08-24T09:00:00.000Z' };
const redactor = createRedactor([]);

const body: fc.Arbitrary<Body> = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => bodyOf(text)),
  fc.uint8Array().map((bytes) => bodyOf(bytes)),
  fc.json().map((text) => bodyOf(text)),
  fc.constant(absentBody),
  fc
    .tuple(fc.uint8Array({ minLength: 1 }), fc.constantFrom('truncated' as const, 'undecodable' as const))
    .map(([bytes, state]) => ({ ...bodyOf(bytes), state })),
);
const header = fc.tuple(fc.stringMatching(/^[a-z][a-z-]{0,8}$/), fc.stringMatching(/^[a-z0-9 =;/]{0,12}$/));
const defect = fc.record({ kind: fc.constantFrom('length' as const, 'truncated' as const), detail: fc.string() });
const answered: fc.Arbitrary<Answered> = fc.record({
  kind: fc.constant('answered' as const),
  status: fc.integer({ min: 100, max: 599 }).filter((status) => status !== 204 && status !== 304),
  headers: fc.array(header),
  body,
  durationMs: fc.option(fc.nat(9999), { nil: undefined }),
  defects: fc.array(defect, { maxLength: 2 }),
});
const unanswered: fc.Arbitrary<Unanswered> = fc.record({
  kind: fc.constant('unanswered' as const),
  reason: fc.constantFrom('reset' as const, 'timeout' as const, 'not-recorded' as const),
  detail: fc.string(),
});
const exchange: fc.Arbitrary<Exchange> = fc.record({
  id: fc.string(),
  origin: fc.constant({ kind: 'live' as const, property: 'p', path: '1' }),
  request: fc.record({
    method: fc.constantFrom('POST', 'PUT', 'PATCH'),
    url: fc.webUrl({ withQueryParameters: true }),
    headers: fc.array(header),
    body,
  }),
  outcome: fc.oneof(answered, unanswered),
  before: fc.constant([]),
});

async function readBack(text: string): Promise<PublicExchange[]> {
  const chunks = (async function* () {
    yield Buffer.from(text);
  })();
  const reading = { file: 'x', wants: () => true, beside: async () => ({ problem: 'none' }) };
  const read: PublicExchange[] = [];
  for await (const entry of har.read(chunks, reading)) {
    if (entry.kind === 'unreadable') throw new Error(`${entry.place}: ${entry.reason}`);
    read.push(redactor.exchange(entry.exchange));
  }
  return read;
}

/** What the format keeps: all but our own names, and a duration that is 0 when it is not known. */
function kept({ request, response, unanswered }: PublicExchange): unknown {
  return { request, unanswered, response: response && { ...response, durationMs: response.durationMs ?? 0 } };
}

describe('toHar', () => {
  it('keeps every exchange through writing and reading', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(exchange, { maxLength: 4 }), async (exchanges) => {
        const shown = exchanges.map((one) => redactor.exchange(one));
        expect((await readBack(toHar(shown, options))).map(kept)).toEqual(shown.map(kept));
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it('is HAR 1.2 by the published schema, each exchange after the one before', () => {
    const validate = harValidator();
    fc.assert(
      fc.property(fc.array(exchange, { maxLength: 4 }), (exchanges) => {
        const shown = exchanges.map((one) => redactor.exchange(one));
        const document = JSON.parse(toHar(shown, options));
        expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
        const times = document.log.entries.map((entry: { startedDateTime: string }) => entry.startedDateTime);
        expect(times).toEqual([...times].sort());
      }),
      { numRuns: 100, seed: 4 },
    );
    expect(validate({ log: { version: '1.2', creator: options.creator, entries: [{}] } })).toBe(false);
  });

  it('says that something was left out of a body, so that nobody takes the rest for the whole', async () => {
    const [one] = fc.sample(exchange, { numRuns: 1, seed: 5 });
    const long = { ...one!, request: { ...one!.request, body: bodyOf(JSON.stringify('x'.repeat(3_000_000))) } };
    const shown = redactor.exchange(long);
    expect(shown.request.body.omitted).toBeGreaterThan(0);
    expect((await readBack(toHar([shown], options)))[0]!.request.body.state).toBe('truncated');
  });
});
