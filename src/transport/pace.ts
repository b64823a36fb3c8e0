import type { Clock } from './clock.js';

/** Requests per second as `--rate-limit` takes them: `10/s`, `60/m`, `100/h`; undefined when it is none. */
export function parseRate(text: string): number | undefined {
  const parts = /^(\d{1,6})\/(s|m|h)$/.exec(text);
  const count = Number(parts?.[1]);
  if (!parts || count === 0) return undefined;
  return count / { s: 1, m: 60, h: 3600 }[parts[2] as 's' | 'm' | 'h'];
}

/** Milliseconds that a Retry-After header asks for, in either form; undefined when it says nothing usable. */
export function retryAfter(value: string | undefined, wallNow: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value)) return undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - wallNow);
}

/** Whether the answer asks to come again later. */
export function isThrottled({ status }: { readonly status: number }): boolean {
  return status === 429 || status === 503;
}

/** One limiter for all workers: a steady rate, and a pause that a throttled answer imposes on everyone. */
export class Pace {
  private next = 0;
  private pausedUntil = 0;

  constructor(
    private readonly clock: Clock,
    private readonly perSecond: number | undefined,
  ) {}

  /** Resolves when the next request may leave. A pause that comes while waiting counts for those who wait as well. */
  async turn(signal?: AbortSignal): Promise<void> {
    let slot = this.take();
    for (;;) {
      const wait = Math.max(slot, this.pausedUntil) - this.clock.now();
      if (wait <= 0 || signal?.aborted) return;
      await this.clock.sleep(wait, signal);
      if (this.pausedUntil > slot) slot = this.take();
    }
  }

  private take(): number {
    const slot = Math.max(this.clock.now(), this.pausedUntil, this.next);
    if (this.perSecond !== undefined) this.next = slot + 1000 / this.perSecond;
    return slot;
  }

  pause(milliseconds: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + milliseconds);
  }
}
