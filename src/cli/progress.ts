import { oneLine } from '../reporters/visible-text.js';
import type { RunEvent } from '../run/run.js';
import type { BytesRead } from './metered.js';
import type { World } from './world.js';

export interface Progress {
  event(event: RunEvent): void;
  end(): void;
}

const silent: Progress = { event: () => undefined, end: () => undefined };

/** What is known of the end before it is reached. */
export interface Outlook {
  /** Exchanges at most; undefined when nobody knows. */
  readonly expected: number | undefined;
  bytes?(): BytesRead | undefined;
}

/** A line that changes more often cannot be read. */
const shownEveryMs = 80;

/** One living line on a terminal, one line for each step in CI, nothing in another pipe or when quiet. */
export async function progressOn(world: World, quiet: boolean, outlook: Outlook): Promise<Progress> {
  if (quiet) return silent;
  if (inCi(world)) return inLines(world);
  return world.stderr.isTTY === true ? livingLine(world, outlook) : silent;
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
  readonly bytes?: BytesRead | undefined;
}

/** `120 of at most 500 exchanges, 40/s, 3 breaking the contract, 10 s left`; of recordings `…, 45 % of 2.1 GB, 10 s left`. */
export function paceText(pace: Pace): string {
  const { exchanges, violating, elapsedMs, expected, bytes } = pace;
  const rate = elapsedMs > 0 ? (1000 * exchanges) / elapsedMs : 0;
  const left = secondsLeft(pace, rate);
  return [
    `${exchanges}${expected === undefined ? '' : ` of at most ${expected}`} exchanges`,
    ...(rate === 0 ? [] : [`${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`]),
    `${violating} breaking the contract`,
    ...(bytes && bytes.total > 0
      ? [`${Math.floor((100 * bytes.read) / bytes.total)} % of ${sizeText(bytes.total)}`]
      : []),
    ...(left === undefined ? [] : [`${left < 90 ? `${left} s` : `${Math.ceil(left / 60)} min`} left`]),
  ].join(', ');
}

/** By exchanges where their number is known, else by bytes. */
function secondsLeft({ exchanges, elapsedMs, expected, bytes }: Pace, rate: number): number | undefined {
  if (expected !== undefined) return rate === 0 ? undefined : Math.ceil(Math.max(0, expected - exchanges) / rate);
  if (bytes === undefined || bytes.read === 0) return undefined;
  return Math.ceil((elapsedMs * (bytes.total - bytes.read)) / bytes.read / 1000);
}

function sizeText(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

function counter({ clock }: World, { expected, bytes }: Outlook) {
  const began = clock.now();
  let exchanges = 0;
  let violating = 0;
  return {
    /** Whether the event counted. */
    count(event: RunEvent): boolean {
      if (event.kind !== 'exchange' && event.kind !== 'counted') return false;
      exchanges += event.kind === 'counted' ? event.exchanges : 1;
      if (event.kind === 'counted') violating += event.violating;
      else if (event.judgement.class === 'violates') violating++;
      return true;
    },
    pace: (): Pace => ({ exchanges, violating, elapsedMs: clock.now() - began, expected, bytes: bytes?.() }),
  };
}

async function livingLine(world: World, outlook: Outlook): Promise<Progress> {
  const { default: ora } = await import('ora');
  const { count, pace } = counter(world, outlook);
  let shownAt = Number.NEGATIVE_INFINITY;
  const spinner = ora({ stream: world.stderr as NodeJS.WriteStream, text: 'starting', discardStdin: false }).start();
  return {
    event(event) {
      const isStep = event.kind === 'step';
      if (!isStep && (!count(event) || world.clock.now() - shownAt < shownEveryMs)) return;
      if (!isStep) shownAt = world.clock.now();
      const width = Math.max(1, (world.stderr.columns ?? 80) - 3);
      spinner.text = (isStep ? oneLine(event.text) : paceText(pace())).slice(0, width);
      // Its own clock stands still as long as one chunk is judged after the other.
      spinner.render();
    },
    end: () => {
      spinner.stop();
    },
  };
}

/** Each step as it begins, with what was seen before it; and all of it at the end. */
function inLines(world: World): Progress {
  const { count, pace } = counter(world, { expected: undefined });
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
