import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invalidContact, invalidContactOut, validContact, validContactOut } from '../../contracts/chift/arbitraries.js';
import { contract } from '../../contracts/chift/index.js';
import { jsonOf } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import { type Skim, SkimmedExchange } from '../exchange/skimmed.js';
import type { Entry, Reading } from '../formats/format.js';
import { ndjson } from '../formats/ndjson.js';
import { judgeWith } from '../run/judge.js';
import type { EchoMode } from './echo-faithful.js';
import { checksFor } from './index.js';
import { plainlyConforms } from './plainly-conforms.js';
import { skimOf } from './skim.js';

const url = 'https://api.example.com/consumers/6c1f6c4e-7b1a-4b70-9a0d-0c4a0f8e2b11/invoicing/contacts';

/** The first in most cases, because the others leave nothing to see. */
function mostly<T>([first, ...others]: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 7 * others.length, arbitrary: fc.constant(first!) }, fc.constantFrom(...others));
}

const headerLists: readonly unknown[] = [
  [['content-type', 'application/json']],
  [
    ['date', 'today'],
    ['Content-Type', 'application/json; charset=utf-8'],
  ],
  [{ name: 'content-type', value: 'application/json' }],
  { 'content-type': 'application/json', via: ['a', 'b'] },
  [],
  [['content-type', 'text/html']],
  [['content-type']],
  [[':status', '200']],
  { 'content-type': null },
  'content-type: application/json',
];

type Fields = Readonly<Record<string, unknown>>;

type Lists = Readonly<Record<'addresses', readonly Fields[] | null | undefined>>;

/** With null for what was not sent, as providers do. */
function filled(came: Fields): Fields {
  const { addresses } = came as Lists;
  const blank = { name: null, number: null, box: null };
  return { first_name: null, ...came, addresses: addresses?.map((each) => ({ ...blank, ...each })) ?? [] };
}

/** What came back for what was sent, as a provider that keeps it would answer, or not quite. */
const changes: readonly ((came: Fields) => unknown)[] = [
  (came) => came,
  (came) => Object.fromEntries(Object.entries(came).reverse()),
  (came) => ({ ...came, shoe_size: 43 }),
  (came) => ({ ...came, status: 'error' }),
  (came) => ({ ...came, last_name: 'another' }),
  filled,
  (came) => ({ ...came, addresses: null }),
  (came) => ({ ...came, addresses: [] }),
  (came) => ({ ...came, addresses: [...((came['addresses'] as unknown[] | null) ?? []), { address_type: 'main' }] }),
  (came) => ({ ...came, id: 7 }),
  (came) => ({ ...came, birthdate: '1990-02-30' }),
  ({ id: _, ...came }) => came,
  (came) => [came],
  () => null,
];

/** What stands in a line beside its request and its answer, and how the words are spelled. */
const spellings: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => line.replaceAll(/([{[,:])"/g, '$1 \t"').replaceAll('}', ' }'),
  (line) => ` ${line}\r`,
  (line) => `${line} x`,
  (line) => line.slice(0, -1),
  (line) => line.replace('{"request"', '{"durationMs":12.5,"request"'),
  (line) => line.replace('{"request"', '{"durationMs":-1,"request"'),
  (line) => line.replace('{"request"', '{"comment":"x","request"'),
  (line) => line.replace('"method"', '"method":"GET","method"'),
  (line) => line.replace('"response"', '"response":null,"response"'),
  (line) => line.replace('"id":', '"id":"first","id":'),
  (line) => line.replaceAll('"last_name":', '"last_name":"x","last_name":'),
  (line) => line.replace('"last_name":"', '"last_name":"\\u0041'),
  (line) => line.replace('"last_name":"', '"last_name":"\\ud800'),
  (line) => line.replace('"last_name":"', '"last_name":"\ufffd'),
  (line) => line.replace('"status":200', '"status":"200"'),
  (line) => line.replace('"status":200', '"status":2e2'),
  (line) => line.replace(/^\{("request":.*),("response":.*)\}$/, '{$2,$1}'),
  (line) => line.replaceAll('"body":', '"body":{},"body":'),
  (line) => line.replace('"response":{', '"response":{"content":{},'),
  (line) => line.replace(',"headers":', ',"cookies":'),
  (line) => line.replace(/,"headers":.*?,"body"/, ',"body"'),
  (line) => line.replace(/("response":.*?),"headers":.*?,"body"/, '$1,"body"'),
  (line) => line.replace(/"method":"POST",(.*?),"body":(.*)\},"response"/, '"body":$2,"method":"PATCH",$1},"response"'),
  (line) => line.replace(/"status":200,(.*?),"body":(.*)\}\}$/, '"body":$2,"status":404,$1}}'),
  (line) => line.replace(/"status":200,(.*?),"body":(.*)\}\}$/, '"body":$2,"status":200,$1}}'),
];

/** What a line tells; the first of each list is the ordinary one. */
const choices = {
  change: changes,
  spelling: spellings,
  method: ['POST', 'post', 'GET', 'PO ST'],
  url: [url, `${url}/c1`, url.replace('6c1f', 'none'), `${url}?x=1`, `${url}?x=2`, '/elsewhere', ''],
  status: [200, 201, 299, 300, 422, 500, 123],
  sentHeaders: headerLists,
  cameHeaders: headerLists,
} as const;

type Told = { readonly [Name in keyof typeof choices]: (typeof choices)[Name][number] };

const ordinary = Object.fromEntries(Object.entries(choices).map(([name, [first]]) => [name, first])) as unknown as Told;

const echoOf = (sent: unknown): Fields => ({
  id: 'c1',
  ...(sent as Fields),
  source_ref: { id: '1', model: 'contact' },
});

function lineOf(sent: unknown, came: unknown, { change, spelling, method, status, ...told }: Told): string {
  const body = typeof came === 'object' && came !== null ? change(came as Fields) : came;
  const request = { method, url: told.url, headers: told.sentHeaders, body: sent };
  return spelling(JSON.stringify({ request, response: { status, headers: told.cameHeaders, body } }));
}

const told = fc.record(
  Object.fromEntries(Object.entries(choices).map(([name, list]) => [name, mostly<unknown>(list)])),
) as unknown as fc.Arbitrary<Told>;

const lines = fc
  .record({
    sent: fc.oneof(
      { weight: 9, arbitrary: validContact({ hostile: false }) },
      { weight: 3, arbitrary: validContact() },
      { weight: 1, arbitrary: invalidContact().map(({ body }) => body) },
    ),
    alone: fc.oneof(
      validContactOut(),
      invalidContactOut().map(({ body }) => body),
    ),
    repeats: mostly([true, false]),
    told,
    /** A byte of the line replaced by another. */
    slip: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      fc.tuple(fc.nat(3000), fc.constantFrom(...'"\\{}[]:,0 9ntx-.eé\u0000')),
    ),
  })
  .map(({ sent, alone, repeats, slip, told }): string => {
    const line = lineOf(sent, repeats ? echoOf(sent) : alone, told);
    if (slip === undefined) return line;
    const at = slip[0] % line.length;
    return `${line.slice(0, at)}${slip[1]}${line.slice(at + 1)}`;
  });

async function read(chunks: AsyncIterable<Uint8Array>, how: Partial<Reading>): Promise<Entry[]> {
  const beside = async () => ({ problem: 'none' });
  const entries: Entry[] = [];
  for await (const entry of ndjson.read(chunks, { file: 'f', wants: () => true, beside, ...how })) entries.push(entry);
  return entries;
}

function entriesOf(text: string, skim?: Skim): Promise<Entry[]> {
  const chunks = (async function* () {
    yield Buffer.from(text);
  })();
  return read(chunks, { ...(skim && { skim }) });
}

/** Read from one buffer of `size` bytes, in which nothing is left of a chunk when the next is asked for. */
function entriesOfLent(text: string, skim: Skim, size: number): Promise<Entry[]> {
  const bytes = Buffer.from(text);
  const lent = Buffer.alloc(size);
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += size) {
      const chunk = lent.subarray(0, bytes.copy(lent, 0, at, at + size));
      yield chunk;
      lent.fill('x');
    }
  })();
  return read(chunks, { skim, reread: (offset, size) => bytes.subarray(offset, offset + size) });
}

const shown = ({ id, origin, request, outcome, before }: Exchange) => ({
  id,
  origin,
  method: request.method,
  url: request.url,
  sentHeaders: request.headers,
  sent: Buffer.from(request.body.bytes).toString(),
  outcome:
    outcome.kind === 'answered'
      ? {
          status: outcome.status,
          headers: outcome.headers,
          durationMs: outcome.durationMs,
          defects: outcome.defects,
          came: Buffer.from(outcome.body.bytes).toString(),
        }
      : outcome,
  before,
});

/** Reads lines with and without a skim; gives how many it spared, after the two were compared. */
async function spared(text: string, echo: EchoMode): Promise<number> {
  const skim = skimOf(contract, echo, '');
  const [quick, slow] = [await entriesOf(text, skim), await entriesOf(text)];
  const judge = judgeWith(contract, checksFor(echo));
  const glance = judgeWith(contract, checksFor(echo), undefined, plainlyConforms(contract, echo, skim));
  expect(quick.map(({ kind }) => kind)).toEqual(slow.map(({ kind }) => kind));
  let count = 0;
  for (const [at, entry] of quick.entries()) {
    const other = slow[at]!;
    if (entry.kind === 'unreadable' || other.kind === 'unreadable') {
      expect(entry).toEqual(other);
      continue;
    }
    const { exchange } = entry;
    expect(shown(exchange)).toEqual(shown(other.exchange));
    expect(shown(entry.written!.again())).toEqual(shown(other.exchange));
    const { class: name, endpoint, reason, findings } = judge(other.exchange);
    if (!(exchange instanceof SkimmedExchange)) continue;
    count++;
    expect({ name, reason, findings }).toEqual({ name: 'conforms', reason: undefined, findings: [] });
    expect(glance(exchange)).toEqual({ class: 'conforms', endpoint, reason: undefined, findings: [] });
    const reading = jsonOf(exchange.outcome.body);
    expect(exchange.answeredId).toBe(reading.ok && (reading.value as { id: unknown }).id);
  }
  return count;
}

describe('a skim', () => {
  it('reads the same from bytes that are lent, also what is asked for when they are gone', async () => {
    const skim = skimOf(contract, 'strict', '');
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(lines, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 200, max: 9000 }),
        async (several, size) => {
          const text = several.map((line) => `${line}\n`).join('');
          const lent = await entriesOfLent(text, skim, size);
          const owned = await entriesOf(text);
          for (const entry of lent) if (entry.kind === 'exchange' && entry.exchange instanceof SkimmedExchange) seen++;
          const told = (entry: Entry) => (entry.kind === 'exchange' ? shown(entry.exchange) : entry);
          expect(lent.map(told)).toEqual(owned.map(told));
          for (const [at, entry] of lent.entries())
            if (entry.kind === 'exchange') expect(shown(entry.written!.again())).toEqual(told(owned[at]!));
        },
      ),
      { seed: 33, numRuns: Number(process.env['LAW_RUNS'] ?? 300) },
    );
    expect(seen).toBeGreaterThan(100);
  });

  it.each<EchoMode>(['strict', 'normalised', 'off'])(
    'changes no entry and sees only what no check has anything against, echo %s',
    async (echo) => {
      let [all, seen] = [0, 0];
      await fc.assert(
        fc.asyncProperty(fc.array(lines, { minLength: 1, maxLength: 4 }), async (several) => {
          all += several.length;
          seen += await spared(several.map((line) => `${line}\n`).join(''), echo);
        }),
        { seed: 31, numRuns: Number(process.env['LAW_RUNS'] ?? 300) },
      );
      expect(seen / all).toBeGreaterThan(0.15);
    },
  );

  const sent = {
    last_name: 'Ünal',
    birthdate: '1990-01-31',
    is_customer: true,
    addresses: [
      { address_type: 'main', street: 'Veldstraat', city: 'Gent', postal_code: '9000', country: 'BE' },
      { address_type: 'other', street: 'Damrak', city: 'Amsterdam', postal_code: '1012', country: 'NL', box: null },
    ],
  };
  const plain = lineOf(sent, echoOf(sent), ordinary);
  const odd = Object.entries(choices).flatMap(([name, list]) =>
    list.slice(1).map((value, at) => [`${name} ${at + 1}`, { ...ordinary, [name]: value }] as const),
  );

  it.each(odd)('sees no more in a line that is odd in one respect than the checks do: %s', async (_, told) => {
    for (const echo of ['strict', 'off'] as const)
      expect(await spared(`${plain}\n${lineOf(sent, echoOf(sent), told)}\n${plain}\n`, echo)).toBeGreaterThan(1);
  });

  it('leaves to the echo what the echo is for', async () => {
    const line = `${lineOf(sent, echoOf({ ...sent, last_name: 'another' }), ordinary)}\n`;
    expect([await spared(line, 'off'), await spared(line, 'normalised')]).toEqual([1, 0]);
  });

  it('sees a line in another order and with blanks, with null for what was not sent, and a time', async () => {
    const times = (line: string) => `${line.slice(0, -1)},"durationMs":12.5}`;
    for (const [change, spelling] of [
      [changes[1]!, spellings[1]!],
      [filled, spellings[2]!],
      [filled, times],
    ] as const)
      expect(await spared(`${lineOf(sent, echoOf(sent), { ...ordinary, change, spelling })}\n`, 'strict')).toBe(1);
  });

  it('sees every line of an ordinary recording', async () => {
    const bodies = fc.sample(validContact({ hostile: false }), { seed: 32, numRuns: 200 }) as Fields[];
    const all = bodies.filter((body) => !/[\\\uf000-\uffff]|\.\d|e[+-]/.test(JSON.stringify(body)));
    const text = all.map((body) => `${lineOf(body, filled(echoOf(body)), ordinary)}\n`).join('');
    expect(all.length).toBeGreaterThan(100);
    expect(await spared(text, 'strict')).toBe(all.length);
  });

  it('is not asked of lines that are cut by the end of a chunk, or too long to be remembered', async () => {
    const long = { last_name: 'x'.repeat(70_000) };
    const line = lineOf(long, echoOf(long), ordinary);
    expect(await spared(`${line}\n`, 'strict')).toBe(0);
    expect(await spared(plain, 'strict')).toBe(0);
  });
});
