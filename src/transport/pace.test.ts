import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testClock } from '../testing/test-clock.js';
import { Pace, parseRate, retryAfter } from './pace.js';

describe('a rate', () => {
  it.each([
    ['10/s', 10],
    ['60/m', 1],
    ['90/h', 0.025],
    ['999999/s', 999_999],
  ])('%s is read', (text, perSecond) => expect(parseRate(text)).toBe(perSecond));

  it.each(['', '0/s', '00/m', '10', '10/d', '-1/s', '1.5/s', ' 1/s', '1/s\n', '1000000/s', '0x1/s', '٣/s'])(
    '%j is none',
    (text) => expect(parseRate(text)).toBeUndefined(),
  );
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');

  it.each([
    ['0', 0],
    ['120', 120_000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 23:59:59 GMT', 0],
  ])('%j asks for %d ms', (value, wait) => expect(retryAfter(value, now)).toBe(wait));

  it.each([
    undefined,
    '',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    '1000000000',
    'soon',
    '2026-01-01',
    'Thu, 99 Jan 2026 00:00:30 GMT',
  ])('%j says nothing', (value) => expect(retryAfter(value, now)).toBeUndefined());
});

describe('the pace', () => {
  it('is never faster than the rate, however many ask and whenever they ask', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.nat(400), { maxLength: 20 }),
        async (rate, gaps) => {
          const clock = testClock({ patient: true });
          const pace = new Pace(clock, rate);
          const left: number[] = [];
          for (const gap of gaps) {
            void pace.turn().then(() => left.push(clock.now()));
            await clock.pass(gap);
          }
          await clock.pass(100_000);
          expect(left).toHaveLength(gaps.length);
          for (const [at, time] of left.entries())
            if (at > 0) expect(time - left[at - 1]!).toBeGreaterThanOrEqual(1000 / rate - 1e-6);
        },
      ),
      { seed: 2, numRuns: 40 },
    );
  });

  it('waits for nothing without a rate', async () => {
    const clock = testClock();
    await new Pace(clock, undefined).turn();
    expect(clock.slept).toEqual([]);
  });

  it('stops everyone for a pause, those who wait already as well', async () => {
    const clock = testClock({ patient: true });
    const pace = new Pace(clock, undefined);
    const left: number[] = [];
    pace.pause(100);
    void pace.turn().then(() => left.push(clock.now()));
    await clock.pass(60);
    pace.pause(200);
    void pace.turn().then(() => left.push(clock.now()));
    pace.pause(10);
    await clock.pass(500);
    expect(left).toEqual([260, 260]);
  });

  it('keeps the rate after a pause', async () => {
    const clock = testClock({ patient: true });
    const pace = new Pace(clock, 10);
    const left: number[] = [];
    for (let each = 0; each < 3; each++) void pace.turn().then(() => left.push(clock.now()));
    await clock.pass(10);
    pace.pause(490);
    await clock.pass(2000);
    expect(left).toEqual([0, 500, 600]);
  });

  it('lets go of those who wait when the run is interrupted', async () => {
    const clock = testClock({ patient: true });
    const pace = new Pace(clock, undefined);
    const controller = new AbortController();
    pace.pause(1e9);
    const turn = pace.turn(controller.signal);
    controller.abort();
    await turn;
    expect(clock.now()).toBe(0);
  });
});
