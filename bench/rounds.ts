import { cpuUsage } from 'node:process';

/** Something to be timed: makes or judges as many bodies as it is asked for. */
export interface Contestant {
  readonly name: string;
  run(count: number): void;
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
  const counts = contestants.map((each) => enough(each, millis));
  const times = contestants.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++)
    for (const [at, each] of contestants.entries()) times[at]!.push(micros(each, counts[at]!));
  return contestants.map(({ name }, at) => ({
    name,
    micros: median(times[at]!),
    ratio: median(times[at]!.map((time, round) => time / times[0]![round]!)),
  }));
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
  const { user, system } = cpuUsage(before);
  return (user + system) / count;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

export interface Limit {
  readonly name: string;
  readonly found: number;
  /** `at most` unless said otherwise. */
  readonly limit: number;
  readonly atLeast?: true;
}

/** Prints both tables and answers whether every limit holds. */
export function report(title: string, timings: readonly Timing[], limits: readonly Limit[]): boolean {
  console.log(`\n${title}\n`);
  for (const { name, micros: time, ratio } of timings)
    console.log(`  ${name.padEnd(44)} ${time.toFixed(2).padStart(9)} µs ${ratio.toFixed(2).padStart(8)} × floor`);
  console.log('');
  return limits.map(tell).every(Boolean);
}

function tell({ name, found, limit, atLeast }: Limit): boolean {
  const holds = atLeast ? found >= limit : found <= limit;
  console.log(
    `  ${holds ? 'holds' : 'MISSED'}  ${name}: ${found.toFixed(2)}, ${atLeast ? 'at least' : 'at most'} ${limit}`,
  );
  return holds;
}
