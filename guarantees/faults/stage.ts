import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { demo, startSandbox } from '../../contracts/chift/index.js';
import { main } from '../../src/cli/main.js';
import type { World } from '../../src/cli/world.js';
import { rawServer } from '../../src/testing/raw-server.js';
import { testClock } from '../../src/testing/test-clock.js';
import { testWorld } from '../../src/testing/test-world.js';
import { planted } from '../secrets.js';

/** What became of a fault. */
export interface Seen {
  readonly exitCode: number | null;
  /** Everything that was said: both outputs, and the result where there is one. */
  readonly said: string;
}

/** Puts one fault on stage in a folder of its own. Throws where more than the exit code must hold and does not. */
export type Stage = (cwd: string) => Promise<Seen>;

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  readonly world?: Partial<World>;
}

/** Runs a command in this process, with planted credentials and with a clock on which waiting costs no time. */
export async function ran(cwd: string, argv: readonly string[], { env, stdin, world }: RunOptions = {}): Promise<Seen> {
  const own = testWorld({ cwd, env: { ...planted, ...env }, ...(stdin === undefined ? {} : { stdin }) });
  const exitCode = await main(argv, { ...own, clock: testClock(), ...world });
  return { exitCode, said: `${own.printed.out}\n${own.printed.err}\n${resultIn(cwd)}` };
}

export function resultIn(cwd: string): string {
  try {
    return readFileSync(join(cwd, 'reports/result.json'), 'utf8');
  } catch {
    return '';
  }
}

/** Answers the n-th create, or leaves it to the sandbox by giving false. */
export type OnCreate = (socket: Socket, n: number, request: string) => unknown;

export interface Provider {
  readonly url: string;
  /** Requests as they came. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

const createPath = /^POST \S*\/contacts /;

/** The sandbox behind a server that answers creates, or what `which` picks, as the fault has it. */
export async function provider(onRequest: OnCreate, which: RegExp = createPath): Promise<Provider> {
  const sandbox = await startSandbox();
  const port = Number(new URL(sandbox.url).port);
  let picked = 0;
  const server = await rawServer((socket, serial) => {
    const request = server.requests[serial - 1]!;
    if (which.test(request) && onRequest(socket, ++picked, request) !== false) return;
    const upstream = connect(port, '127.0.0.1', () => upstream.write(request, 'latin1'));
    upstream.on('data', (chunk) => socket.write(chunk)).on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  return {
    url: server.url,
    requests: server.requests,
    async close() {
      await server.close();
      await sandbox.close();
    },
  };
}

const few = ['--only', 'valid', '--max-requests', '12', '--concurrency', '1', '--timeout', '20s'];

/** `verify` with a dozen valid creates, all answered as the fault has it. */
export const answering =
  (
    onRequest: OnCreate,
    { which, argv = [], ...options }: RunOptions & { which?: RegExp; argv?: readonly string[] } = {},
  ): Stage =>
  async (cwd) => {
    const target = await provider(onRequest, which);
    try {
      return await ran(cwd, ['verify', '--url', target.url, ...few, ...argv], options);
    } finally {
      await target.close();
    }
  };

/** Every create is answered with these bytes, as far as a head and a body make an answer. */
export const answer = (head: string, body: string | Uint8Array = ''): Stage =>
  answering((socket) => write(socket, head, body));

export function write(socket: Socket, head: string, body: string | Uint8Array = ''): void {
  const bytes = Buffer.from(body);
  const framed = /content-length|transfer-encoding/i.test(head) ? head : `${head}\r\nContent-Length: ${bytes.length}`;
  socket.write(Buffer.concat([Buffer.from(`${framed}\r\n\r\n`, 'latin1'), bytes]));
}

export const ok = 'HTTP/1.1 200 OK\r\nContent-Type: application/json';

/** A contact as the provider would answer it. */
export const contact = (more: object = {}): string =>
  JSON.stringify({ id: 'c-1', source_ref: { id: '1', model: 'res.partner' }, ...more });

export const consumer = demo.consumerId;
