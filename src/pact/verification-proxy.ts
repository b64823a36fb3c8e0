import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Contract } from '../contract/contract.js';
import { route } from '../contract/route.js';
import { HarnessError } from '../errors.js';
import type { Answered, Exchange } from '../exchange/exchange.js';
import type { Header } from '../exchange/headers.js';
import type { Door, Outgoing } from '../transport/door.js';
import type { PactState } from './interaction.js';

/** What a state adds to the one request of its interaction. */
export interface StatedRequest {
  readonly headers: Header[];
  /** In the place of the provider's usual token, where the interaction has one. */
  authorization?: string;
}

/**
 * Brings a state about at the provider; answers with real values for the params, which the request then carries. What
 * else the request needs is added to `request`.
 */
export type StateHandler = (state: PactState, request: StatedRequest) => Promise<Readonly<Record<string, string>>>;

/** What happened for one interaction: Pact's verifier sets its states up, then sends its one request. */
export interface Visit {
  readonly states: PactState[];
  readonly request: StatedRequest;
  exchange: Exchange | undefined;
  /** Why there was nothing to judge: a state that could not be brought about, or a provider that did not answer. */
  trouble: string | undefined;
}

export interface VerificationProxy {
  readonly url: string;
  readonly stateUrl: string;
  /** One for each interaction, in the verifier's order. */
  readonly visits: readonly Visit[];
  /** An end of the whole run: refused, out of budget, provider out of reach. */
  fatal(): unknown;
  close(): Promise<void>;
}

export interface ProxyOptions {
  readonly contract: Contract;
  readonly door: Door;
  readonly states: StateHandler;
  readonly onExchange: (exchange: Exchange) => void;
}

const statePath = '/_pact/states';

/** Stands before the provider: its own token instead of the example, its own states, and every exchange kept. */
export async function startVerificationProxy(options: ProxyOptions): Promise<VerificationProxy> {
  const proxy = new Proxying(options);
  const server = createServer((request, response) => proxy.serve(request, response));
  const url = await listening(server);
  return {
    url,
    stateUrl: url + statePath,
    visits: proxy.visits,
    fatal: () => proxy.fatal,
    close: () => new Promise((resolve) => server.close(() => resolve()) && server.closeAllConnections()),
  };
}

class Proxying {
  readonly visits: Visit[] = [];
  fatal: unknown;
  private readonly pending = new Map<Visit, string>();

  constructor(private readonly options: ProxyOptions) {}

  serve(request: IncomingMessage, response: ServerResponse): void {
    const work = request.url === statePath ? this.setUp(request, response) : this.forward(request, response);
    work.catch((error: unknown) => {
      this.fatal ??= error;
      response.writeHead(500).end();
    });
  }

  private current(): Visit {
    const last = this.visits.at(-1);
    if (last !== undefined && last.exchange === undefined && last.trouble === undefined) return last;
    const fresh: Visit = { states: [], request: { headers: [] }, exchange: undefined, trouble: undefined };
    this.visits.push(fresh);
    return fresh;
  }

  private async setUp(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { action, state, params } = JSON.parse((await bytesOf(request)).toString()) as StateCall;
    const values = action === 'setup' && state !== '' ? await this.bringAbout({ name: state, params }) : params;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ...params, ...values }));
  }

  /** A failing state is remembered, not answered with an error: the verifier would ask three times over. */
  private async bringAbout(state: PactState): Promise<Readonly<Record<string, string>>> {
    const visit = this.current();
    visit.states.push(state);
    try {
      return await this.options.states(state, visit.request);
    } catch (error) {
      this.pending.set(visit, `the state "${state.name}" could not be brought about: ${inconclusive(error).message}`);
      return {};
    }
  }

  private async forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const visit = this.current();
    visit.trouble = this.pending.get(visit) ?? (this.fatal === undefined ? undefined : 'the run had ended');
    if (visit.trouble !== undefined) return void response.writeHead(500).end();
    const message = await outgoing(this.options.contract, request, visit.request, this.visits.length);
    try {
      const { exchange } = await this.options.door.send(message);
      visit.exchange = exchange;
    } catch (error) {
      visit.trouble = inconclusive(error).message;
      return void response.writeHead(500).end();
    }
    this.options.onExchange(visit.exchange);
    const { outcome } = visit.exchange;
    if (outcome.kind === 'answered') return answer(response, outcome);
    visit.trouble = `the provider gave no answer: ${outcome.detail}`;
    response.writeHead(502).end();
  }
}

/** The error of one interaction, which the others survive; any other is thrown on. */
function inconclusive(error: unknown): HarnessError {
  if (error instanceof HarnessError && error.code === 'inconclusive') return error;
  throw error;
}

interface StateCall {
  readonly action: string;
  readonly state: string;
  readonly params: Readonly<Record<string, string>>;
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Of one connection only, or about to be written anew (RFC 9110, section 7.6.1). */
const hopByHop = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['host', 'content-length', 'authorization', 'accept-encoding'],
]);

async function outgoing(contract: Contract, request: IncomingMessage, stated: StatedRequest, visit: number) {
  const { method = 'GET', url = '/' } = request;
  const body = await bytesOf(request);
  const endpoint = route(contract, method, url)?.endpoint;
  return {
    method,
    path: url,
    writes: endpoint === undefined ? method !== 'GET' && method !== 'HEAD' : endpoint.effect === 'writes',
    headers: [...linesOf(request.rawHeaders), ...stated.headers, ['accept-encoding', 'identity'] as const],
    body: body.length === 0 ? undefined : new Uint8Array(body),
    auth: authOf(request, stated),
    property: 'pact',
    casePath: String(visit),
    before: [],
    purpose: 'plan' as const,
  };
}

function authOf({ headers }: IncomingMessage, { authorization }: StatedRequest): Outgoing['auth'] {
  if (headers.authorization === undefined) return 'none';
  return authorization === undefined ? 'token' : { authorization };
}

function linesOf(raw: readonly string[]): Header[] {
  const lines = raw.flatMap((name, at): Header[] => (at % 2 === 0 ? [[name, raw[at + 1]!]] : []));
  return lines.filter(([name]) => !hopByHop.has(name.toLowerCase()));
}

function answer(response: ServerResponse, { status, headers, body }: Answered): void {
  const undone = new Set([...hopByHop, 'content-encoding']);
  for (const [name, value] of headers) if (!undone.has(name.toLowerCase())) response.appendHeader(name, value);
  response.writeHead(status).end(body.bytes);
}
