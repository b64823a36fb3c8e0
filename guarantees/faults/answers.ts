import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { rawServer } from '../../src/testing/raw-server.js';
import { planted } from '../secrets.js';
import { answer, answering, contact, ok, provider, ran, type Stage, write } from './stage.js';

const bomb = gzipSync(gzipSync(Buffer.alloc(50 * 1024 * 1024)));
const zipped = gzipSync(contact());
const json = (body: string | Uint8Array): Stage => answer(ok, body);

/** Redirects, and the place they lead to must see nothing. */
const redirect =
  (location: (elsewhere: string, own: string) => string): Stage =>
  async (cwd) => {
    const elsewhere = await rawServer((socket) => socket.end());
    let own = '';
    const target = await provider((socket) =>
      write(socket, `HTTP/1.1 307 Temporary Redirect\r\nLocation: ${location(elsewhere.url, own)}`),
    );
    own = target.url;
    try {
      const seen = await ran(cwd, [
        'verify',
        '--url',
        target.url,
        '--only',
        'valid',
        '--max-requests',
        '12',
        '--concurrency',
        '1',
      ]);
      expect(elsewhere.requests).toEqual([]);
      expect(target.requests.length).toBeLessThanOrEqual(12);
      return seen;
    } finally {
      await target.close();
      await elsewhere.close();
    }
  };

/** What the provider says, and says wrongly. */
export const answerFaults: Readonly<Record<number, Stage>> = {
  8: answering((socket) => {
    socket.write(`${ok}\r\nContent-Length: 100\r\n\r\n{"id":`);
    setTimeout(() => socket.resetAndDestroy(), 30);
  }),
  10: answering((socket) => {
    write(socket, `${ok}\r\nContent-Length: 1000`, contact());
    socket.end();
  }),
  11: answering((socket) => {
    const body = contact();
    write(socket, `${ok}\r\nContent-Length: ${body.length}`, `${body}more than was announced`);
  }),
  12: answer(`${ok}\r\nTransfer-Encoding: chunked`, 'zz\r\nno chunk\r\n'),
  13: answer(`${ok}\r\nTransfer-Encoding: chunked\r\nContent-Length: 3`, '3\r\nabc\r\n0\r\n\r\n'),
  14: answering((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')),
  15: answer(`${ok}\r\nX-Long: ${'a'.repeat(70_000)}`, contact()),
  17: answer('HTTP/1.1 999 What\r\nContent-Type: application/json', contact()),
  18: answering(
    (socket) => {
      socket.write(`${ok}\r\nContent-Length: ${2 ** 30}\r\n\r\n`);
      const zeros = Buffer.alloc(1024 * 1024);
      const flood = () => {
        while (!socket.destroyed && socket.write(zeros));
      };
      socket.on('drain', flood);
      flood();
    },
    { argv: ['--timeout', '20s', '--max-requests', '4'] },
  ),
  19: answering((socket) => write(socket, `${ok}\r\nContent-Encoding: gzip, gzip`, bomb), {
    argv: ['--timeout', '20s', '--max-requests', '6'],
  }),
  20: answer(`${ok}\r\nContent-Encoding: gzip`, zipped.subarray(0, zipped.length - 6)),
  21: redirect((elsewhere) => `${elsewhere}/stolen`),
  22: redirect((_, own) => `${own}/again`),
  23: redirect(() => `file:///etc/passwd\r\nLink: <http://user:${planted.CHIFT_CLIENT_ID}@127.0.0.1/>`),
  34: answering(
    (socket, n) =>
      n === 1
        ? write(
            socket,
            'HTTP/1.1 409 Conflict\r\nContent-Type: application/json',
            '{"message":"already processed","status":"error","error_code":"REQUEST_ALREADY_PROCESSED"}',
          )
        : false,
    { argv: ['--max-requests', '500', '--timeout', '5s'] },
  ),
  35: json('{"status":"error","message":"it failed"}'),
  36: async (cwd) => {
    for (const body of [
      contact({ id: 7 }),
      contact({ id: '' }),
      contact({ id: 'x'.repeat(6 * 1024 * 1024) }),
      contact(),
    ])
      expect((await json(body)(cwd)).exitCode).toBe(1);
    return json('{"source_ref":{"id":"1","model":"m"}}')(cwd);
  },
  37: answer('HTTP/1.1 200 OK\r\nContent-Type: text/html', '<html><script>alert(1)</script></html>'),
  38: json(Buffer.from([0x7b, 0x22, 0x69, 0x64, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d])),
  39: async (cwd) => {
    const bodies = [
      '[1,]',
      '{"id":NaN}',
      "{'id':1}",
      '\ufeff{}',
      '[1e400]',
      '{"a":1,"a":2}',
      '"\\ud800"',
      '{"a":tru}',
      '[1]x',
    ];
    for (const body of [...bodies, `{"n":${'9'.repeat(40)}}`]) expect((await json(body)(cwd)).exitCode).toBe(1);
    return json('['.repeat(100_000))(cwd);
  },
  40: async (cwd) => {
    const seen = await json(
      `{"id":"c","source_ref":{"id":"1","model":"m"},"__proto__":{"polluted":1},"constructor":1,"toString":2}`,
    )(cwd);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(seen.said).toContain('__proto__');
    return seen;
  },
  41: json(`{"id":"\\ud800 \\u0000 \\u202e \\u200d","source_ref":{"id":"1","model":"${'m'.repeat(1_000_000)}"}}`),
  42: answer(
    'HTTP/1.1 422 Unprocessable\r\nContent-Type: application/json',
    JSON.stringify({ detail: [{ loc: ['body'], msg: `bad ${planted.CHIFT_CLIENT_SECRET}`, type: 'value_error' }] }),
  ),
  43: async (cwd) => {
    const target = await provider((socket) => write(socket, `${ok}\r\nSet-Cookie: session=1; Path=/`, contact()));
    try {
      const seen = await ran(cwd, [
        'verify',
        '--url',
        target.url,
        '--only',
        'valid',
        '--max-requests',
        '8',
        '--concurrency',
        '1',
      ]);
      expect(target.requests.filter((request) => /^cookie:/im.test(request))).toEqual([]);
      return seen;
    } finally {
      await target.close();
    }
  },
  44: answering((socket) => {
    write(socket, ok, contact({ id: 'one' }));
    write(socket, ok, contact({ id: 'two' }));
  }),
};
