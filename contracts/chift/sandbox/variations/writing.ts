import { gzipSync } from 'node:zlib';
import type { Header, Reply } from '../../../../src/index.js';
import type { Change } from '../behaviour.js';
import { inObjects, type Variation, written } from './variation.js';

/** Rewrites what goes on the wire, whatever it says. */
function sent(rewrite: (reply: Reply) => Reply): Change {
  return (base) => ({ reply: (reply, visit) => rewrite(base.reply(reply, visit)) });
}

const withHeaders = (rewrite: (headers: readonly Header[]) => readonly Header[]): Change =>
  sent((reply) => ({ ...reply, headers: rewrite(reply.headers) }));

const typed = (value: string): Change =>
  withHeaders((headers) => headers.map((line): Header => (line[0] === 'content-type' ? [line[0], value] : line)));

/** One meaning, written otherwise. */
export const writingVariations: readonly Variation[] = [
  {
    name: 'keys-reversed',
    description: 'the keys of every object stand in the opposite order',
    change: written((body) =>
      JSON.stringify(inObjects(body, (object) => Object.fromEntries(Object.entries(object).reverse()))),
    ),
  },
  {
    name: 'indented',
    description: 'JSON with line breaks, two spaces and a newline at the end',
    change: written((body) => `${JSON.stringify(body, null, 2)}\n`),
  },
  {
    name: 'escaped',
    description: 'every character beyond ASCII is written as \\u escape, and slashes as \\/',
    change: written((body) =>
      JSON.stringify(body)
        .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .replaceAll('/', '\\/'),
    ),
  },
  {
    name: 'gzip',
    description: 'answers are gzip, and say so',
    change: sent((reply) => ({
      ...reply,
      headers: [...reply.headers, ['content-encoding', 'gzip']],
      body: gzipSync(reply.body),
    })),
  },
  {
    name: 'chunked',
    description: 'answers come in chunks of 7 bytes, also in the middle of a character',
    change: sent((reply) => ({ ...reply, wire: { kind: 'chunked', size: 7 } })),
  },
  {
    name: 'charset',
    description: 'the content type names its charset',
    change: typed('application/json; charset=utf-8'),
  },
  {
    name: 'upper-case-media-type',
    description: 'the content type is Application/JSON;Charset="UTF-8"',
    change: typed('Application/JSON;Charset="UTF-8"'),
  },
  {
    name: 'problem-json-errors',
    description: 'errors are application/problem+json',
    change: sent((reply) =>
      reply.status < 400
        ? reply
        : {
            ...reply,
            headers: reply.headers.map(
              (line): Header => (line[0] === 'content-type' ? [line[0], 'application/problem+json'] : line),
            ),
          },
    ),
  },
  {
    name: 'upper-case-headers',
    description: 'header names are written in capitals',
    change: withHeaders((headers) => headers.map(([name, value]): Header => [name.toUpperCase(), value])),
  },
  {
    name: 'more-headers',
    description: 'answers carry cookies, a request id and limits',
    change: withHeaders((headers) => [
      ...headers,
      ['server', 'uvicorn'],
      ['x-request-id', '7d0f'],
      ['set-cookie', 'a=1; Path=/; HttpOnly'],
      ['set-cookie', 'b=2; Path=/'],
      ['x-ratelimit-remaining', '99'],
      ['vary', 'accept-encoding'],
    ]),
  },
  {
    name: 'no-date',
    description: 'answers have no date',
    change: withHeaders((headers) => headers.filter(([name]) => name !== 'date')),
  },
  {
    name: 'connection-closed',
    description: 'every connection ends after one answer',
    change: withHeaders((headers) => [...headers, ['connection', 'close']]),
  },
  {
    name: 'slow',
    description: 'every answer takes 20 milliseconds',
    change: sent((reply) => ({ ...reply, wire: { kind: 'slow', delayMs: 20 } })),
  },
];
