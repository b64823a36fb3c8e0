/** One line of a benchmark: a contestant and its share of the first one's time, speed or memory. */
export interface Row {
  readonly name: string;
  readonly ratio: number;
  /** The absolute number, for the screen only: it says something about this machine and this hour. */
  readonly detail?: string;
}

export interface Limit {
  readonly name: string;
  readonly found: number;
  /** `at most` unless said otherwise. */
  readonly limit: number;
  readonly atLeast?: true;
  /** Where the rest goes, by profile: told where the limit is missed. */
  readonly rest?: string;
}

/** What a benchmark found, as `scripts/bench.mjs` gathers it for `docs/performance.md`. */
export interface Benchmark {
  readonly title: string;
  /** What a ratio of 1 stands for: `× the time of the floor`. */
  readonly unit: string;
  readonly rows: readonly Row[];
  readonly limits: readonly (Limit & { readonly holds: boolean })[];
}

/** Prints rows and limits, hands them to whoever started the benchmark, and exits 1 in the end when a limit is missed. */
export function report(title: string, unit: string, rows: readonly Row[], limits: readonly Limit[]): void {
  const judged = limits.map((each) => ({ ...each, holds: holds(each) }));
  console.log(`\n${title}\n`);
  for (const { name, ratio, detail = '' } of rows)
    console.log(`  ${name.padEnd(54)} ${detail.padStart(16)} ${ratio.toFixed(2).padStart(8)} ${unit}`);
  console.log('');
  for (const { name, found, limit, atLeast, holds } of judged)
    console.log(
      `  ${holds ? 'holds' : 'MISSED'}  ${name}: ${found.toFixed(2)}, ${atLeast ? 'at least' : 'at most'} ${limit}`,
    );
  process.send?.({ title, unit, rows, limits: judged } satisfies Benchmark);
  if (!judged.every((each) => each.holds)) process.exitCode = 1;
}

function holds({ found, limit, atLeast }: Limit): boolean {
  return atLeast ? found >= limit : found <= limit;
}
