import { cpuUsage } from 'node:process';
import { verifyProvider } from '../src/cli/verify-provider.js';
import { allReporters, reporters } from '../src/reporters/index.js';
import type { RunResult } from '../src/run/result.js';
import { largeResult } from '../src/testing/sample-results.js';
import { atSandbox } from './at-sandbox.js';
import { report } from './report.js';
import { microsSince, rowOf, timing } from './rounds.js';

/**
 * What reports cost: the three that every run writes, beside the run of 500 requests that they are about (on a sandbox in
 * a process of its own, with faults, so that there is something to tell); and every report of 10,000 findings, beside
 * writing their result as JSON and no more.
 */
const rounds = Number(process.argv[2] ?? 7);
const written = await Promise.all([reporters.json(), reporters.html(), reporters.junit()]);

await atSandbox(['postal-code-number', 'gender-spelled-out', 'place-of-parent'], async (url) => {
  await besideTheRun(url);
  await besideJson(await largeResult(10_000));
});

async function besideTheRun(url: string): Promise<void> {
  const [ran, told] = [[] as number[], [] as number[]];
  for (let round = 0; round <= rounds; round++) {
    const consumer = `${String(round).padStart(8, '0')}-1111-4111-8111-111111111111`;
    const before = cpuUsage();
    const result = await verifyProvider({ url, consumer, seed: round, maxRequests: 500 });
    const between = microsSince(before);
    const spent = micros(() => written.map(({ render }) => render(result)));
    // The first round warms up.
    if (round === 0) continue;
    ran.push(between);
    told.push(spent);
  }
  const timings = [timing('the run', ran, ran), timing(written.map(({ id }) => id).join(', '), told, ran)];
  report('The reports of a run', '× the CPU time of the run', timings.map(rowOf), [
    { name: 'reports over their run', found: timings[1]!.ratio, limit: 0.1 },
  ]);
}

async function besideJson(result: RunResult): Promise<void> {
  const every = await allReporters();
  const contestants = [
    { name: 'JSON.stringify', render: (each: RunResult) => JSON.stringify(each, null, 2) },
    ...every.map(({ id, render }) => ({ name: id, render })),
  ];
  const times = contestants.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++)
    for (const [at, { render }] of contestants.entries()) times[at]!.push(micros(() => render(result)));
  const timings = contestants.map(({ name }, at) => timing(name, times[at]!, times[0]!));
  report(
    'Reports of 10,000 findings',
    '× the CPU time of JSON.stringify',
    timings.map(rowOf),
    timings.slice(1).map(({ name, ratio }) => ({ name, found: ratio, limit: 5 })),
  );
}

function micros(work: () => unknown): number {
  const before = cpuUsage();
  work();
  return microsSince(before);
}
