import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { bodyOf } from '../exchange/body.js';
import type { Answered, Exchange, HttpRequest, Unanswered } from '../exchange/exchange.js';
import type { Header } from '../exchange/headers.js';
import { type WireClient, wireClient } from './wire-client.js';

/** A proxy on loopback that keeps every exchange it passes on. */
export interface RecordingProxy {
  /** What a client uses instead of the target. */
  readonly url: string;
  close(): Promise<void>;
}

/** Longer than any client waits. */
const timeoutMs = 120_000;
const connections = 16;

/** Speak of one connection only (RFC 9110, section 7.6.1), or are set anew by whoever sends. */
const ofTheConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
]);

/**
 * A reverse proxy on loopback, between a client that cannot be changed and a provider: bodies and headers pass as they
 * are, and each exchange is handed over before its answer goes back. Where the provider says nothing or breaks off,
 * so does the proxy.
 */
export async function startRecordingProxy(
  target: URL,
  onExchange: (exchange: Exchange) => void,
): Promise<RecordingProxy> {
  const client = wireClient(target.origin, connections);
  let serial = 0;
  const server = createServer((request, response) => {
    const path = String(++serial);
    relay({ client, target }, request, response).then(
      ({ sent, outcome, deliver }) => {
        const origin = { kind: 'live' as const, property: 'recorded', path };
        onExchange({ id: `recorded:${path}`, origin, request: sent, outcome, before: [] });
        deliver();
      },
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await client.close();
    },
  };
}

interface Relayed {
  readonly sent: HttpRequest;
  readonly outcome: Answered | Unanswered;
  /** Sends the answer on to the client, as far as there is one. */
  deliver(): void;
}

async function relay(
  { client, target }: { client: WireClient; target: URL },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Relayed> {
  const content = await buffer(request);
  const path = `${target.pathname.replace(/\/$/, '')}${request.url ?? '/'}`;
  const headers = linesOf(request.rawHeaders)
    .filter(([name]) => !ofTheConnection.has(name.toLowerCase()))
    .map(([name, value]): Header => [name, name.toLowerCase() === 'host' ? target.host : value]);
  const method = request.method ?? 'GET';
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const answer: RawAnswer = { status: 0, headers: [], chunks: [] };
  const outcome = await client.send(
    {
      method,
      path,
      headers,
      body: content.length === 0 ? undefined : content,
      timeoutMs,
      tap: {
        start: (status, lines) => Object.assign(answer, { status, headers: lines }),
        data: (chunk) => answer.chunks.push(chunk),
      },
    },
    gone.signal,
  );
  const whole = outcome.kind === 'answered' && !outcome.defects.some(({ kind }) => brokeOff.has(kind));
  return {
    sent: { method, url: `${target.origin}${path}`, headers, body: bodyOf(content) },
    outcome,
    deliver: () => deliver(answer, whole, response),
  };
}

const brokeOff: ReadonlySet<string> = new Set(['truncated', 'length', 'protocol', 'too-large']);

interface RawAnswer {
  status: number;
  headers: readonly Header[];
  readonly chunks: Uint8Array[];
}

function deliver({ status, headers, chunks }: RawAnswer, whole: boolean, response: ServerResponse): void {
  if (status === 0) {
    response.destroy();
    return;
  }
  response.sendDate = false;
  response.writeHead(status, headers.filter(([name]) => !ofTheConnection.has(name.toLowerCase())).flat());
  const bytes = Buffer.concat(chunks);
  if (whole) response.end(bytes);
  else response.write(bytes, () => response.destroy());
}

function linesOf(raw: readonly string[]): Header[] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
}
