import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HarnessError } from '../errors.js';
import type { Header } from '../exchange/headers.js';
import type { EmulatedRequest, Emulation, Reply } from './emulation.js';
import { sendReply } from './send-reply.js';

/** Where an emulation listens. */
export interface HostOptions {
  /** 0 or left out: a free port. */
  readonly port?: number;
  /** Loopback unless told otherwise. */
  readonly host?: string;
}

/** A running emulation. */
export interface Host {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** Ends every connection. Rejects with what the emulation threw, if it ever did. */
  close(): Promise<void>;
}

/** Request bodies beyond this are answered 413 without asking the emulation. */
const maxRequestBytes = 16 * 1024 * 1024;

/** Gives an emulation a port. The server parses no body, decodes no path and knows no route: those are the API's own. */
export async function startHost(
  emulation: Emulation,
  { port = 0, host = '127.0.0.1' }: HostOptions = {},
): Promise<Host> {
  const failures: unknown[] = [];
  const server = createServer({ keepAliveTimeout: idleMs }, (message, response) => {
    serve(emulation, message, response).catch((error: unknown) => {
      if (!isHangUp(error)) failures.push(error);
      response.destroy();
    });
  });
  await listen(server, port, host);
  const { port: given } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${given}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** How long a connection may be idle, in milliseconds. */
const idleMs = 72_000;

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const { code } = cause;
      const known = code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL';
      const why = code === 'EADDRINUSE' ? 'is taken' : `cannot be opened (${code})`;
      const hint = 'Choose another port, or none for a free one.';
      reject(known ? new HarnessError('usage', `port ${port} on ${host} ${why}`, { hint, cause }) : cause);
    });
    server.listen({ port, host }, resolve);
  });
}

async function serve(emulation: Emulation, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bytesOf(message);
  const reply = body === undefined ? tooLarge : await emulation.handle(requestOf(message, body));
  await sendReply(response, reply);
}

function requestOf(message: IncomingMessage, body: Uint8Array): EmulatedRequest {
  const url = message.url ?? '';
  const mark = url.indexOf('?');
  const raw = message.rawHeaders;
  return {
    method: message.method ?? '',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers: Array.from({ length: raw.length / 2 }, (_, at): Header => [raw[2 * at]!, raw[2 * at + 1]!]),
    body,
    receivedAt: Date.now(),
  };
}

/** Undefined when there is more than the cap; the rest is read and dropped, so that the answer can be heard. */
function bytesOf(message: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxRequestBytes) chunks.push(chunk);
      else chunks.length = 0;
    });
    message.on('end', () =>
      resolve(size > maxRequestBytes ? undefined : chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)),
    );
    message.on('error', reject);
  });
}

const tooLarge: Reply = {
  status: 413,
  headers: [['content-type', 'text/plain; charset=utf-8']],
  body: `request bodies end at ${maxRequestBytes} bytes\n`,
};

/** The client went away in the middle: nobody's bug. */
function isHangUp(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes((error as NodeJS.ErrnoException).code ?? '');
}
