import { createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { textOf } from '../exchange/body.js';
import type { Answered, Unanswered } from '../exchange/exchange.js';
import { type RawServer, rawServer } from '../testing/raw-server.js';
import { maxBodyBytes, type WireClient, type WireRequest, wireClient } from './wire-client.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

type Script = Parameters<typeof rawServer>[0];

async function serve(script: Script): Promise<{ server: RawServer; client: WireClient }> {
  const server = await rawServer(script);
  const client = wireClient(server.url, 1);
  open.push(client, server);
  return { server, client };
}

const get: WireRequest = { method: 'GET', path: '/', headers: [], body: undefined, timeoutMs: 2_000 };

/** What becomes of one request that is answered with these bytes, after which the server closes or stays. */
async function answeredWith(
  text: string | Uint8Array,
  then: 'close' | 'stay' = 'close',
): Promise<Answered | Unanswered> {
  const { client } = await serve((socket) => {
    socket.write(text);
    if (then === 'close') socket.end();
  });
  return client.send(get);
}

const told = (outcome: Answered | Unanswered) =>
  outcome.kind === 'unanswered'
    ? { reason: outcome.reason }
    : {
        status: outcome.status,
        state: outcome.body.state,
        text: textOf(outcome.body).text,
        defects: outcome.defects.map(({ kind }) => kind),
      };

describe('a good answer', () => {
  it('keeps status, every header line as it came, and the bytes', async () => {
    const outcome = await answeredWith(
      'HTTP/1.1 200 OK\r\nX-One: a\r\nx-one: b\r\nX-Latin: \xe9\r\nContent-Length: 4\r\n\r\nbody'.replace('\xe9', 'e'),
    );
    expect(outcome).toMatchObject({
      kind: 'answered',
      status: 200,
      headers: [
        ['X-One', 'a'],
        ['x-one', 'b'],
        ['X-Latin', 'e'],
        ['Content-Length', '4'],
      ],
      defects: [],
    });
    expect(told(outcome)).toEqual({ status: 200, state: 'present', text: 'body', defects: [] });
  });

  it.each([
    [
      'chunked',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n',
      'present',
      'body',
    ],
    ['ended by the connection', 'HTTP/1.1 200 OK\r\n\r\nbody', 'present', 'body'],
    ['empty', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', 'empty', ''],
    ['without a body', 'HTTP/1.1 204 No Content\r\n\r\n', 'empty', ''],
  ])('may be %s', async (_, text, state, body) => {
    expect(told(await answeredWith(text))).toMatchObject({ state, text: body, defects: [] });
  });

  it('is the final one, after whatever was said in between', async () => {
    const outcome = await answeredWith(
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}',
    );
    expect(outcome).toMatchObject({ status: 200, headers: [['Content-Length', '2']] });
  });

  it('has its content-coding undone', async () => {
    const zipped = gzipSync('body');
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n`;
    const outcome = await answeredWith(Buffer.concat([Buffer.from(head), zipped]));
    expect(told(outcome)).toEqual({ status: 200, state: 'present', text: 'body', defects: [] });
  });

  it('is not followed when it is a redirect', async () => {
    const { server, client } = await serve((socket) =>
      socket.write('HTTP/1.1 307 Temporary Redirect\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n'),
    );
    expect(told(await client.send(get))).toMatchObject({ status: 307 });
    expect(server.requests).toHaveLength(1);
  });
});

describe('what is said wrongly after the status is a defect of the answer', () => {
  const zipped = gzipSync('x'.repeat(10_000));
  const coded = (label: string, bytes: Uint8Array) =>
    Buffer.concat([
      Buffer.from(`HTTP/1.1 200 OK\r\nContent-Encoding: ${label}\r\nContent-Length: ${bytes.length}\r\n\r\n`),
      bytes,
    ]);
  const long = (length: number) =>
    Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n${'a'.repeat(length)}`);

  it.each<[string, string | Uint8Array, string, string[]]>([
    ['a body shorter than announced', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nbody', 'truncated', ['truncated']],
    [
      'chunks that end too early',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbo',
      'truncated',
      ['truncated'],
    ],
    [
      'a chunk of no size',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nbody\r\n',
      'truncated',
      ['protocol'],
    ],
    ['gzip cut short', coded('gzip', zipped.subarray(0, 20)), 'undecodable', ['content-coding']],
    ['gzip that is none', coded('gzip', Buffer.from('body')), 'undecodable', ['content-coding']],
    ['a coding nobody knows', coded('zip', Buffer.from('body')), 'undecodable', ['content-coding']],
    ['a body over the cap', long(maxBodyBytes + 1), 'truncated', ['too-large']],
    ['a bomb', coded('gzip', gzipSync(Buffer.alloc(maxBodyBytes + 1))), 'undecodable', ['too-large']],
  ])('%s', async (_, text, state, defects) => {
    const outcome = await answeredWith(text);
    expect(outcome).toMatchObject({ kind: 'answered', status: 200, body: { state } });
    expect(told(outcome)).toMatchObject({ defects });
  });

  it('with the bytes that did come', async () => {
    expect(told(await answeredWith('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nbody'))).toMatchObject({
      text: 'body',
    });
    const outcome = (await answeredWith(long(maxBodyBytes + 100))) as Answered;
    expect(outcome.body.bytes).toHaveLength(maxBodyBytes);
  });

  it('and a body as long as the cap is none', async () => {
    expect(told(await answeredWith(long(maxBodyBytes)))).toMatchObject({ state: 'present', defects: [] });
  });
});

describe('what keeps an answer from coming has a reason', () => {
  it.each<[string, string, Unanswered['reason']]>([
    ['a connection closed before the status', '', 'reset'],
    ['a status line cut short', 'HTTP/1.1 20', 'reset'],
    ['something else than HTTP', 'SSH-2.0-OpenSSH_9.0\r\n', 'protocol'],
    ['a header that is none', 'HTTP/1.1 200 OK\r\nno colon\r\n\r\n', 'protocol'],
    ['two lengths of one body', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nbody', 'protocol'],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\nbody', 'protocol'],
    ['a status that is none', 'HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n', 'protocol'],
    ['a switch of protocols', 'HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n', 'protocol'],
    [
      'two lengths at once',
      'HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\nbody',
      'protocol',
    ],
    ['headers without end', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`, 'protocol'],
  ])('%s', async (_, text, reason) => expect(told(await answeredWith(text))).toEqual({ reason }));

  it('a reset before the status', async () => {
    const { client } = await serve((socket) => socket.resetAndDestroy());
    expect(told(await client.send(get))).toEqual({ reason: 'reset' });
  });

  it('a port that nobody listens on', async () => {
    const { server, client } = await serve(() => undefined);
    await server.close();
    expect(told(await client.send(get))).toEqual({ reason: 'refused' });
  });

  it('a name that nobody has', async () => {
    const client = wireClient('http://nobody.invalid', 1);
    open.push(client);
    expect(told(await client.send(get))).toEqual({ reason: 'dns' });
  });

  it('a port that speaks no TLS', async () => {
    const server = createTcpServer((socket) =>
      socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n', () => socket.destroy()),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = wireClient(`https://127.0.0.1:${(server.address() as { port: number }).port}`, 1);
    open.push(client, { close: () => new Promise((resolve) => server.close(() => resolve())) });
    expect(told(await client.send(get))).toEqual({ reason: 'tls' });
  });

  it('a proxy that lets nothing through, which was asked for the target and told its password', async () => {
    const asked: string[] = [];
    const server = createTcpServer((socket) =>
      socket
        .on('error', () => undefined)
        .on('data', (chunk) => {
          asked.push(String(chunk));
          socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        }),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://user:secret@127.0.0.1:${(server.address() as { port: number }).port}`;
    const client = wireClient('https://api.example.com', 1, { url, except: 'other.example.com' });
    open.push(client, { close: () => new Promise((resolve) => server.close(() => resolve())) });
    expect(await client.send(get)).toMatchObject({ kind: 'unanswered' });
    expect(asked[0]).toMatch(/^CONNECT api\.example\.com:443 HTTP\/1\.1\r\n/);
    expect(asked[0]!.toLowerCase()).toContain(
      `proxy-authorization: basic ${Buffer.from('user:secret').toString('base64').toLowerCase()}`,
    );
  });

  it.each([
    ['nothing at all', ''],
    ['headers without end', 'HTTP/1.1 200 OK\r\n'],
    ['a body without end', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nbo'],
  ])('time that ran out on %s', async (_, text) => {
    const { client } = await serve((socket) => socket.write(text));
    const began = performance.now();
    expect(told(await client.send({ ...get, timeoutMs: 80 }))).toEqual({ reason: 'timeout' });
    expect(performance.now() - began).toBeLessThan(1_500);
  });

  it('drops that come one by one do not make the time longer', async () => {
    const { client } = await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n');
      const drops = setInterval(() => socket.write('a'), 10);
      socket.on('close', () => clearInterval(drops));
    });
    expect(told(await client.send({ ...get, timeoutMs: 100 }))).toEqual({ reason: 'timeout' });
  });

  it('an interruption, in flight or before', async () => {
    const controller = new AbortController();
    const { server, client } = await serve(() => controller.abort());
    expect(told(await client.send(get, controller.signal))).toEqual({ reason: 'interrupted' });
    expect(told(await client.send(get, controller.signal))).toEqual({ reason: 'interrupted' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a request', () => {
  it('goes out as it was given, byte by byte', async () => {
    const { server, client } = await serve((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
    const body = Uint8Array.from([0x7b, 0xff, 0x00, 0x7d]);
    const headers = [
      ['X-A', '1'],
      ['x-a', '2'],
    ] as const;
    await client.send({ ...get, method: 'POST', path: '/a%2Fb?c=d%20e', headers, body });
    expect(server.requests[0]).toMatch(/^POST \/a%2Fb\?c=d%20e HTTP\/1\.1\r\n/);
    expect(server.requests[0]).toMatch(/X-A: 1\r\nx-a: 2\r\n/);
    expect(server.requests[0]).toMatch(/content-length: 4\r\n\r\n\{\xff\0\}$/i);
  });

  it('uses the connection again, and a new one after a broken answer', async () => {
    const { server, client } = await serve((socket, serial) =>
      socket.write(
        serial === 3
          ? 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz'
          : 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}',
      ),
    );
    for (let each = 0; each < 4; each++) await client.send(get);
    expect(server.requests).toHaveLength(4);
    expect(server.connections()).toBe(2);
  });

  it('does not take the rest of one answer for the next', async () => {
    const { client } = await serve((socket, serial) =>
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nno ${serial}${serial === 1 ? 'HTTP/1.1 500 No\r\n\r\n' : ''}`,
      ),
    );
    expect(told(await client.send(get))).toMatchObject({ text: 'no 1' });
    expect(told(await client.send(get))).toMatchObject({ status: 200, text: 'no 2' });
  });

  it('that HTTP cannot carry is a bug of ours, told without its values', async () => {
    const { server, client } = await serve(() => undefined);
    const sent = client.send({ ...get, headers: [['authorization', 'Bearer secret\r\nx: y']] });
    await expect(sent).rejects.toThrow(/^a request that HTTP cannot carry: (?!.*secret)/);
    expect(server.requests).toEqual([]);
  });
});
