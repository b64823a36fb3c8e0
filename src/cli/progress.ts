import ora from 'ora';
import type { RunEvent } from '../run/run.js';
import type { World } from './world.js';

export interface Progress {
  event(event: RunEvent): void;
  end(): void;
}

const silent: Progress = { event: () => undefined, end: () => undefined };

/** One living line on a terminal, one line at the start and one at the end in CI, nothing in another pipe or when quiet. */
export function progressOn(world: World, quiet: boolean, expected: number | undefined): Progress {
  if (quiet) return silent;
  if (world.env['CI']) return inLines(world, expected);
  return world.stderr.isTTY === true ? livingLine(world, expected) : silent;
}

/** What has happened so far. */
export interface Pace {
  readonly exchanges: number;
  readonly violating: number;
  readonly elapsedMs: number;
  /** Exchanges at most; undefined when nobody knows. */
  readonly expected: number | undefined;
}

/** `120 of at most 500 exchanges, 40/s, 3 breaking the contract, 10 s left`. */
export function paceText({ exchanges, violating, elapsedMs, expected }: Pace): string {
  const rate = elapsedMs > 0 ? (1000 * exchanges) / elapsedMs : 0;
  const left = expected === undefined || rate === 0 ? undefined : Math.ceil(Math.max(0, expected - exchanges) / rate);
  return [
    `${exchanges}${expected === undefined ? '' : ` of at most ${expected}`} exchanges`,
    ...(rate === 0 ? [] : [`${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`]),
    `${violating} breaking the contract`,
    ...(left === undefined ? [] : [`${left < 90 ? `${left} s` : `${Math.ceil(left / 60)} min`} left`]),
  ].join(', ');
}

function counter({ clock }: World, expected: number | undefined) {
  const began = clock.now();
  let exchanges = 0;
  let violating = 0;
  return {
    /** Whether the event counted. */
    count(event: RunEvent): boolean {
      if (event.kind !== 'exchange') return false;
      exchanges++;
      if (event.verdict.class === 'violates') violating++;
      return true;
    },
    pace: (): Pace => ({ exchanges, violating, elapsedMs: clock.now() - began, expected }),
  };
}

function livingLine(world: World, expected: number | undefined): Progress {
  const { count, pace } = counter(world, expected);
  const spinner = ora({ stream: world.stderr as NodeJS.WriteStream, text: 'starting', discardStdin: false }).start();
  return {
    event(event) {
      if (!count(event)) return;
      const width = Math.max(1, (world.stderr.columns ?? 80) - 3);
      spinner.text = paceText(pace()).slice(0, width);
    },
    end: () => {
      spinner.stop();
    },
  };
}

function inLines(world: World, expected: number | undefined): Progress {
  const { count, pace } = counter(world, expected);
  world.stderr.write(`running${expected === undefined ? '' : `: at most ${expected} exchanges`}\n`);
  return {
    event: count,
    end: () => {
      world.stderr.write(`ran: ${paceText({ ...pace(), expected: undefined })}\n`);
    },
  };
}
