import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuUsage } from 'node:process';
import { z } from 'zod';
import { recordingAt } from '../src/cli/recordings.js';
import { verifyProvider } from '../src/cli/verify-provider.js';
import { toWire } from '../src/contract/wire.js';
import { arbitraryOf, bytesOf, valueAt } from '../src/derive/arbitrary.js';
import { validatorOf } from '../src/derive/validator.js';
import { allReporters } from '../src/reporters/index.js';
import { largeResult } from '../src/testing/sample-results.js';
import { atSandbox } from './at-sandbox.js';
import { judged } from './judged.js';
import { recordedLine, writeRecording } from './recorded.js';
import { report } from './report.js';
import { microsSince } from './rounds.js';

/**
 * What one more costs when there are many: CPU time per request, recorded exchange, finding and field of the largest
 * size beside the smallest. `npm run bench -- growth 100000 10000000` goes to 100,000 requests and 10,000,000 exchanges
 * (24 GB of recording).
 */
const [mostRequests = 20_000, mostExchanges = 200_000] = process.argv.slice(2).map(Number);
const mostFindings = 100_000;
const bodies = 5_000;
let runs = 0;

interface Growth {
  readonly what: string;
  readonly small: number;
  readonly large: number;
  /** Does the work on so many items; may leave out its own preparations. Gives microseconds of CPU. */
  readonly micros: (count: number) => Promise<number>;
}

await atSandbox([], async (url) => {
  const folder = mkdtempSync(join(tmpdir(), 'growth-'));
  try {
    await measure([
      { what: 'request of verify', small: 500, large: mostRequests, micros: (count) => verified(url, count) },
      {
        what: 'exchange of check',
        small: 10_000,
        large: mostExchanges,
        micros: (count) => checked(join(folder, 'recording.ndjson'), count),
      },
      ...(await allReporters()).map(({ id, render }): Growth => {
        const micros = async (count: number) => {
          const result = await largeResult(count);
          return spent(async () => render(result));
        };
        return { what: `finding in ${id}`, small: 100, large: mostFindings, micros };
      }),
      { what: 'field of a generated body', small: 20, large: 200, micros: generated },
      { what: 'field of a judged body', small: 20, large: 200, micros: validated },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The smallest is warmed up and then measured often, so that its share of the noise is not larger. */
async function measure(growths: readonly Growth[]): Promise<void> {
  const rows: { name: string; ratio: number; detail: string }[] = [];
  for (const { what, small, large, micros } of growths) {
    for (let warm = 0; warm < 3; warm++) await micros(small);
    const times: number[] = [];
    for (let round = 0; round < 7; round++) times.push((await micros(small)) / small);
    const least = times.toSorted((a, b) => a - b)[3]!;
    const most = (await micros(large)) / large;
    rows.push({
      name: `${what}: ${small} to ${large}`,
      ratio: most / least,
      detail: `${least.toFixed(1)}, ${most.toFixed(1)} µs`,
    });
  }
  const limits = rows.map(({ name, ratio }) => ({ name, found: ratio, limit: 1.2 }));
  report('One more when there are many', '× the CPU time of one when there are few', rows, limits);
}

async function spent(work: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.();
  const before = cpuUsage();
  await work();
  return microsSince(before);
}

async function verified(url: string, maxRequests: number): Promise<number> {
  const consumer = `${String(++runs).padStart(8, '0')}-1111-4111-8111-111111111111`;
  return spent(async () => {
    const { exitCode, totals } = await verifyProvider({ url, consumer, seed: 1, maxRequests, concurrency: 8 });
    if (exitCode !== 0 || totals.requests < maxRequests * 0.9) throw new Error(`exit ${exitCode}: ${totals.requests}`);
  });
}

async function checked(path: string, count: number): Promise<number> {
  writeRecording(path, recordedLine, (lines) => lines >= count);
  return spent(async () => {
    const found = await judged((await recordingAt('bench', path, false)).recording);
    if (found !== count) throw new Error(`${found} of ${count} judged`);
  });
}

/** A model of so many fields, of three kinds in turn. */
function modelOf(fields: number): z.ZodObject {
  const kinds = [z.string().nullable().optional(), z.boolean().optional(), z.iso.date().nullable().optional()];
  return z.object(Object.fromEntries(Array.from({ length: fields }, (_, at) => [`field_${at}`, kinds[at % 3]!])));
}

async function generated(fields: number): Promise<number> {
  const bytesAt = bytesOf(toWire(modelOf(fields), 'model'), 1, 'growth');
  bytesAt(0);
  let length = 0;
  const micros = await spent(async () => {
    for (let index = 0; index < bodies; index++) length += bytesAt(index).length;
  });
  if (length === 0) throw new Error('nothing was generated');
  return micros / bodies;
}

async function validated(fields: number): Promise<number> {
  const model = modelOf(fields);
  const arbitrary = arbitraryOf(toWire(model, 'model'));
  const values = Array.from({ length: 500 }, (_, index) => valueAt(arbitrary, 1, 'growth', index));
  const validator = validatorOf(model);
  let wrong = 0;
  const micros = await spent(async () => {
    for (let index = 0; index < bodies; index++) wrong += [...validator.violations(values[index % 500])].length;
  });
  if (wrong > 0) throw new Error(`${wrong} violations`);
  return micros / bodies;
}
