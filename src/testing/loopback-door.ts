import { Budget } from '../transport/budget.js';
import { systemClock } from '../transport/clock.js';
import { type Door, openDoor } from '../transport/door.js';
import { noJournal } from '../transport/journal.js';
import { Pace } from '../transport/pace.js';
import { grantWrites, targetOf } from '../transport/permit.js';
import { fixedToken } from '../transport/token.js';
import { wireClient } from '../transport/wire-client.js';

/** A door to a server of the test, with a token that is good for ever. */
export function loopbackDoor(url: string, { token = 'real-token', maxRequests = 1_000 } = {}): Door {
  const target = targetOf(url);
  const write = { target, consumer: '', allowWrites: undefined, maxCreates: undefined, environment: {} };
  return openDoor({
    target,
    permit: grantWrites(write),
    budget: new Budget({ maxRequests, maxCreates: maxRequests, deadline: undefined }, systemClock.now),
    pace: new Pace(systemClock, undefined),
    clock: systemClock,
    client: wireClient(target.origin, 1),
    tokens: fixedToken(token),
    timeoutMs: 5_000,
    tokenRefused: () => false,
    journal: noJournal,
    createdId: () => null,
    requestIdHeader: 'x-request-id',
    signal: new AbortController().signal,
  });
}
