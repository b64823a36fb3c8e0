import ora from 'ora';
import { oneLine } from '../reporters/visible-text.js';
import type { RunEvent } from '../run/run.js';
import type { World } from './world.js';

export interface Progress {
  event(event: RunEvent): void;
  end(): void;
}

const silent: Progress = { event: () => undefined, end: () => undefined };

/** One living line on a terminal, one line for each step in CI, nothing in another pipe or when quiet. */
export function progressOn(world: World, quiet: boolean, expected: number | undefined): Progress {
  if (quiet) return silent;
  if (inCi(world)) return inLines(world);
  return world.stderr.isTTY === true ? livingLine(world, expected) : silent;
}

/** A step before or after the exchanges; for who reads the log of CI. */
export function tellStep(world: World, quiet: boolean, text: string): void {
  if (!quiet && inCi(world)) world.stderr.write(`${oneLine(text)}\n`);
}

const inCi = ({ env }: World): boolean => !['', '0', 'false'].includes(env['CI'] ?? '');

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
      if (event.kind !== 'exchange' && event.kind !== 'counted') return false;
      exchanges += event.kind === 'counted' ? event.exchanges : 1;
      if (event.kind === 'counted') violating += event.violating;
      else if (event.verdict.class === 'violates') violating++;
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
      if (event.kind !== 'step' && !count(event)) return;
      const width = Math.max(1, (world.stderr.columns ?? 80) - 3);
      spinner.text = (event.kind === 'step' ? oneLine(event.text) : paceText(pace())).slice(0, width);
    },
    end: () => {
      spinner.stop();
    },
  };
}

/** Each step as it begins, with what was seen before it; and all of it at the end. */
function inLines(world: World): Progress {
  const { count, pace } = counter(world, undefined);
  const soFar = (): string => (pace().exchanges === 0 ? '' : ` (so far ${paceText(pace())})`);
  return {
    event(event) {
      if (event.kind === 'step') world.stderr.write(`${oneLine(event.text)}${soFar()}\n`);
      else count(event);
    },
    end: () => {
      world.stderr.write(`done: ${paceText(pace())}\n`);
    },
  };
}
