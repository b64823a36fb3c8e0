import { createHash } from 'node:crypto';
import { HarnessError } from '../errors.js';
import { bodyOf, emptyBody } from '../exchange/body.js';
import type { Answered, Exchange, HttpRequest, Unanswered } from '../exchange/exchange.js';
import { type Header, headerValue } from '../exchange/headers.js';
import { type Budget, BudgetSpent } from './budget.js';
import type { Clock } from './clock.js';
import type { Journal, JournalRecord } from './journal.js';
import { type Pace, retryAfter } from './pace.js';
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

const patience = 3;
const longestWaitMs = 10_000;
const circuit = 5;

export function openDoor(options: DoorOptions): Door {
  const { target, permit, budget, pace, clock, client, tokens, signal } = options;
  let silent = 0;
  let answered = 0;
  let serial = 0;
  let open: HarnessError | undefined;

  function stopIfOver(): void {
    if (signal.aborted) throw new BudgetSpent('interrupted');
    if (open !== undefined) throw open;
  }

  async function attempt(outgoing: Outgoing, authorization: string | undefined): Promise<Exchange> {
    if (outgoing.writes && permit === undefined) throw new HarnessError('refused', 'this run has no permit to write');
    stopIfOver();
    await pace.turn(signal);
    stopIfOver();
    budget.reserve(outgoing.writes, outgoing.purpose);
    const headers: Header[] = [
      ...outgoing.headers,
      ...(authorization === undefined ? [] : [['authorization', authorization] as const]),
    ];
    const path = `${target.basePath}${outgoing.path}`;
    const request: HttpRequest = {
      method: outgoing.method,
      url: `${target.origin}${path}`,
      headers,
      body: outgoing.body === undefined ? emptyBody : bodyOf(outgoing.body),
    };
    const id = `${outgoing.property}:${outgoing.casePath}:${++serial}`;
    const record = outgoing.writes ? await announced(request) : undefined;
    const body = outgoing.body === undefined ? undefined : request.body.bytes;
    const outcome = await client.send(
      { method: outgoing.method, path, headers, body, timeoutMs: options.timeoutMs },
      options.abandon ?? signal,
    );
    await record?.(outcome);
    watch(outcome);
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

  /** A write whose intent cannot be put on disk is not sent, so it created nothing. */
  async function announced(request: HttpRequest) {
    try {
      return await announce(request);
    } catch (error) {
      budget.releaseCreate();
      throw error;
    }
  }

  /** Puts the intent of a write on disk; gives the function that adds its outcome. */
  async function announce({ headers, body }: HttpRequest): Promise<(outcome: Answered | Unanswered) => Promise<void>> {
    const requestId = headerValue(headers, options.requestIdHeader) ?? '';
    const sha256 = createHash('sha256').update(body.bytes).digest('hex');
    await options.journal.append({ kind: 'intent', requestId, at: clock.wall(), sha256 });
    return (outcome) => options.journal.append(outcomeOf(requestId, outcome, options.createdId));
  }

  /**
   * Opens the circuit when the target cannot be reached at all, or has stopped answering. What was sent is still handed
   * over; the next request is refused.
   */
  function watch(outcome: Answered | Unanswered): void {
    if (outcome.kind === 'unanswered' && outcome.reason === 'interrupted') return;
    if (outcome.kind === 'answered' || outcome.reason === 'protocol') {
      answered++;
      silent = outcome.kind === 'answered' && isThrottled(outcome) ? silent + 1 : 0;
    } else silent++;
    const unreachable = outcome.kind === 'unanswered' && ['refused', 'dns', 'tls'].includes(outcome.reason);
    const enough = silent >= (outcome.kind === 'unanswered' ? circuit : circuit * patience);
    if (enough || (answered === 0 && unreachable))
      open ??= new HarnessError(
        'infrastructure',
        `${target.origin} ${answered === 0 ? 'cannot be reached' : 'stopped answering'} (${why(outcome)})`,
        { hint: 'Check --url, the network and whether the provider is up.' },
      );
  }

  /** Tells a token that has run out from a request that is refused: the plainest read gets the same answer then. */
  async function isRefusedEverywhere(authorization: string): Promise<boolean> {
    if (options.probePath === undefined) return false;
    budget.reserve(false, 'plan');
    const headers: Header[] = [
      ['accept', 'application/json'],
      ['authorization', authorization],
    ];
    const path = `${target.basePath}${options.probePath}`;
    const request = { method: 'GET', path, headers, body: undefined, timeoutMs: options.timeoutMs };
    const outcome = await client.send(request, options.abandon ?? signal);
    return outcome.kind === 'answered' && outcome.status === 401 && options.tokenRefused(401, outcome.body);
  }

  async function bearer(auth: Outgoing['auth']): Promise<string | undefined> {
    if (auth === 'none') return undefined;
    return auth === 'token' ? `Bearer ${await tokens.current()}` : auth.authorization;
  }

  return {
    async send(outgoing) {
      const earlier: Exchange[] = [];
      let authorization = await bearer(outgoing.auth);
      let renewed = outgoing.auth !== 'token';
      for (let tries = 1; ; tries++) {
        let exchange: Exchange;
        try {
          exchange = await attempt(outgoing, authorization);
        } catch (error) {
          const last = earlier.pop();
          if (last === undefined || !saysNothing(last)) throw error;
          return { exchange: last, earlier };
        }
        const { outcome } = exchange;
        if (outcome.kind === 'unanswered') return { exchange, earlier };
        if (!renewed && outcome.status === 401 && options.tokenRefused(401, outcome.body)) {
          renewed = true;
          const fresh = await tokens.renew(authorization!.slice('Bearer '.length));
          if (fresh !== undefined) {
            authorization = `Bearer ${fresh}`;
            earlier.push(exchange);
            continue;
          }
          if (await isRefusedEverywhere(authorization!)) throw deadToken(target);
        }
        if (!isThrottled(outcome) || tries > patience) return { exchange, earlier };
        const asked = retryAfter(headerValue(outcome.headers, 'retry-after'), Date.parse(clock.wall()));
        pace.pause(Math.min(asked ?? 100 * 2 ** tries, longestWaitMs));
        earlier.push(exchange);
      }
    },
  };
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

function isThrottled(outcome: Answered): boolean {
  return outcome.status === 429 || outcome.status === 503;
}

function why(outcome: Answered | Unanswered): string {
  return outcome.kind === 'answered' ? `status ${outcome.status}` : outcome.detail;
}
