import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { Exchange } from '../exchange/exchange.js';
import { startRecordingProxy } from './recording-proxy.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A provider that answers each connection with these very bytes, and what it was sent. */
async function provider(answer: string | Buffer, how: 'end' | 'reset' = 'end') {
  const seen: string[] = [];
  const server = createTcpServer((socket) => {
    let got = '';
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1');
      const [head = '', body] = got.split('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (body === undefined || body.length < length) return;
      seen.push(got);
      if (how === 'reset') socket.resetAndDestroy();
      else socket.end(answer);
    });
  }) as unknown as Server;
  return { url: await listening(server), seen };
}

async function listening(server: Server): Promise<URL> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => new Promise((closed) => server.close(closed)));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

async function recording(target: URL) {
  const exchanges: Exchange[] = [];
  const proxy = await startRecordingProxy(target, (exchange) => exchanges.push(exchange));
  closers.push(proxy.close);
  return { url: proxy.url, exchanges };
}

interface Came {
  readonly status: number | undefined;
  readonly rawHeaders: string[];
  readonly bytes: Buffer;
}

/** Sends one request; an answer that breaks off rejects. */
async function ask(url: string, method: string, headers: string[], body?: Buffer): Promise<Came> {
  const sending = request(url, { method, headers: ['Host', 'elsewhere', ...headers], agent: false });
  sending.end(body);
  const [message] = (await once(sending, 'response')) as [IncomingMessage];
  return { status: message.statusCode, rawHeaders: message.rawHeaders, bytes: await buffer(message) };
}

const answer = (head: string, body: string | Buffer) =>
  Buffer.concat([Buffer.from(`${head}\r\n\r\n`), Buffer.from(body)]);

describe('startRecordingProxy', () => {
  it('passes bytes on in both directions and records them', async () => {
    const packed = gzipSync('{"id":"é"}');
    const head = `HTTP/1.1 201 Made\r\nX-Twice: 1\r\nx-twice: 2\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}\r\nConnection: close`;
    const { url, seen } = await provider(answer(head, packed));
    const proxy = await recording(new URL('/base/', url));
    const sent = Buffer.from('{"a":"\u00e9", "a": 1 }');
    const came = await ask(
      `${proxy.url}/x?q=%7E`,
      'POST',
      ['X-Odd', 'a', 'x-odd', 'b', 'content-length', String(sent.length)],
      sent,
    );

    expect(came.status).toBe(201);
    expect(came.bytes).toEqual(packed);
    expect(came.rawHeaders.slice(0, 6)).toEqual(['X-Twice', '1', 'x-twice', '2', 'Content-Encoding', 'gzip']);
    expect(seen[0]).toMatch(/^POST \/base\/x\?q=%7E HTTP\/1\.1\r\n/);
    expect(seen[0]).toContain('X-Odd: a\r\nx-odd: b\r\n');
    expect(seen[0]).toContain(`host: ${url.host}\r\n`);
    expect(seen[0]!.endsWith(sent.toString('latin1'))).toBe(true);

    const [{ request: recorded, outcome }] = proxy.exchanges as [Exchange];
    expect(recorded).toMatchObject({ method: 'POST', url: `${url.origin}/base/x?q=%7E` });
    expect(Buffer.from(recorded.body.bytes)).toEqual(sent);
    expect(outcome).toMatchObject({ kind: 'answered', status: 201, body: { decoded: ['gzip'] }, defects: [] });
    expect(outcome.kind === 'answered' && Buffer.from(outcome.body.bytes).toString()).toBe('{"id":"é"}');
  });

  it('hands an exchange over before the client has its answer, in the order of the requests', async () => {
    const server = createServer((_, response) => response.end('ok'));
    const proxy = await recording(await listening(server));
    for (let n = 1; n <= 3; n++) {
      expect((await ask(proxy.url, 'GET', [])).bytes.toString()).toBe('ok');
      expect(proxy.exchanges.map(({ id }) => id).at(-1)).toBe(`recorded:${n}`);
    }
  });

  it.each(['HEAD', 'DELETE', 'POST'])('passes a %s without a body', async (method) => {
    const server = createServer((_, response) => response.writeHead(204).end());
    const proxy = await recording(await listening(server));
    expect((await ask(proxy.url, method, [])).status).toBe(204);
    expect(proxy.exchanges[0]!.request.body.state).toBe('empty');
  });

  it('breaks off where the provider does, and records what came', async () => {
    const { url } = await provider(answer('HTTP/1.1 200 OK\r\nContent-Length: 100', '{"id":'));
    const proxy = await recording(url);
    await expect(ask(proxy.url, 'GET', [])).rejects.toThrow('aborted');
    expect(proxy.exchanges[0]!.outcome).toMatchObject({ status: 200, body: { state: 'truncated' } });
  });

  it('says nothing where the provider says nothing', async () => {
    const { url } = await provider('', 'reset');
    const proxy = await recording(url);
    await expect(ask(proxy.url, 'GET', [])).rejects.toThrow('socket hang up');
    expect(proxy.exchanges[0]!.outcome).toMatchObject({ kind: 'unanswered', reason: 'reset' });
  });

  it('listens on loopback alone', async () => {
    const proxy = await recording((await provider('')).url);
    const socket = connect(Number(new URL(proxy.url).port), '127.0.0.2');
    await expect(once(socket, 'connect')).rejects.toThrow();
  });
});
