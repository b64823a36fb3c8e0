import { cpuUsage } from 'node:process';
import type { Row } from './report.js';

/** Something to be timed: makes or judges as many bodies as it is asked for. */
export interface Contestant {
  readonly name: string;
  run(count: number): void;
  /** Bodies a turn, for who is asked for many at once and pays for a start of its own. */
  readonly atLeast?: number;
}

export interface Timing {
  readonly name: string;
  /** Microseconds of CPU (user and system) per body, the median of the rounds. */
  readonly micros: number;
  /** Median of the ratios to the first contestant, each within one round: what a busy machine does to both cancels out. */
  readonly ratio: number;
}

/** Contestants in turn, round after round, each for about the same time; the first is the floor. */
export function race(contestants: readonly Contestant[], rounds: number, millis: number): Timing[] {
  const counts = contestants.map((each) => Math.max(enough(each, millis), each.atLeast ?? 1));
  const times = contestants.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++)
    for (const [at, each] of contestants.entries()) times[at]!.push(micros(each, counts[at]!));
  return contestants.map(({ name }, at) => timing(name, times[at]!, times[0]!));
}

/** What one contestant took, round by round, beside the floor. */
export function timing(name: string, times: readonly number[], floor: readonly number[]): Timing {
  return { name, micros: median(times), ratio: median(times.map((time, round) => time / floor[round]!)) };
}

/** A timing as a line of a report. */
export function rowOf({ name, micros, ratio }: Timing): Row {
  return { name, ratio, detail: `${micros.toFixed(2)} µs` };
}

/** Warms up, and finds how many bodies take about that long. */
function enough(contestant: Contestant, millis: number): number {
  let count = 16;
  for (;;) {
    const time = micros(contestant, count) * count;
    if (time >= millis * 500) return Math.max(1, Math.round((count * millis * 1000) / time));
    count *= 2;
  }
}

function micros(contestant: Contestant, count: number): number {
  const before = cpuUsage();
  contestant.run(count);
  return microsSince(before) / count;
}

/** Microseconds of CPU (user and system) that this process has spent since. */
export function microsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = cpuUsage(before);
  return user + system;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
