import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startSandbox } from '../../contracts/chift/index.js';
import { testClock } from '../../src/testing/test-clock.js';
import { type ForeignOptions, foreignTarget } from '../foreign-target.js';
import { program } from '../program.js';
import { watchedSandbox } from '../sandboxes.js';
import { planted } from '../secrets.js';
import { answering, consumer, ok, provider, ran, resultIn, type Seen, type Stage, write } from './stage.js';

/** The program in a process of its own, on its way to a provider out in the world. */
const abroad =
  (options: ForeignOptions & { env?: Record<string, string>; preload?: URL; argv?: readonly string[] } = {}): Stage =>
  async (cwd) => {
    const sandbox = await startSandbox();
    const target = await foreignTarget(join(cwd, 'tls'), sandbox.url, options);
    const argv = [
      'verify',
      '--url',
      target.url,
      '--consumer',
      consumer,
      '--allow-writes',
      consumer,
      '--timeout',
      '20s',
    ];
    const env = { ...planted, ...target.env, ...options.env };
    try {
      const { exitCode, out, err } = await program([...argv, '--max-requests', '20', ...(options.argv ?? [])], {
        cwd,
        env,
        preload: options.preload ? [options.preload] : [],
      });
      return { exitCode, said: `${out}\n${err}\n${resultIn(cwd)}` };
    } finally {
      await target.close();
      await sandbox.close();
    }
  };

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Where waiting is the fault. */
const soon = { argv: ['--timeout', '400ms'] };

const drip = (text: string, everyMs: number): Stage =>
  answering((socket) => {
    let at = 0;
    const timer = setInterval(() => {
      socket.write(text[at++ % text.length]!);
    }, everyMs);
    socket.on('close', () => clearInterval(timer));
  }, soon);

const throttled = (header: string): Stage =>
  answering((socket) => write(socket, `HTTP/1.1 429 Too Many Requests\r\nRetry-After: ${header}`));

const refused = 'HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json';

/** Every token is good, and is said to last so long. */
const tokens =
  (life: unknown): Stage =>
  async (cwd) => {
    const sandbox = await watchedSandbox(
      {},
      {
        after: ({ path }, reply) =>
          path.endsWith('/token') && reply.status === 200
            ? { ...reply, body: JSON.stringify({ ...JSON.parse(String(reply.body)), expires_in: life }) }
            : undefined,
      },
    );
    try {
      return await ran(cwd, ['verify', '--url', sandbox.url, '--max-requests', '60', '--concurrency', '1']);
    } finally {
      await sandbox.close();
    }
  };

/** Faults of the network and of whoever keeps the provider from speaking. */
export const transportFaults: Readonly<Record<number, Stage>> = {
  1: abroad({ preload: new URL('./no-such-host.mjs', import.meta.url), env: { HTTPS_PROXY: '' } }),
  2: async (cwd) => ran(cwd, ['verify', '--url', `http://127.0.0.1:${await closedPort()}`]),
  3: async (cwd) => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    try {
      return await abroad({ env: { HTTPS_PROXY: `http://127.0.0.1:${port}` }, argv: soon.argv })(cwd);
    } finally {
      silent.close();
    }
  },
  4: answering(() => undefined, soon),
  5: drip(`${ok}\r\nContent-Length: 100000\r\n\r\n${' '.repeat(900)}`, 5),
  6: drip(
    'HTTP/1.1 200 OK\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    30,
  ),
  7: answering((socket) => socket.resetAndDestroy()),
  9: answering((socket) => socket.end()),
  16: answering((socket) => socket.write('HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000)), soon),
  24: abroad({ env: { NODE_EXTRA_CA_CERTS: '' } }),
  25: (cwd) => ran(cwd, ['verify'], { env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }),
  26: abroad({ proxyStatus: '407 Proxy Authentication Required' }),
  27: (cwd) =>
    ran(cwd, ['verify', '--url', 'http://api.example.test', '--consumer', consumer, '--allow-writes', consumer]),
  28: async (cwd) => {
    const all: Seen[] = [];
    for (const header of ['2', 'Wed, 21 Oct 2099 07:28:00 GMT', '1000000000000', '-1', '0x10', 'soon', ''])
      all.push(await throttled(header)(cwd));
    expect(new Set(all.map(({ exitCode }) => exitCode)).size).toBe(1);
    return all[0]!;
  },
  29: async (cwd) => {
    const target = await provider((socket) => write(socket, 'HTTP/1.1 503 Service Unavailable'));
    try {
      const seen = await ran(cwd, ['verify', '--url', target.url, '--max-requests', '100']);
      expect(target.requests.length).toBeLessThan(60);
      return seen;
    } finally {
      await target.close();
    }
  },
  30: answering((socket, n) => (n % 2 === 0 ? false : write(socket, 'HTTP/1.1 503 Service Unavailable')), {
    argv: ['--max-requests', '500', '--timeout', '5s'],
  }),
  31: answering((socket, n) => (n === 3 ? write(socket, refused, '{"message":"expired","status":"error"}') : false), {
    argv: ['--max-requests', '500', '--timeout', '5s'],
  }),
  32: async (cwd) => {
    for (const life of ['soon', undefined, null]) expect((await tokens(life)(cwd)).exitCode).toBe(5);
    for (const life of [1, -1, 2 ** 52]) expect([0, 1, 3, 5]).toContain((await tokens(life)(cwd)).exitCode);
    return tokens(0)(cwd);
  },
  33: async (cwd) => {
    const sandbox = await startSandbox();
    try {
      const codes = [];
      for (const days of [1, -1]) {
        const clock = testClock();
        const wall = () => new Date(Date.parse(clock.wall()) + days * 86_400_000).toISOString();
        codes.push(
          await ran(cwd, ['verify', '--url', sandbox.url, '--seed', '1'], { world: { clock: { ...clock, wall } } }),
        );
      }
      expect(codes[1]!.exitCode).toBe(codes[0]!.exitCode);
      return codes[0]!;
    } finally {
      await sandbox.close();
    }
  },
};
