import { describe, expect, it } from 'vitest';
import { textOf } from '../exchange/body.js';
import type { Entry } from './format.js';
import { ndjson } from './ndjson.js';
import { outlineOf } from './outline.js';

const request = { method: 'POST', url: '/contacts', headers: {} };

describe('NDJSON is recognised', () => {
  it.each<[string, unknown, one: number, many: number]>([
    ['a pair', { request, response: { status: 200 } }, 0.9, 0.95],
    ['a request alone', { request }, 0.5, 0.95],
    ['a request alone beside a status', { request, status: 200 }, 0.5, 0.95],
    ['a list of headers before the method', { request: { headers: [], method: 'GET' } }, 0.5, 0.95],
    ['an access log', { request: 'GET / HTTP/1.1', status: 200 }, 0.9, 0.95],
    ['an access log of parts', { method: 'GET', uri: '/', status: '200' }, 0.9, 0.95],
    ['a request without a method', { request: { url: '/' }, response: {} }, 0, 0],
    ['a list of requests', { request: [{ method: 'GET' }], status: 200 }, 0, 0],
    ['a request line without a status', { request: 'GET /' }, 0, 0],
    ['something else', { log: { entries: [] } }, 0, 0],
  ])('by %s', (_, value, one, many) => {
    const text = JSON.stringify(value);
    expect(ndjson.recognises(outlineOf(`${text}\n`))).toBe(one);
    expect(ndjson.recognises(outlineOf(`${text}\n${text}\n`))).toBe(many);
  });
});

it('NDJSON is one entry a line, so that it can be read from any line on', () => {
  expect(ndjson.lines).toBe(true);
});

describe('a line is read', () => {
  const answer = { status: 200, headers: {} };
  async function read(value: unknown) {
    const chunks = (async function* () {
      yield Buffer.from(`${JSON.stringify(value)}\n`);
    })();
    const reading = { file: 'x', wants: () => true, beside: async () => ({ problem: 'none' }) };
    const entries: Entry[] = [];
    for await (const entry of ndjson.read(chunks, reading)) entries.push(entry);
    const [entry] = entries;
    if (entry?.kind !== 'exchange' || entry.exchange.outcome.kind !== 'answered') throw new Error('no exchange');
    const { request: sent, outcome, origin } = entry.exchange;
    return { origin, bodies: [sent.body, outcome.body].map((body) => textOf(body).text) };
  }

  it.each<[string, unknown, [sent: string, came: string]]>([
    ['as a pair', { request: { ...request, body: 'a' }, response: { ...answer, body: 'b' } }, ['a', 'b']],
    [
      'as a HAR entry by what was posted',
      { request: { ...request, postData: { text: 'a' } }, response: { ...answer, body: 'b' } },
      ['a', ''],
    ],
    [
      'as a HAR entry by what came',
      { request: { ...request, body: 'a' }, response: { ...answer, content: { text: 'b' } } },
      ['', 'b'],
    ],
    [
      'as a HAR entry by its sizes',
      { request: { ...request, body: 'a', headersSize: -1 }, response: { ...answer, body: 'b' } },
      ['', ''],
    ],
    [
      'as a pair whose content is no object',
      { request: { ...request, body: 'a' }, response: { ...answer, content: 'x', body: 'b' } },
      ['a', 'b'],
    ],
    [
      'as a line of an access log',
      { request: 'POST /contacts', status: 200, request_body: 'a', response_body: 'b' },
      ['a', 'b'],
    ],
  ])('%s', async (_, value, bodies) => {
    const told = await read(value);
    expect(told.bodies).toEqual(bodies);
    expect(told.origin).toMatchObject({ format: 'ndjson', index: 0, line: 1, fidelity: [] });
  });
});
