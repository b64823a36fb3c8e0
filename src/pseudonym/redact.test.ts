import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contract,
  edgeContact,
  edgeContactOut,
  invalidContact,
  invalidContactOut,
  validContact,
  validContactOut,
} from '../../contracts/chift/index.js';
import { checksFor } from '../checks/index.js';
import { bodyOf } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import { har } from '../formats/har.js';
import { run } from '../run/run.js';
import { documents } from '../sources/documents.js';
import { relationsOf } from '../sources/relations.js';
import { redacted } from './redact.js';
import { redactedHar } from './redacted-har.js';

const contacts = 'https://api.chift.eu/consumers/6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3/invoicing/contacts';
const json = [['content-type', 'application/json']] as const;

interface Said {
  readonly method?: string;
  readonly url?: string;
  readonly sent?: string | Uint8Array;
  readonly status?: number;
  readonly came?: string | Uint8Array;
  readonly headers?: Exchange['request']['headers'];
}

function exchange({
  method = 'POST',
  url = contacts,
  sent = '',
  status = 200,
  came = '',
  headers = json,
}: Said): Exchange {
  const origin = {
    kind: 'document',
    file: 'x',
    index: 0,
    format: 'har',
    provenance: 'observation',
    fidelity: [],
  } as const;
  return {
    id: 'x',
    origin,
    request: { method, url, headers, body: bodyOf(sent) },
    outcome: { kind: 'answered', status, headers, body: bodyOf(came), durationMs: 1, defects: [] },
    before: [],
  };
}

const creator = { name: 'test', version: '0' };
const options = { contract, basePath: '', seed: undefined };
const redact = (exchanges: readonly Exchange[], seed?: number) =>
  redacted(exchanges, (others) => redactedHar(others, creator), { ...options, seed });

/** How the file is judged: what was found, how often, without the names of undocumented fields. */
async function judged(text: string): Promise<string[]> {
  const recording = {
    file: 'x',
    async *open() {
      yield Buffer.from(text);
    },
  };
  const relations = () => relationsOf(contract, '');
  const { tally } = await run({
    contract,
    checks: checksFor('strict'),
    sources: [documents([recording], { format: 'har', relations })],
    signal: new AbortController().signal,
  });
  const found = [...tally.sightings.values()].map(({ finding: { code, at, rule, endpoint }, seen }) => {
    const place = code === 'response.body.undocumented-field' ? `depth ${at.pointer.split('/').length}` : at.pointer;
    return `${code} ${endpoint} ${at.part} ${place} ${rule} ×${seen}`;
  });
  const { judged: count, unjudgedTotal, outOfScope, unreadableTotal } = tally;
  return [`${count} ${unjudgedTotal} ${outOfScope} ${unreadableTotal}`, ...found.sort()];
}

const asHar = (exchanges: readonly Exchange[]) => redactedHar(exchanges, creator);

/** What providers do to a text that they were sent. */
const tidyings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.replaceAll(/[\s.]/g, ''),
  (text) => text.normalize('NFD'),
  (text) => `${text}!`,
  (text) => text.slice(1),
];

const written = (body: unknown) => JSON.stringify(body);
const isShort = (text: string) => text.length < 5000;
const bodies = fc
  .oneof(
    validContact().map(written),
    edgeContact().map(written),
    invalidContact().map(({ text }) => text),
  )
  .filter(isShort);
const answers = fc
  .oneof(
    validContactOut().map(written),
    edgeContactOut().map(written),
    invalidContactOut().map(({ text }) => text),
  )
  .filter(isShort);

/** Texts with an address or a day in them are replaced part by part: what is tidied there shows as altered. */
const composed = /https?:|@|\d{4}-\d{2}-\d{2}/;

function echoed(sent: string, tidy: (text: string) => string): string {
  const tidied = (text: string) => (composed.test(text) ? text : tidy(text));
  const back = JSON.parse(sent, (_, each: unknown) => (typeof each === 'string' ? tidied(each) : each));
  return JSON.stringify({ source_ref: {}, ...back, id: 'c-1234' });
}

const answered = fc.tuple(bodies, answers).map(([sent, came]): Said => ({ sent, came }));
const created = fc
  .tuple(fc.oneof(validContact(), edgeContact()).map(written).filter(isShort), fc.constantFrom(...tidyings))
  .map(([sent, tidy]): Said => ({ sent, came: echoed(sent, tidy) }));
const oddText = fc.constantFrom(
  '',
  '{"id":"a","id":"b","source_ref":{}}',
  '{"id":"c-1234","source_ref":{},"n":12345678901234567890}',
  '{"id":"Jean Dupont',
  '\ufeff{"id":"c9","source_ref":{}}',
  '{"id":"\\ud800","source_ref":{}} trailing Dupont',
  '<!DOCTYPE html><html><body>502 Bad Gateway for Dupont</body></html>',
  'Traceback (most recent call last):\n  File "/srv/jean/app.py", line 3, in <module>',
  '{"message":"Jean Dupont exists","error_code":"ERROR_CONNECTOR_AUTHENTICATION"}',
  '{"message":"x","detail":[{"loc":["body","birthdate"],"msg":"bad","type":"date"}]}',
  '{"message":"x","status":"error","detail":"no contact 9981231"}',
);
const odd = fc
  .tuple(bodies, oddText, fc.constantFrom(200, 400, 404, 422, 500, 401, 302))
  .map(([sent, came, status]): Said => ({ sent, came, status }));
const reads = fc
  .tuple(answers, fc.constantFrom('c-1234', 'c9', 'a%2Fb', '%zz'), fc.constantFrom('GET', 'DELETE', 'OPTIONS'))
  .map(([came, id, method]): Said => ({ method, url: `${contacts}/${id}?x=Jean`, came }));
const noText = fc.uint8Array({ maxLength: 30 }).map((bytes): Said => ({ sent: '{}', came: bytes }));
const recording = fc.array(fc.oneof(created, answered, odd, reads, noText), { minLength: 1, maxLength: 6 });

/** What longer runs of the property below found. */
const found: [Said[]][] = [
  [{ sent: '{"language":"aa_aa"}', came: '{"source_ref":{},"language":"aa_aa!","id":"c-1234"}' }],
  [
    { sent: '{}', came: '{"source_ref":{},"id":"c9"}' },
    { method: 'GET', url: `${contacts}/%zz`, came: '{"id":"n"}' },
  ],
  ...['01', '02', '03', '04'].map((day): Said[] => [
    { sent: `{"birthdate":"9999-12-${day}"}`, came: '{"id":"a","source_ref":{}}' },
  ]),
  [{ sent: '{"birthdate":"2024-01-31T00:00:00Z"}' }],
  [{ sent: '{}', came: Uint8Array.of(0, 64, 128) }],
  [{ sent: '{}', came: Uint8Array.of(65, 61, 48, 73, 128) }],
  [{ sent: '{}', came: Uint8Array.of(223, 128) }],
  [{ sent: '{"language":"\\naa"}', came: '{"source_ref":{},"language":"aa","id":"c-1234"}' }],
  [{ sent: '"maybe"', came: '{"id":"","source_ref":{},"is_prospect":"maybe"}' }],
  [{ sent: "{'phone':'07700'}" }, { sent: '{"phone":"07700 900198"}' }],
  [{ sent: "{'postal_code':'0x10'}" }, { sent: '{"phone":"0x10"}' }],
].map((said) => [said]);

describe('a redacted recording', () => {
  it('is judged as the original is', async () => {
    await fc.assert(
      fc.asyncProperty(recording, async (said) => {
        const exchanges = said.map(exchange);
        expect(await judged(redact(exchanges))).toEqual(await judged(asHar(exchanges)));
      }),
      { numRuns: Number(process.env['REDACTED_RUNS'] ?? 60), seed: 11, examples: found },
    );
  });

  const person = {
    first_name: 'Zinédine',
    last_name: 'Quackenbush',
    email: 'z.quackenbush@quack-freres.be',
    phone: '+32 475 98 76 54',
    vat: 'BE0403170701',
    birthdate: '1981-07-23',
    comment: 'Ask Wilhelmina on 0475/11.22.33',
  };
  const hidden = [
    'Quackenbush',
    'Zinédine',
    'quack-freres',
    '98 76 54',
    '0403170701',
    '1981-07-23',
    'Wilhelmina',
    '11.22.33',
  ];
  const everywhere = exchange({
    sent: JSON.stringify(person),
    came: JSON.stringify({
      id: 'id-99887766',
      source_ref: { id: 'id-99887766' },
      ...person,
      note: `Quackenbush <${person.email}>, born 23/07/1981`,
      copy: Buffer.from(JSON.stringify(person)).toString('base64'),
      hex: Buffer.from('Quackenbush').toString('hex'),
      link: 'https://quack-freres.be/people/Quackenbush?mail=z.quackenbush%40quack-freres.be',
      quoted: JSON.stringify(JSON.stringify(person)),
      html: '&quot;Zin&#233;dine&quot;',
      'z.quackenbush@quack-freres.be': 1,
    }),
    headers: [...json, ['authorization', 'Bearer Quackenbush99887766'], ['x-user', 'Quackenbush, Zinédine']],
  });

  it('holds none of the originals, however they were spelled', () => {
    const text = redact([everywhere, exchange({ method: 'GET', url: `${contacts}/id-99887766`, came: 'Quackenbush' })]);
    const strings = JSON.stringify(JSON.parse(text)).replaceAll('\\', '');
    for (const original of [...hidden, '99887766', '23/07/1981'])
      for (const form of [original, encodeURIComponent(original), Buffer.from(original).toString('hex')])
        expect(strings.toLowerCase()).not.toContain(form.toLowerCase());
    const decoded = [...strings.matchAll(/[\w+/=-]{12,}/g)].map(([run]) => Buffer.from(run, 'base64').toString());
    expect(decoded.filter((each) => each.includes('Quackenbush'))).toEqual([]);
  });

  it('gives one value one pseudonym of its own kind', () => {
    const read = exchange({ method: 'GET', url: `${contacts}/id-99887766` });
    const { log } = JSON.parse(redact([everywhere, read]));
    const sent = JSON.parse(log.entries[0].request.postData.text);
    const came = JSON.parse(log.entries[0].response.content.text);
    for (const field of Object.keys(person)) expect(came[field]).toBe(sent[field]);
    expect(came.source_ref.id).toBe(came.id);
    expect(log.entries[1].request.url.endsWith(`/${came.id}`)).toBe(true);
    expect(came.note).toContain(`${sent.last_name} <${sent.email}>`);
    expect(sent.email).toMatch(/^[a-z]\.[a-z]{11}@[a-z]+\.example$/);
    expect(sent.phone).toMatch(/^\+32 000 \d\d \d\d \d\d$/);
    expect(sent.vat).toMatch(/^BE0\d{9}$/);
    expect(97 - (Number(sent.vat.slice(2, 10)) % 97)).toBe(Number(sent.vat.slice(10)));
    expect(sent.first_name).toMatch(/^[A-Z][a-z]{2}[à-ü][a-z]{4}$/);
  });

  it('shifts all days alike', () => {
    const days = ['1981-07-23', '1981-07-24', '1999-12-31'];
    const sent = days.map((birthdate) => exchange({ sent: JSON.stringify({ birthdate }) }));
    const shifted = JSON.parse(redact(sent)).log.entries.map((entry: { request: { postData: { text: string } } }) =>
      Date.parse(JSON.parse(entry.request.postData.text).birthdate),
    );
    const [shift, ...others] = days.map((day, at) => shifted[at] - Date.parse(day));
    expect(others).toEqual([shift, shift]);
    expect(Math.abs(shift!)).toBeGreaterThanOrEqual(31 * 86_400_000);
  });

  it('is the same again, and joins others only by a seed', () => {
    const other = exchange({ sent: JSON.stringify({ last_name: 'Quackenbush', first_name: 'Otherwise' }) });
    expect(redact([everywhere])).toBe(redact([everywhere]));
    const named = (text: string) => JSON.parse(JSON.parse(text).log.entries[0].request.postData.text).last_name;
    expect(named(redact([everywhere], 7))).toBe(named(redact([other], 7)));
    expect(named(redact([everywhere], 7))).not.toBe(named(redact([everywhere], 8)));
    expect(named(redact([everywhere]))).not.toBe(named(redact([other])));
  });

  it('says of an example that it is one', async () => {
    const stub = { ...everywhere, origin: { ...everywhere.origin, provenance: 'stub' } } as Exchange;
    const chunks = (async function* () {
      yield Buffer.from(redact([stub]));
    })();
    for await (const entry of har.read(chunks, { file: 'x', wants: () => true, beside: async () => ({ problem: '' }) }))
      expect(entry).toMatchObject({ exchange: { origin: { provenance: 'stub' } } });
  });

  it('is not written when an original is left in it', () => {
    const left = Buffer.from('x Quackenbush').toString('base64');
    const forgetful = (others: readonly Exchange[]) => redactedHar(others, { name: left, version: '0' });
    expect(() => redacted([everywhere], forgetful, options)).toThrow('is still in the redacted recording');
  });
});
