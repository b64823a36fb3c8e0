import type { Clock } from '../transport/clock.js';

export interface TestClock extends Clock {
  /** Every sleep that was asked for, in milliseconds. */
  readonly slept: readonly number[];
  /** Lets time pass; sleepers wake at their time, in order. */
  pass(milliseconds: number): Promise<void>;
}

interface Sleeper {
  readonly until: number;
  wake(): void;
}

/** A clock that stands still until it is told otherwise. `patient: false`: a sleep passes its own time at once. */
export function testClock({ patient = false } = {}): TestClock {
  let time = 0;
  const slept: number[] = [];
  const sleepers = new Set<Sleeper>();
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    slept,
    now: () => time,
    wall: () => new Date(Date.UTC(2026, 0, 1) + time).toISOString(),
    async sleep(milliseconds, signal) {
      slept.push(milliseconds);
      if (!patient) {
        time += milliseconds;
        return;
      }
      await new Promise<void>((resolve) => {
        const sleeper = { until: time + milliseconds, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    },
    async pass(milliseconds) {
      const end = time + milliseconds;
      for (;;) {
        await settled();
        const [next] = [...sleepers].filter(({ until }) => until <= end).sort((a, b) => a.until - b.until);
        if (next === undefined) break;
        time = Math.max(time, next.until);
        sleepers.delete(next);
        next.wake();
      }
      time = end;
      await settled();
    },
  };
}
