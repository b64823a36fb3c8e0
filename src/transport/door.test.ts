import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { jsonOf } from '../exchange/body.js';
import { rawServer } from '../testing/raw-server.js';
import { type TestClock, testClock } from '../testing/test-clock.js';
import { Budget, BudgetSpent } from './budget.js';
import { type Door, type DoorOptions, type Outgoing, openDoor } from './door.js';
import type { JournalRecord } from './journal.js';
import { Pace } from './pace.js';
import { grantWrites, targetOf } from './permit.js';
import { fixedToken } from './token.js';
import { wireClient } from './wire-client.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

interface Stage {
  readonly door: Door;
  readonly budget: Budget;
  readonly clock: TestClock;
  readonly requests: readonly string[];
  readonly journal: readonly JournalRecord[];
}

/** A door to a server that answers the n-th request with the n-th text, and with the last one from then on. */
async function stage(answers: readonly string[], more: Partial<DoorOptions> = {}, limits = {}): Promise<Stage> {
  return staged(
    (socket, serial) => {
      const text = answers[Math.min(serial, answers.length) - 1]!;
      if (text === 'reset') socket.resetAndDestroy();
      else socket.write(text);
    },
    more,
    limits,
  );
}

async function staged(
  script: (socket: Socket, serial: number) => void,
  more: Partial<DoorOptions> = {},
  limits = {},
): Promise<Stage> {
  const server = await rawServer(script);
  const target = targetOf(`${server.url}/base`);
  const client = wireClient(target.origin, 4);
  open.push(client, server);
  const clock = testClock();
  const budget = new Budget({ maxRequests: 100, maxCreates: 100, deadline: undefined, ...limits }, clock.now);
  const journal: JournalRecord[] = [];
  const door = openDoor({
    target,
    permit: grantWrites({ target, consumer: 'c', allowWrites: undefined, maxCreates: undefined, environment: {} }),
    budget,
    pace: new Pace(clock, undefined),
    clock,
    client,
    tokens: fixedToken('token'),
    timeoutMs: 2_000,
    journal: {
      append: async (record) => void journal.push(record),
      close: async () => undefined,
    } as DoorOptions['journal'],
    createdId: (body) => {
      const reading = jsonOf(body);
      return reading.ok ? (reading.value as { id: string }).id : null;
    },
    requestIdHeader: 'x-id',
    tokenRefused: () => true,
    signal: new AbortController().signal,
    ...more,
  });
  return { door, budget, clock, requests: server.requests, journal };
}

const read: Outgoing = {
  method: 'GET',
  path: '/things?page=1',
  writes: false,
  headers: [['accept', 'application/json']],
  body: undefined,
  auth: 'token',
  property: 'p',
  casePath: '1',
  before: [],
  purpose: 'plan',
};
const write: Outgoing = { ...read, method: 'POST', writes: true, headers: [['x-id', 'r1']], body: '{"a":1}' };

const answer = (status: number, body = '{}', head = '') =>
  `HTTP/1.1 ${status} X\r\n${head}Content-Length: ${body.length}\r\n\r\n${body}`;
const ok = answer(200, '{"id":"c1"}');
const statusOf = ({ exchange: { outcome } }: Awaited<ReturnType<Door['send']>>) =>
  outcome.kind === 'answered' ? outcome.status : outcome.reason;

describe('a request at the door', () => {
  it('gets the base path and the token, and comes back as an exchange of its case', async () => {
    const { door, requests } = await stage([ok]);
    const { exchange, earlier } = await door.send(read);
    expect(requests[0]).toMatch(/^GET \/base\/things\?page=1 HTTP\/1\.1\r\n/);
    expect(requests[0]).toMatch(/authorization: Bearer token\r\n/);
    expect(requests[0]).not.toMatch(/content-length/i);
    expect(earlier).toEqual([]);
    expect(exchange).toMatchObject({
      id: 'p:1:1',
      origin: { kind: 'live', property: 'p', path: '1' },
      request: {
        method: 'GET',
        url: expect.stringMatching(/\/base\/things\?page=1$/),
        headers: [...read.headers, ['authorization', 'Bearer token']],
        body: { state: 'empty' },
      },
      outcome: { status: 200 },
    });
    expect((await door.send(read)).exchange.id).toBe('p:1:2');
  });

  it('carries its body, which the exchange has as well', async () => {
    const { door, requests } = await stage([ok]);
    const { exchange } = await door.send(write);
    expect(requests[0]).toMatch(/\r\ncontent-length: 7\r\n[\s\S]*\n\{"a":1\}$/i);
    expect(Buffer.from(exchange.request.body.bytes).toString()).toBe('{"a":1}');
  });

  it('goes without a token, or with another, where the probe says so', async () => {
    const { door, requests } = await stage([ok]);
    const { exchange } = await door.send({ ...read, auth: 'none' });
    expect(exchange.request.headers).toEqual(read.headers);
    await door.send({ ...read, auth: { authorization: 'Basic x' } });
    expect(requests[0]).not.toMatch(/authorization/i);
    expect(requests[1]).toMatch(/authorization: Basic x\r\n/);
  });

  it('that writes needs the permit', async () => {
    const { door, requests } = await stage([ok], { permit: undefined });
    await expect(door.send(write)).rejects.toMatchObject({ code: 'refused' });
    expect(statusOf(await door.send(read))).toBe(200);
    expect(requests).toHaveLength(1);
  });

  it('is counted before it is sent, whatever becomes of it', async () => {
    const { door, budget } = await stage([ok, answer(422), answer(500), 'reset']);
    for (const outgoing of [write, write, write, { ...write, purpose: 'shrink' as const }]) await door.send(outgoing);
    expect(budget).toMatchObject({ requests: 4, creates: 3, shrinkRequests: 1 });
  });

  it.each([
    [200, 1],
    [299, 1],
    [300, 1],
    [399, 1],
    [400, 0],
    [422, 0],
    [499, 0],
    [500, 1],
  ])('that writes counts as a create unless it was refused: %d', async (status, creates) => {
    const { door, budget } = await stage([answer(status)]);
    await door.send(write);
    expect(budget.creates).toBe(creates);
  });

  it('that reads gives no create back', async () => {
    const { door, budget } = await stage([ok, answer(404)]);
    await door.send(write);
    await door.send(read);
    expect(budget.creates).toBe(1);
  });

  it('is not sent when the budget is spent', async () => {
    const { door, requests } = await stage([ok], {}, { maxRequests: 1 });
    await door.send(read);
    await expect(door.send(read)).rejects.toBeInstanceOf(BudgetSpent);
    expect(requests).toHaveLength(1);
  });

  it('is not sent after an interruption', async () => {
    const { door, requests } = await stage([ok], { signal: AbortSignal.abort() });
    await expect(door.send(read)).rejects.toMatchObject({ limit: 'interrupted' });
    expect(requests).toEqual([]);
  });

  it.each(['signal', 'abandon'] as const)('is given up in flight by %s', async (name) => {
    const stop = new AbortController();
    const other = name === 'abandon' ? { signal: new AbortController().signal } : {};
    const { door } = await staged(() => stop.abort(), { [name]: stop.signal, ...other });
    expect(statusOf(await door.send(read))).toBe('interrupted');
  });

  it('in flight outlives the signal where there is another to give up by', async () => {
    const stop = new AbortController();
    const { door } = await staged(
      (socket) => {
        stop.abort();
        socket.write(ok);
      },
      { signal: stop.signal, abandon: new AbortController().signal },
    );
    expect(statusOf(await door.send(read))).toBe(200);
  });
});

describe('the journal', () => {
  it('has the intent of a write before it leaves, and then its outcome', async () => {
    const journal: JournalRecord[] = [];
    const seen: number[] = [];
    const { door } = await staged(
      (socket, serial) => {
        seen.push(journal.length);
        socket.write([ok, answer(422), answer(500), 'HTTP/1.1 2'][serial - 1]!);
        if (serial === 4) socket.end();
      },
      { journal: { append: async (record: JournalRecord) => void journal.push(record) } as DoorOptions['journal'] },
    );
    for (let each = 0; each < 4; each++) await door.send(write);
    expect(seen.slice(0, 4)).toEqual([1, 3, 5, 7]);
    expect(journal.map(({ kind }) => kind)).toEqual([
      ...['intent', 'created', 'intent', 'refused', 'intent', 'unknown', 'intent', 'unknown'],
    ]);
    expect(journal[1]).toEqual({ kind: 'created', requestId: 'r1', status: 200, id: 'c1' });
    expect(journal[5]).toEqual({ kind: 'unknown', requestId: 'r1', reason: 'status 500' });
    expect(journal[7]).toEqual({ kind: 'unknown', requestId: 'r1', reason: 'reset' });
  });

  it('names a write without a request id by nothing', async () => {
    const { door, journal } = await stage([ok]);
    await door.send({ ...write, headers: [] });
    expect(journal).toMatchObject([{ requestId: '' }, { requestId: '' }]);
  });

  it.each([
    [200, 'created'],
    [299, 'created'],
    [300, 'unknown'],
    [399, 'unknown'],
    [400, 'refused'],
    [499, 'refused'],
    [500, 'unknown'],
  ])('takes the status %d for %s', async (status, kind) => {
    const { door, journal } = await stage([answer(status, '{"id":"c1"}')]);
    await door.send(write);
    expect(journal[1]).toMatchObject({ kind });
  });
});

it('counts no create where its intent cannot be put on disk, and sends nothing', async () => {
  const full = { append: () => Promise.reject(new Error('ENOSPC')), close: async () => undefined };
  const { door, budget, requests } = await staged((socket) => socket.write(ok), { journal: full });
  await expect(door.send(write)).rejects.toThrow('ENOSPC');
  expect([budget.creates, requests.length]).toEqual([0, 0]);
});

describe('a throttled request', () => {
  it.each([429, 503])('%d is sent again after the time it asks for, three times at most', async (status) => {
    const { door, clock, requests } = await stage([answer(status, '{}', 'Retry-After: 2\r\n')]);
    const sent = await door.send(write);
    expect(statusOf(sent)).toBe(status);
    expect(sent.earlier).toHaveLength(3);
    expect(requests).toHaveLength(4);
    expect(clock.slept).toEqual([2000, 2000, 2000]);
  });

  it('stops as soon as it gets through', async () => {
    const { door, requests } = await stage([answer(429), ok]);
    const sent = await door.send(write);
    expect([statusOf(sent), sent.earlier.length, requests.length]).toEqual([200, 1, 2]);
  });

  it.each([
    ['nothing', '', [200, 400, 800]],
    ['nonsense', 'Retry-After: -1\r\n', [200, 400, 800]],
    ['too much', 'Retry-After: 999999999\r\n', [10_000, 10_000, 10_000]],
    ['no time at all', 'Retry-After: 0\r\n', []],
  ])('that asks for %s waits a time of ours', async (_, head, slept) => {
    const { door, clock } = await stage([answer(429, '{}', head)]);
    await door.send(read);
    expect(clock.slept).toEqual(slept);
  });

  it('keeps the same bytes and the same request id', async () => {
    const { door, requests } = await stage([answer(503), ok]);
    await door.send(write);
    expect(requests[1]).toBe(requests[0]);
  });

  it('stands for itself when the budget allows no retry', async () => {
    const { door, budget } = await stage([answer(429)], {}, { maxRequests: 2 });
    const sent = await door.send(read);
    expect([statusOf(sent), sent.earlier.length, budget.requests]).toEqual([429, 1, 2]);
    await expect(door.send(read)).rejects.toBeInstanceOf(BudgetSpent);
  });
});

describe('a request without an answer', () => {
  it('is never sent again by itself', async () => {
    const { door, requests } = await stage(['reset', ok]);
    expect(statusOf(await door.send(write))).toBe('reset');
    expect(requests).toHaveLength(1);
  });
});

describe('a refused token', () => {
  const renewing = (tokens: readonly string[], asked: string[] = []) => ({
    tokens: {
      current: async () => 'old',
      renew: async (refused: string) => {
        asked.push(refused);
        return tokens[asked.length - 1];
      },
    },
  });

  it('is renewed once, and the request sent again with the new one', async () => {
    const asked: string[] = [];
    const { door, requests } = await stage([answer(401), answer(401), ok], renewing(['new', 'newer'], asked));
    const sent = await door.send(read);
    expect(statusOf(sent)).toBe(401);
    expect(sent.earlier).toHaveLength(1);
    expect(asked).toEqual(['old']);
    expect(requests.map((text) => /Bearer (\w+)/.exec(text)?.[1])).toEqual(['old', 'new']);
  });

  it('stays refused when there is nothing to renew it with', async () => {
    const { door, requests } = await stage([answer(401)]);
    expect(statusOf(await door.send(read))).toBe(401);
    expect(requests).toHaveLength(1);
  });

  it.each([200, 403, 500])('is not seen in the status %d', async (status) => {
    const asked: string[] = [];
    const { door } = await stage([answer(status)], renewing(['new'], asked));
    expect(statusOf(await door.send(read))).toBe(status);
    expect(asked).toEqual([]);
  });

  it('is not all that is known of a request that may not be sent again', async () => {
    const { door } = await stage([answer(401)], renewing(['new']), { maxRequests: 1 });
    await expect(door.send(read)).rejects.toBeInstanceOf(BudgetSpent);
  });

  it('ends the run when the plainest read is refused as well', async () => {
    const { door, requests, budget } = await stage([answer(401)], { probePath: '/me' });
    await expect(door.send(write)).rejects.toMatchObject({
      code: 'infrastructure',
      message: expect.stringMatching(/^the access token is refused by http:\/\/127.*: status 401$/),
      hint: expect.stringContaining('client id'),
    });
    expect(requests[1]).toMatch(/^GET \/base\/me HTTP/);
    expect(requests[1]).toMatch(/\r\naccept: application\/json\r\nauthorization: Bearer token\r\n/);
    expect(requests[1]).not.toMatch(/content-length/i);
    expect(budget).toMatchObject({ requests: 2, creates: 0 });
  });

  it.each([
    ['is answered', ok],
    ['is refused for another reason', answer(403)],
    ['is not answered at all', 'reset'],
    ['is refused by the connected software', answer(401, '{"at":"them"}')],
  ])('is the answer to this request alone when the plainest read %s', async (_, second) => {
    const { door, requests } = await stage([answer(401), second, ok], {
      probePath: '/me',
      tokenRefused: (_, body) => Buffer.from(body.bytes).toString() === '{}',
    });
    expect(statusOf(await door.send(read))).toBe(401);
    expect(statusOf(await door.send(read))).toBe(200);
    expect(requests).toHaveLength(3);
  });

  it.each([
    ['of a probe', { auth: { authorization: 'Bearer bad' } } as const, {}],
    ['of the connected software', {}, { tokenRefused: () => false }],
  ])('is left alone when the 401 speaks %s', async (_, outgoing, more) => {
    const asked: string[] = [];
    const { door } = await stage([answer(401)], { ...renewing(['new'], asked), ...more });
    expect(statusOf(await door.send({ ...read, ...outgoing }))).toBe(401);
    expect(asked).toEqual([]);
  });
});

describe('the circuit', () => {
  const untilOpen = async (door: Door, outgoing: Outgoing): Promise<number> => {
    for (let sent = 0; ; sent++) {
      try {
        await door.send(outgoing);
      } catch (error) {
        if (error instanceof HarnessError && error.code === 'infrastructure') return sent;
        throw error;
      }
    }
  };

  it('opens after five requests in a row without an answer, and all five are handed over', async () => {
    const { door, requests } = await stage([ok, 'reset']);
    await door.send(read);
    expect(await untilOpen(door, read)).toBe(5);
    expect(requests).toHaveLength(6);
  });

  it('stays shut while answers come in between', async () => {
    const { door } = await stage(Array.from({ length: 40 }, (_, at) => (at % 5 === 4 ? ok : 'reset')));
    for (let each = 0; each < 40; each++) await door.send(read);
  });

  it('opens at the first request to a target that cannot be reached', async () => {
    const { door } = await stage([ok], { client: wireClient('http://127.0.0.1:1', 1) });
    expect(statusOf(await door.send(read))).toBe('refused');
    await expect(door.send(read)).rejects.toThrow(/cannot be reached \(ECONNREFUSED\)/);
  });

  it('opens after fifteen throttled attempts, none of which is lost', async () => {
    const { door, requests, budget } = await stage([answer(429)]);
    let attempts = 0;
    for (;;) {
      const sent = await door.send(read).catch(() => undefined);
      if (sent === undefined) break;
      attempts += sent.earlier.length + 1;
    }
    expect(requests).toHaveLength(15);
    expect(attempts).toBe(15);
    expect(budget.requests).toBe(15);
  });
});
