import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect } from 'vitest';
import { readResult } from '../src/cli/read-result.js';
import { bodyOf, jsonOf, textOf } from '../src/exchange/body.js';
import { readJson } from '../src/exchange/json.js';
import { command } from '../src/testing/test-world.js';
import { filesBelow, inFolder } from './folder.js';
import { guarantee, size } from './guarantee.js';
import { mangled } from './mangle.js';

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const recordings = filesBelow(at('src/formats/golden'))
  .filter((file) => /\/input\.[a-z]+$/.test(file))
  .map((file) => readFileSync(file));
const configs = ['{"maxRequests": 300, "report": ["json"], "rateLimit": "10/s", "echo": "off"}'].map((text) =>
  Buffer.from(text),
);

/** Longest that one damaged file may take, in milliseconds; a busy machine is given its time. */
const slowest = 20_000;

guarantee(
  {
    id: 'S1',
    promise: 'The parsers take anything: no crash, no hang, no entry lost in silence.',
    experiment:
      'Good recordings of every format, OpenAPI documents, configuration and JSON, damaged in up to four places by a fixed seed. `check`, `drift` and `verify` must end with a verdict or exit 2, the totals must add up, and every line of NDJSON must be counted; our JSON reader must accept what `JSON.parse` accepts and nothing else.',
  },
  () =>
    inFolder(async (cwd) => {
      const runs = {
        recordings: size(250, 20_000),
        documents: size(25, 1_500),
        configs: size(60, 2_000),
        json: size(4_000, 500_000),
      };
      await fuzz(runs.recordings, recordings, (bytes) => checked(cwd, bytes));
      await fuzz(runs.documents, [readFileSync(at('contracts/generated/openapi.json'))], (bytes) =>
        ends(cwd, 'document.json', bytes, ['drift', 'document.json'], [0, 1, 2, 3]),
      );
      await fuzz(runs.configs, configs, (bytes) =>
        ends(cwd, 'config.json', bytes, ['verify', '--config', 'config.json', '--dry-run'], [0, 2]),
      );
      await fuzz(
        runs.json,
        recordings.filter(({ length }) => length < 4_000),
        async (bytes) => readsAsJson(bytes),
      );
      const total = Object.values(runs).reduce((sum, each) => sum + each);
      return { sample: `${total} damaged texts`, result: '0 crashes, 0 hangs, 0 entries lost' };
    }),
);

async function fuzz(numRuns: number, originals: readonly Uint8Array[], use: (bytes: Uint8Array) => Promise<unknown>) {
  await fc.assert(
    fc.asyncProperty(mangled(originals), async (bytes) => void (await use(bytes))),
    {
      numRuns,
      seed: 101,
      interruptAfterTimeLimit: 3_000_000,
    },
  );
}

async function ends(cwd: string, file: string, bytes: Uint8Array, argv: readonly string[], codes: readonly number[]) {
  writeFileSync(join(cwd, file), bytes);
  const began = performance.now();
  const { exitCode, err } = await command(argv, { cwd });
  if (!codes.includes(exitCode)) expect.fail(`exit ${exitCode}: ${err.slice(0, 600)}`);
  expect(performance.now() - began).toBeLessThan(slowest);
  return exitCode;
}

async function checked(cwd: string, bytes: Uint8Array): Promise<void> {
  const argv = ['check', 'some.recording', '--report', 'json'];
  if ((await ends(cwd, 'some.recording', bytes, argv, [0, 1, 2, 3])) === 2) return;
  const { totals, notes } = readResult(cwd, 'reports/result.json');
  expect(totals.judged + totals.unjudged + totals.outOfScope + totals.unreadable).toBe(totals.exchanges);
  if (!notes.some((note) => /read as (ndjson|journal):/.test(note))) return;
  const lines = Buffer.from(bytes)
    .toString('utf8')
    .split('\n')
    .filter((line) => /[^\s\ufeff]/.test(line));
  expect(totals.exchanges).toBeGreaterThanOrEqual(lines.length);
}

/** Where the text is JSON to the platform it is to us, with the same value, and nowhere else. */
function readsAsJson(bytes: Uint8Array): void {
  const body = bodyOf(bytes);
  const { text } = textOf(body);
  const reading = readJson(text);
  let parsed: { value: unknown } | undefined;
  try {
    parsed = { value: JSON.parse(text) };
  } catch {
    parsed = undefined;
  }
  if (parsed === undefined) expect(reading.ok).toBe(false);
  else if (reading.ok) expect(reading.value).toEqual(parsed.value);
  else expect(reading.message).toMatch(/deep/);
  expect(jsonOf(body).ok).toBe(reading.ok);
}
