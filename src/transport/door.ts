import { createHash } from 'node:crypto';
import { HarnessError } from '../errors.js';
import { bodyOf, emptyBody } from '../exchange/body.js';
import type { Answered, Exchange, HttpRequest, Unanswered } from '../exchange/exchange.js';
import { type Header, headerValue } from '../exchange/headers.js';
import { type Budget, BudgetSpent } from './budget.js';
import { Circuit } from './circuit.js';
import type { Clock } from './clock.js';
import type { Journal, JournalRecord } from './journal.js';
import { isThrottled, type Pace, retryAfter } from './pace.js';
import type { Target, WritePermit } from './permit.js';
import type { TokenSource } from './token.js';
import type { WireClient } from './wire-client.js';

/** One request as a source wants it sent; the door adds the token and the base path. */
export interface Outgoing {
  readonly method: string;
  /** Path below the base path, with query. */
  readonly path: string;
  readonly writes: boolean;
  readonly headers: readonly Header[];
  readonly body: string | Uint8Array | undefined;
  readonly auth: 'token' | 'none' | { readonly authorization: string };
  /** Property id and case path, for provenance. */
  readonly property: string;
  readonly casePath: string;
  readonly before: readonly Exchange[];
  readonly purpose: 'plan' | 'shrink';
}

export interface Sent {
  readonly exchange: Exchange;
  /** Attempts that a permitted retry followed: throttled or sent with a token that had run out. */
  readonly earlier: readonly Exchange[];
}

export interface DoorOptions {
  readonly target: Target;
  readonly permit: WritePermit | undefined;
  readonly budget: Budget;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly client: WireClient;
  readonly tokens: TokenSource;
  readonly timeoutMs: number;
  /** Told of every write before it leaves and when its outcome is known. */
  readonly journal: Journal;
  /** The id that a successful write answered with; null when it named none. */
  createdId(body: Answered['body']): string | null;
  /** Lower-case name of the header that carries the client request id. */
  readonly requestIdHeader: string;
  /** A plain read that any good token gets an answer to, below the base path. */
  readonly probePath?: string;
  /** Whether a 401 speaks of our token and not of the connected software. */
  tokenRefused(status: number, body: Answered['body']): boolean;
  /** Nothing more is sent after it. */
  readonly signal: AbortSignal;
  /** Ends what is in flight; without it `signal` does. */
  readonly abandon?: AbortSignal;
}

/** The only way to the network: permit, budget, pace, token, send, in this order. */
export interface Door {
  send(outgoing: Outgoing): Promise<Sent>;
}

/** Tries of one request that is throttled. */
const patience = 3;
const longestWaitMs = 10_000;

export function openDoor(options: DoorOptions): Door {
  return new GuardedDoor(options);
}

class GuardedDoor implements Door {
  private readonly circuit: Circuit;
  private serial = 0;

  constructor(private readonly options: DoorOptions) {
    this.circuit = new Circuit(options.target.origin);
  }

  async send(outgoing: Outgoing): Promise<Sent> {
    const { tokens, tokenRefused, clock, pace, target } = this.options;
    const earlier: Exchange[] = [];
    let authorization = await this.authorization(outgoing.auth);
    let renewed = outgoing.auth !== 'token';
    for (let tries = 1; ; tries++) {
      let exchange: Exchange;
      try {
        exchange = await this.attempt(outgoing, authorization);
      } catch (error) {
        const last = earlier.pop();
        if (last === undefined || !saysNothing(last)) throw error;
        return { exchange: last, earlier };
      }
      const { outcome } = exchange;
      if (outcome.kind === 'unanswered') return { exchange, earlier };
      if (!renewed && outcome.status === 401 && tokenRefused(401, outcome.body)) {
        renewed = true;
        const fresh = await tokens.renew(authorization!.slice('Bearer '.length));
        if (fresh !== undefined) {
          authorization = `Bearer ${fresh}`;
          earlier.push(exchange);
          continue;
        }
        if (await this.isRefusedEverywhere(authorization!)) throw deadToken(target);
      }
      if (!isThrottled(outcome) || tries > patience) return { exchange, earlier };
      const asked = retryAfter(headerValue(outcome.headers, 'retry-after'), Date.parse(clock.wall()));
      pace.pause(Math.min(asked ?? 100 * 2 ** tries, longestWaitMs));
      earlier.push(exchange);
    }
  }

  private async authorization(auth: Outgoing['auth']): Promise<string | undefined> {
    if (typeof auth === 'object') return auth.authorization;
    return auth === 'token' ? `Bearer ${await this.options.tokens.current()}` : undefined;
  }

  private async attempt(outgoing: Outgoing, authorization: string | undefined): Promise<Exchange> {
    const { permit, budget, target } = this.options;
    if (outgoing.writes && permit === undefined) throw new HarnessError('refused', 'this run has no permit to write');
    await this.turn();
    budget.reserve(outgoing.writes, outgoing.purpose);
    const path = `${target.basePath}${outgoing.path}`;
    const request: HttpRequest = {
      method: outgoing.method,
      url: `${target.origin}${path}`,
      headers: [
        ...outgoing.headers,
        ...(authorization === undefined ? [] : [['authorization', authorization] as const]),
      ],
      body: outgoing.body === undefined ? emptyBody : bodyOf(outgoing.body),
    };
    const id = `${outgoing.property}:${outgoing.casePath}:${++this.serial}`;
    const record = outgoing.writes ? await this.announced(request) : undefined;
    const outcome = await this.exchanged(request, path);
    await record?.(outcome);
    this.circuit.watch(outcome);
    if (outgoing.writes && outcome.kind === 'answered' && outcome.status >= 400 && outcome.status < 500)
      budget.releaseCreate();
    return {
      id,
      origin: { kind: 'live', property: outgoing.property, path: outgoing.casePath },
      request,
      outcome,
      before: outgoing.before,
    };
  }

  /** Waits for leave to send; asked before and after, because the run may be over by then. */
  private async turn(): Promise<void> {
    this.throwIfOver();
    await this.options.pace.turn(this.options.signal);
    this.throwIfOver();
  }

  private throwIfOver(): void {
    if (this.options.signal.aborted) throw new BudgetSpent('interrupted');
    this.circuit.throwIfOpen();
  }

  private exchanged({ method, headers, body }: HttpRequest, path: string) {
    const { client, timeoutMs, abandon, signal } = this.options;
    return client.send({ method, path, headers, body: body.bytes, timeoutMs }, abandon ?? signal);
  }

  /** A write whose intent cannot be put on disk is not sent, so it created nothing. */
  private async announced(request: HttpRequest) {
    try {
      return await this.announce(request);
    } catch (error) {
      this.options.budget.releaseCreate();
      throw error;
    }
  }

  /** Puts the intent of a write on disk; gives the function that adds its outcome. */
  private async announce({ headers, body }: HttpRequest) {
    const { journal, clock, createdId, requestIdHeader } = this.options;
    const requestId = headerValue(headers, requestIdHeader) ?? '';
    const sha256 = createHash('sha256').update(body.bytes).digest('hex');
    await journal.append({ kind: 'intent', requestId, at: clock.wall(), sha256 });
    return (outcome: Answered | Unanswered) => journal.append(outcomeOf(requestId, outcome, createdId));
  }

  /** Tells a token that has run out from a request that is refused: the plainest read gets the same answer then. */
  private async isRefusedEverywhere(authorization: string): Promise<boolean> {
    const { probePath, budget, target, tokenRefused } = this.options;
    if (probePath === undefined) return false;
    budget.reserve(false, 'plan');
    const path = `${target.basePath}${probePath}`;
    const headers: Header[] = [
      ['accept', 'application/json'],
      ['authorization', authorization],
    ];
    const outcome = await this.exchanged({ method: 'GET', url: path, headers, body: emptyBody }, path);
    return outcome.kind === 'answered' && outcome.status === 401 && tokenRefused(401, outcome.body);
  }
}

function outcomeOf(
  requestId: string,
  outcome: Answered | Unanswered,
  createdId: DoorOptions['createdId'],
): JournalRecord {
  if (outcome.kind === 'unanswered') return { kind: 'unknown', requestId, reason: outcome.reason };
  const { status } = outcome;
  if (status >= 200 && status < 300) return { kind: 'created', requestId, status, id: createdId(outcome.body) };
  if (status >= 400 && status < 500) return { kind: 'refused', requestId, status };
  return { kind: 'unknown', requestId, reason: `status ${status}` };
}

/** A throttled attempt stands for the request when the retry may not be sent any more. */
function saysNothing({ outcome }: Exchange): boolean {
  return outcome.kind === 'answered' && isThrottled(outcome);
}

function deadToken({ origin }: Target): HarnessError {
  return new HarnessError('infrastructure', `the access token is refused by ${origin}: status 401`, {
    hint: 'It has run out, or belongs to another environment. Set the client id, secret and account id instead to have it renewed.',
  });
}
