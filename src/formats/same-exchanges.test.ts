import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { checksFor } from '../checks/index.js';
import { textOf } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import { fingerprint } from '../finding/finding.js';
import { judgeWith } from '../run/judge.js';
import { formatWriters } from '../testing/format-writers.js';
import type { Spoken } from '../testing/spoken.js';
import { detectFormat } from './detect.js';
import { allFormats, formatNamed, formatNames } from './index.js';

const contacts = 'https://api.example.com/consumers/6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3/invoicing/contacts';
const json = [['content-type', 'application/json']] as const;
const bearer = ['authorization', 'Bearer [redacted]'] as const;

function create(
  requestBody: string,
  status: number,
  responseBody: string,
  responseHeaders = json as Spoken['responseHeaders'],
): Spoken {
  const requestHeaders = [...json, bearer];
  return { method: 'POST', url: contacts, requestHeaders, requestBody, status, responseHeaders, responseBody };
}

function read(id: string, status: number, responseBody: string): Spoken {
  return { ...create('', status, responseBody), method: 'GET', url: `${contacts}/${id}` };
}

/** What providers do: well, wrongly, oddly, and not in JSON at all. */
const ten: readonly Spoken[] = [
  create(
    '{"last_name":"O\'Brien"}',
    200,
    '{"id":"c1","source_ref":{"id":"1","model":"contact"},"last_name":"O\'Brien"}',
  ),
  create('{"last_name":"Łukasz 😀 \\u0000"}', 200, '{"id":2,"source_ref":null,"last_name":"?"}'),
  create('{"gender":"X"}', 200, '{"id":"c3","source_ref":{},"gender":"X","shoe_size":43}'),
  create('{"is_company":"yes"}', 422, '{"detail":[{"loc":["body","is_company"],"msg":"no","type":"bool_parsing"}]}'),
  create('{"last_name":"a\\tb"}', 500, 'Internal Server Error', [['content-type', 'text/plain']]),
  create('{"last_name":"twice"}', 200, '{"id":"c6","id":"c7","source_ref":{},"n":12345678901234567890}'),
  create('not json: %7B <&> \\ "\'', 400, '{"message":"bad","status":"error","detail":"Ünicode\u2028"}'),
  create('{}', 200, ''),
  read(
    'c1',
    200,
    '{\r\n  "id": "c1",\r\n  "source_ref": {"id":"1","model":"contact"},\r\n  "last_name": null\r\n}\r\n',
  ),
  read('c9', 404, '{"message":"gone","status":"error"} trailing'),
];

async function readAll(format: string, text: string): Promise<Exchange[]> {
  const bytes = Buffer.from(text);
  expect(detectFormat(bytes, 'x', await allFormats()).id).toBe(format);
  const chunks = (async function* () {
    yield bytes;
  })();
  const reading = { file: 'x', wants: () => true, beside: async () => ({ problem: 'none' }) };
  const exchanges: Exchange[] = [];
  for await (const entry of (await formatNamed(format)).read(chunks, reading)) {
    if (entry.kind === 'unreadable') throw new Error(`${entry.place}: ${entry.reason}`);
    exchanges.push(entry.exchange);
  }
  return exchanges;
}

/** What was said, without where it was found. */
function said({ request, outcome }: Exchange) {
  if (outcome.kind !== 'answered') return outcome;
  return [request, outcome]
    .map(({ headers, body }) => ({ headers, state: body.state, text: textOf(body).text }))
    .concat([request.method, request.url, outcome.status] as never);
}

const judge = judgeWith(contract, checksFor('strict'));

function judgement(exchange: Exchange) {
  const { class: verdict, reason, findings } = judge(exchange);
  return { verdict, reason, findings: findings.map((finding) => [fingerprint(finding), finding.message]) };
}

describe('the same exchanges told in every format', () => {
  it('are written in every format there is', () => {
    expect(new Set(formatWriters.map(([format]) => format))).toEqual(new Set(formatNames));
  });

  it('hold every class of what can be wrong', async () => {
    const verdicts = (await readAll('ndjson', formatWriters[1]![2](ten))).map(judgement);
    expect(verdicts.map(({ verdict }) => verdict)).toContain('conforms');
    expect(
      new Set(verdicts.flatMap(({ findings }) => findings.map(([key]) => key!.split('|')[0]))).size,
    ).toBeGreaterThan(7);
  });

  it.each(formatWriters)('%s, %s: read alike and judged alike', async (format, _, write) => {
    const [found, plain] = [await readAll(format, write(ten)), await readAll('har', formatWriters[0]![2](ten))];
    expect(found.map(said)).toEqual(plain.map(said));
    expect(found.map(judgement)).toEqual(plain.map(judgement));
  });

  const text = fc
    .string({
      unit: fc.oneof(
        fc.constantFrom('\n', '\r', '\t', '"', "'", '\\', ':', '#', ' ', '- ', '~', 'é', '{', '}'),
        fc.string(),
      ),
    })
    .filter((each) => each.isWellFormed() && !/\{\{[$\w.-]+\}\}|<%=.*%>/.test(each));

  it.each(formatWriters)('%s, %s: any text comes back as it was said', async (format, _, write) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 4 }), async (bodies) => {
        const spoken = bodies.map(([sent, came]) => create(sent, 200, came));
        const found = await readAll(format, write(spoken));
        expect(
          found.map(({ request, outcome }) => [
            textOf(request.body).text,
            outcome.kind === 'answered' && textOf(outcome.body).text,
          ]),
        ).toEqual(
          bodies.map(([sent, came]) => [sent, came]).map((pair) => pair.map((each) => each.replace(/^\ufeff/, ''))),
        );
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});
