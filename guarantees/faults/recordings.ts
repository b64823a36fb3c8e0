import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { reportNames } from '../../src/reporters/index.js';
import { planted } from '../secrets.js';
import { consumer, ran, type Seen, type Stage } from './stage.js';

const url = `https://api.chift.eu/consumers/${consumer}/invoicing/contacts`;
const answerText = '{"id":"c-1","source_ref":{"id":"1","model":"res.partner"}}';
const jsonHeader = [{ name: 'content-type', value: 'application/json' }];

const entry = (
  more: { url?: string; status?: unknown; headers?: unknown; content?: object; authorization?: string } = {},
) => ({
  startedDateTime: '2026-01-01T00:00:00.000Z',
  time: 1,
  request: {
    method: 'POST',
    url: more.url ?? url,
    headers: [...jsonHeader, { name: 'authorization', value: more.authorization ?? 'Bearer x' }],
    postData: { mimeType: 'application/json', text: '{}' },
  },
  response: {
    status: more.status ?? 200,
    headers: more.headers ?? jsonHeader,
    content: more.content ?? { mimeType: 'application/json', text: answerText },
  },
});
const har = (...entries: object[]) =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 't', version: '1' }, entries } });

/** `check` on one file with this content. */
const checking =
  (name: string, content: string | Uint8Array, ...argv: string[]): Stage =>
  (cwd) => {
    writeFileSync(join(cwd, name), content);
    return ran(cwd, ['check', name, ...argv]);
  };

/** The first must end as the table says, the others alike. */
const alike =
  (...stages: readonly Stage[]): Stage =>
  async (cwd) => {
    const seen: Seen[] = [];
    for (const stage of stages) seen.push(await stage(cwd));
    expect(seen.map(({ exitCode }) => exitCode)).toEqual(seen.map(() => seen[0]!.exitCode));
    return seen[0]!;
  };

const pact = (version: string) =>
  JSON.stringify({
    consumer: { name: 'a' },
    provider: { name: 'b' },
    interactions: [
      {
        description: 'creates',
        request: {
          method: 'POST',
          path: new URL(url).pathname,
          headers: { 'Content-Type': 'application/json' },
          body: {},
        },
        response: { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.parse(answerText) },
      },
    ],
    metadata: { pactSpecification: { version } },
  });

/** Recordings from elsewhere. */
export const recordingFaults: Readonly<Record<number, Stage>> = {
  45: alike(
    checking('empty.har', ''),
    checking('none.har', har()),
    (cwd) => ran(cwd, ['check', 'missing.har']),
    (cwd) => ran(cwd, ['check', '/dev/zero']),
    (cwd) => {
      mkdirSync(join(cwd, 'folder'));
      return ran(cwd, ['check', 'folder']);
    },
    (cwd) => {
      execFileSync('mkfifo', [join(cwd, 'pipe')]);
      return ran(cwd, ['check', 'pipe']);
    },
  ),
  46: alike(
    checking('cut.har', har(entry()).slice(0, 60)),
    checking('jsonp.har', `callback(${har(entry())});`),
    checking('page.har', '<html></html>'),
  ),
  47: checking('odd.har', har(entry(), entry({ content: { encoding: 'base64', text: '*no base64*' } }))),
  48: checking('tokens.har', har(entry({ authorization: `Bearer ${planted.CHIFT_CLIENT_SECRET}` }))),
  49: checking(
    'torn.ndjson',
    `${JSON.stringify({ request: { method: 'POST', url, headers: { 'content-type': 'application/json' }, body: {} }, response: { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.parse(answerText) } })}\r\n\r\n{"request":{"met`,
  ),
  50: alike(
    checking('rec.har.zip', Buffer.from('PK\u0003\u0004 zipped')),
    checking('cut.har.gz', gzipSync(har(entry())).subarray(0, 40)),
  ),
  51: checking('five.json', pact('5.0')),
  52: alike(
    checking('code.yaml', `http_interactions:\n- request: !!js/function "function () { process.exit(9) }"\n`),
    checking(
      'bomb.yaml',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
        .split('')
        .map((name, at) => `${name}: &${name} [${`*${'abcdefghi'[at]},`.repeat(9).slice(0, -1)}]`)
        .join('\n')}\nhttp_interactions: *j\n`,
    ),
  ),
  53: checking('elsewhere.har', har(entry({ url: 'https://api.example.test/other' }))),
  54: checking(
    'shapes.har',
    har(entry({ status: '200' }), entry({ headers: { 'content-type': 'application/json' } }), entry()),
  ),
  55: async (cwd) => {
    const names = ['../../etc/passwd', '/etc/passwd', 'con', `a${'x'.repeat(300)}`, 'a\u0000b'];
    const odd = names.map((name) => ({ ...entry({ content: { text: '{}' } }), comment: name, _id: name }));
    return checking('names.har', har(...odd), '--report', reportNames.join())(cwd);
  },
  56: (cwd) => {
    const document = {
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: {
        '/consumers/{consumer_id}/invoicing/contacts': {
          post: {
            requestBody: { content: { 'application/json': { schema: { $ref: 'http://127.0.0.1:1/schema.json' } } } },
            responses: {
              200: { description: 'ok', content: { 'application/json': { schema: { $ref: 'file:///etc/passwd' } } } },
            },
          },
        },
      },
    };
    writeFileSync(join(cwd, 'remote.json'), JSON.stringify(document));
    return ran(cwd, ['drift', 'remote.json']);
  },
};
