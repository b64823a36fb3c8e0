import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Contract } from '../contract/contract.js';
import { route } from '../contract/route.js';
import type { Header } from '../exchange/headers.js';
import type { ServedAnswer, Sitting } from './served-answer.js';
import { plainAnswer } from './sittings.js';

/** A request as it came, and what it was answered with. */
export interface Seen {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  readonly answer: ServedAnswer;
  /** Endpoint id; undefined for what the contract does not have. */
  readonly endpoint: string | undefined;
  /** It came to the other host, where a redirect pointed. */
  readonly elsewhere: boolean;
}

/** Two servers on loopback: the provider as a client meets it, and a stranger that no token may reach. */
export interface AnsweringServer {
  readonly url: string;
  /** From now on the endpoint answers as the sitting says; gives what is seen until the next one. */
  sit(sitting: Sitting): readonly Seen[];
  close(): Promise<void>;
}

const unknown: ServedAnswer = {
  status: 404,
  headers: [['content-type', 'application/json']],
  body: '{"message":"Not found"}',
};

export async function startAnsweringServer(contract: Contract): Promise<AnsweringServer> {
  let sitting: Sitting | undefined;
  let seen: Seen[] = [];
  const handler = (elsewhere: boolean) => async (request: IncomingMessage, response: ServerResponse) => {
    const noted = seen;
    const body = await buffer(request);
    const { method = 'GET', url = '/' } = request;
    const endpoint = route(contract, method, url)?.endpoint;
    const asked = noted.filter((other) => !other.elsewhere && other.endpoint === sitting?.endpoint.id).length;
    const answer = elsewhere || endpoint?.id !== sitting?.endpoint.id ? aside(endpoint) : at(sitting!, asked);
    noted.push({
      method,
      url: `http://${request.headers.host}${url}`,
      headers: linesOf(request.rawHeaders),
      body,
      answer,
      endpoint: endpoint?.id,
      elsewhere,
    });
    await say(response, answer, strangerUrl + url);
  };
  const aside = (endpoint: Parameters<typeof plainAnswer>[0] | undefined) =>
    endpoint === undefined ? unknown : plainAnswer(endpoint);
  const [server, stranger] = [false, true].map((elsewhere) => {
    const handle = handler(elsewhere);
    return createServer((request, response) => {
      handle(request, response).catch(() => response.destroy());
    });
  }) as [Server, Server];
  const [url, strangerUrl] = [await listening(server), await listening(stranger)];
  return {
    url,
    sit(next) {
      sitting = next;
      seen = [];
      return seen;
    },
    close: async () => {
      await Promise.all([server, stranger].map(closed));
    },
  };
}

function at({ answers }: Sitting, asked: number): ServedAnswer {
  return answers[Math.min(asked, answers.length - 1)]!;
}

async function say(response: ServerResponse, answer: ServedAnswer, elsewhere: string): Promise<void> {
  if (answer.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, answer.delayMs));
  if (answer.fault === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  if (answer.redirect) response.setHeader('location', elsewhere);
  const bytes = Buffer.from(answer.body);
  response.setHeader('content-length', bytes.length);
  response.writeHead(answer.status);
  if (answer.fault === 'cut') response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  else response.end(bytes);
}

function linesOf(raw: readonly string[]): Header[] {
  return raw.flatMap((name, index): Header[] => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []));
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
