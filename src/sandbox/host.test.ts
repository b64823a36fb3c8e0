import { request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { EmulatedRequest, Emulation, Reply } from './emulation.js';
import { type Host, startHost } from './host.js';

const open: Host[] = [];
const hosted = async (handle: Emulation['handle'], options = {}): Promise<Host> => {
  const host = await startHost({ handle }, options);
  open.push(host);
  return host;
};
afterEach(async () => {
  for (const host of open.splice(0)) await host.close().catch(() => {});
});

/** Everything the server says to these bytes until it closes, or until `enough`. */
function raw(url: string, text: string | Buffer, enough = /$^/): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    let seen = '';
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1');
      if (enough.test(seen)) socket.destroy();
    });
    socket.on('close', () => resolve(seen));
    socket.on('error', reject);
  });
}

const answer: Reply = { status: 200, headers: [['content-type', 'application/json']], body: '{"ok":true}' };

describe('a host', () => {
  it('hands over the request as it came: method, path, query, header lines, bytes', async () => {
    const seen: EmulatedRequest[] = [];
    const { url } = await hosted((got) => {
      seen.push(got);
      return answer;
    });
    const lines = [
      'PUT /a%2Fb/../%?x=1&x=%zz?y HTTP/1.1',
      'host: x',
      'X-Twice: 1',
      'x-twice: 2',
      'content-type: ;;',
      'content-length: 4',
    ];
    await raw(url, Buffer.from(`${lines.join('\r\n')}\r\n\r\n\xff\x00\x0d\x0a`, 'latin1'), /true/);
    expect(seen).toHaveLength(1);
    const [{ method, path, query, headers, body }] = seen as [EmulatedRequest];
    expect([method, path, query]).toEqual(['PUT', '/a%2Fb/../%', 'x=1&x=%zz?y']);
    expect(headers.filter(([name]) => /twice/i.test(name))).toEqual([
      ['X-Twice', '1'],
      ['x-twice', '2'],
    ]);
    expect([...body]).toEqual([0xff, 0, 13, 10]);
  });

  it('hands over any body byte for byte, under any content type', async () => {
    let seen = new Uint8Array();
    const { url } = await hosted((got) => {
      seen = new Uint8Array(got.body);
      return { ...answer, body: got.body };
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('application/json', 'text/plain', 'x', ''),
        async (body, type) => {
          const got = await fetch(url, {
            method: 'POST',
            body: Buffer.from(body),
            headers: type ? { 'content-type': type } : {},
          });
          expect([...seen]).toEqual([...body]);
          expect([...new Uint8Array(await got.arrayBuffer())]).toEqual([...body]);
        },
      ),
      { numRuns: 50, seed: 7 },
    );
  });

  it.each(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND'])(
    'knows no method of its own: %s',
    async (method) => {
      const { url } = await hosted((got) => ({ ...answer, status: 299, headers: [['x-method', got.method]] }));
      const said = await raw(url, `${method} / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
      expect(said).toMatch(new RegExp(`^HTTP/1.1 299 [^]*x-method: ${method}\r\n`));
    },
  );

  it('says headers in the case and number they were given, and no others than framing', async () => {
    const { url } = await hosted(() => ({
      ...answer,
      headers: [
        ['X-A', '1'],
        ['x-a', '2'],
      ],
    }));
    const said = await raw(url, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n', /true/);
    const names = said
      .split('\r\n\r\n')[0]!
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(':')[0]);
    expect(names).toEqual(['X-A', 'x-a', 'content-length', 'Connection', 'Keep-Alive']);
  });

  it('keeps a connection for several requests and ends it on close', async () => {
    const host = await hosted(() => answer);
    const said = raw(host.url, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(3), /(true.*){3}/s);
    expect((await said).match(/HTTP\/1.1 200/g)).toHaveLength(3);
    const held = raw(host.url, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await new Promise((resolve) => request(host.url, (response) => response.resume().on('end', resolve)).end());
    await host.close();
    expect(await held).toContain('true');
    open.length = 0;
  });

  it('refuses a port that is taken, in words', async () => {
    const { url } = await hosted(() => answer);
    const port = Number(new URL(url).port);
    await expect(hosted(() => answer, { port })).rejects.toMatchObject({
      code: 'usage',
      message: `port ${port} on 127.0.0.1 is taken`,
    });
  });

  it('answers 413 to more than it takes in, and does not ask', async () => {
    let asked = 0;
    const { url } = await hosted(() => {
      asked++;
      return answer;
    });
    const got = await fetch(url, { method: 'POST', body: Buffer.alloc(16 * 1024 * 1024 + 1) });
    expect([got.status, asked]).toEqual([413, 0]);
    expect((await fetch(url, { method: 'POST', body: Buffer.alloc(16 * 1024 * 1024) })).status).toBe(200);
  });

  it('ends what is still waiting for an answer when it is closed', async () => {
    const host = await startHost({ handle: () => new Promise(() => {}) });
    const waiting = fetch(host.url).catch(() => 'ended');
    await new Promise((resolve) => setTimeout(resolve, 30));
    await host.close();
    expect(await waiting).toBe('ended');
  });

  it('takes it calmly when a client hangs up', async () => {
    const host = await startHost({ handle: () => answer });
    const socket = connect(Number(new URL(host.url).port), '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhalf');
    await new Promise((resolve) => setTimeout(resolve, 30));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect((await fetch(host.url)).status).toBe(200);
    await host.close();
  });

  it('brings a failure of the emulation to light when it is closed', async () => {
    const host = await startHost({
      handle: () => {
        throw new Error('a bug of ours');
      },
    });
    await expect(fetch(host.url)).rejects.toThrow();
    await expect(host.close()).rejects.toThrow('a bug of ours');
  });
});

describe('an answer on the wire', () => {
  const body = 'x'.repeat(100);
  const said = async (wire: NonNullable<Reply['wire']>) => {
    const { url } = await hosted(() => ({ ...answer, body, wire }));
    const [head = '', ...rest] = (await raw(url, 'GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).split(
      '\r\n\r\n',
    );
    return { head, content: rest.join('\r\n\r\n') };
  };

  it('may be late', async () => {
    const started = performance.now();
    const { content } = await said({ kind: 'slow', delayMs: 60 });
    expect(performance.now() - started).toBeGreaterThan(55);
    expect(content).toBe(body);
  });

  it('may come in chunks', async () => {
    const { head, content } = await said({ kind: 'chunked', size: 64 });
    expect(head).toContain('transfer-encoding: chunked');
    expect(content).toBe(`40\r\n${'x'.repeat(64)}\r\n24\r\n${'x'.repeat(36)}\r\n0\r\n\r\n`);
  });

  it('may announce another length', async () => {
    const { head, content } = await said({ kind: 'wrong-length', off: 7 });
    expect(head).toContain('content-length: 107');
    expect(content).toBe(body);
    expect((await said({ kind: 'wrong-length', off: -101 })).head).toContain('content-length: 0');
  });

  it('may be cut', async () => {
    const cut = await said({ kind: 'cut', keep: 0.25 });
    expect(cut.head).toContain('content-length: 100');
    expect(cut.content).toHaveLength(25);
  });

  it('may break its framing', async () => {
    expect((await said({ kind: 'open-chunks' })).content).toBe(`64\r\n${body}\r\n`);
    expect((await said({ kind: 'bad-chunk' })).content).toBe(`64\r\n${body}\r\nzz\r\n`);
    const both = await said({ kind: 'two-framings' });
    expect(both.head).toMatch(/content-length: 100\r\ntransfer-encoding: chunked/);
    expect(both.content).toBe(`64\r\n${body}\r\n0\r\n\r\n`);
  });
});
