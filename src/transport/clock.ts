import { setTimeout as delay } from 'node:timers/promises';

/** Time as an argument: monotonic for deadlines, wall clock only for people. */
export interface Clock {
  /** Milliseconds on a monotonic clock. */
  now(): number;
  /** ISO 8601 in UTC. */
  wall(): string;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** `setTimeout` fires at once beyond 2^31 - 1 ms. */
const longestSleep = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => new Date().toISOString(),
  async sleep(milliseconds, signal) {
    await delay(Math.min(Math.max(0, milliseconds), longestSleep), undefined, { signal }).catch(() => undefined);
  },
};
