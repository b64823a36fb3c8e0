import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { emptyBody } from '../exchange/body.js';
import type { Answered, Unanswered } from '../exchange/exchange.js';
import { Circuit } from './circuit.js';

const answer = (status: number): Answered => ({
  kind: 'answered',
  status,
  headers: [],
  body: emptyBody,
  durationMs: 1,
  defects: [],
});
const no = (reason: Unanswered['reason']): Unanswered => ({ kind: 'unanswered', reason, detail: `E${reason}` });
const times = <T>(count: number, each: T): T[] => Array.from({ length: count }, () => each);

/** What the circuit says after these outcomes; undefined while it is shut. */
function said(...outcomes: (Answered | Unanswered)[]): HarnessError | undefined {
  const circuit = new Circuit('http://x');
  for (const outcome of outcomes) circuit.watch(outcome);
  try {
    circuit.throwIfOpen();
    return undefined;
  } catch (error) {
    return error as HarnessError;
  }
}

const [ok, reset, busy] = [answer(200), no('reset'), answer(429)];

describe('the circuit', () => {
  it('opens at the fifth silence in a row and at the fifteenth throttled answer in a row', () => {
    for (const first of [[], [ok], [no('protocol')]]) {
      for (const reason of ['reset', 'timeout'] as const)
        expect([4, 5].map((count) => said(...first, ...times(count, no(reason))) !== undefined)).toEqual([false, true]);
      for (const status of [429, 503])
        expect([14, 15].map((count) => said(...first, ...times(count, answer(status))) !== undefined)).toEqual([
          false,
          true,
        ]);
    }
  });

  it('counts no row across an answer, or what was no HTTP, or beyond an interruption', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4), fc.constantFrom(ok, answer(500), no('protocol')))),
        fc.nat(4),
        (rows, last) => {
          const outcomes = rows.flatMap(([count, between]) => [...times(count, reset), between]);
          expect(said(...outcomes, ...times(last, reset))).toBeUndefined();
          expect(said(...outcomes, ...times(5, reset))).toBeDefined();
          expect(said(...outcomes, ...times(14, busy))).toBeUndefined();
        },
      ),
      { seed: 71, numRuns: 100 },
    );
    expect(said(ok, ...times(4, reset), ...times(20, no('interrupted')))).toBeUndefined();
    expect(said(ok, ...times(4, reset), no('interrupted'), reset)).toBeDefined();
  });

  it.each(['refused', 'dns', 'tls'] as const)('opens at once where nothing ever came back: %s', (reason) => {
    expect(said(no(reason))?.message).toBe(`http://x cannot be reached (E${reason})`);
    expect(said(no('interrupted'), no(reason))).toBeDefined();
    for (const heard of [ok, busy, no('protocol')]) expect(said(heard, no(reason))).toBeUndefined();
  });

  it.each(['reset', 'timeout', 'protocol', 'budget'] as const)('stays shut at the first %s', (reason) => {
    expect(said(no(reason))).toBeUndefined();
  });

  it('says who stopped answering, why, and what to look at; the first reason stays', () => {
    const error = said(ok, ...times(5, reset), no('dns'), ok);
    expect(error).toMatchObject({
      code: 'infrastructure',
      message: 'http://x stopped answering (Ereset)',
      hint: expect.stringContaining('--url'),
    });
    expect(said(...times(15, busy))?.message).toBe('http://x stopped answering (status 429)');
    expect(said(...times(5, reset))?.message).toBe('http://x cannot be reached (Ereset)');
    expect(error).toBeInstanceOf(HarnessError);
  });
});
