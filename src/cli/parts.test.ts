import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { mergeResults } from '../run/merge.js';
import { type RunResult, resultSchema } from '../run/result.js';
import type { Shard } from '../sources/plan.js';
import { relatedWithin } from '../sources/relations.js';
import { checkRun } from './check.js';
import { interruptionOf } from './interruption.js';
import { runToResult } from './judged-run.js';
import { libraryWorld } from './library-world.js';
import { openRecordings } from './recordings.js';
import { judging, parseValues, recorded, settle } from './settings.js';

const folder = mkdtempSync(join(tmpdir(), 'parts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const contacts = 'https://a.example/consumers/6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3/invoicing/contacts';
const headers = [['content-type', 'application/json']];

/** One exchange: a create, or a read, of a few ids, answered well or not. */
const exchange = fc
  .record({
    id: fc.constantFrom('c1', 'c2', 'c3'),
    name: fc.constantFrom('Ana', 'Bo', '😀'.repeat(9)),
    create: fc.boolean(),
    odd: fc.constantFrom({}, {}, {}, { vat: 7 }, { gender: 'X' }, { shoe_size: 43 }, { shoe_size: null }),
    status: fc.constantFrom(200, 200, 200, 201, 422, 503),
    url: fc.constantFrom(contacts, contacts, 'https://a.example/other'),
    durationMs: fc.constantFrom(3, 40),
  })
  .map(({ id, name, create, odd, status, url, durationMs }) => ({
    durationMs,
    request: create
      ? { method: 'POST', url, headers, body: { last_name: name } }
      : { method: 'GET', url: `${url}/${id}`, headers },
    response: { status, headers, body: { id, source_ref: { id: '1', model: 'contact' }, last_name: name, ...odd } },
  }));

const lines = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: exchange.map((each) => JSON.stringify(each)) },
      fc.constantFrom('', ' ', '{"torn'),
    ),
    {
      minLength: 1,
      maxLength: 25,
    },
  )
  .chain((all) => fc.constantFrom('\n', '\r\n').map((end) => all.join(end)));

/** The same in a HAR, where an entry has to be found from the beginning of the document. */
const har = fc.array(exchange, { minLength: 1, maxLength: 12 }).map((exchanges) => {
  const named = headers.map(([name, value]) => ({ name, value }));
  const entries = exchanges.map(({ request, response }) => ({
    request: { ...request, headers: named, ...(request.body && { postData: { text: JSON.stringify(request.body) } }) },
    response: { status: response.status, headers: named, content: { text: JSON.stringify(response.body) } },
  }));
  return JSON.stringify({ log: { creator: { name: 'test' }, entries } }, null, 1);
});

const recordings = fc.tuple(lines, fc.option(lines), fc.option(har)).map(([one, two, three]) => {
  const files: [string, string][] = [
    ['a.ndjson', `${one}\n${JSON.stringify({ request: { method: 'GET', url: '/x' } })}`],
  ];
  if (two !== null && two.trim() !== '') files.push(['b.ndjson', two]);
  if (three !== null) files.push(['c.har', three]);
  return files;
});

async function judged(files: readonly string[], shard?: Shard, threads?: number): Promise<RunResult> {
  const world = libraryWorld({ cwd: folder });
  const given = {
    ...parseValues({ ...judging, ...recorded }, { profile: true, ...(shard && { shard }) }, 'test'),
    quiet: true,
  };
  const settings = settle({ ...judging, ...recorded }, given, world.env, { file: '', values: {} });
  const spread = { threads: threads ?? 1, from: 1, bytes: () => 900 };
  const input = checkRun(settings, await openRecordings(files, world), files.join(' '), undefined, spread);
  const interruption = interruptionOf(world);
  try {
    return resultSchema.parse((await runToResult(world, interruption, input)).result);
  } finally {
    interruption.end();
  }
}

/** What a result says of the recordings; when, where and in how many parts it was found is something else. */
function said({ run: _, notes: __, artefacts: ___, tool: ____, exitCode, ...result }: RunResult) {
  return { ...result, exitCode };
}

function write(files: readonly (readonly [string, string])[]): string[] {
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  return files.map(([name]) => name);
}

describe('parts of recordings', () => {
  it('say together what one run says, whatever the cut', async () => {
    await fc.assert(
      fc.asyncProperty(recordings, fc.integer({ min: 2, max: 7 }), async (contents, total) => {
        const files = write(contents);
        const whole = await judged(files);
        fc.pre(whole.exitCode !== 2);
        const parts: RunResult[] = [];
        for (let index = 1; index <= total; index++) {
          const part = await judged(files, { index, total });
          parts.push({ ...part, run: { ...part.run, id: `r${index}` } });
        }
        const merged = mergeResults(parts);
        expect(said(merged)).toEqual(said(whole));
        expect(merged.notes.some((note) => note.startsWith('judged in parts'))).toBe(true);
      }),
      { seed: 41, numRuns: Number(process.env['PART_RUNS'] ?? 25) },
    );
  });

  it('say the same on threads as on one, byte for byte', async () => {
    const [contents] = fc
      .sample(recordings, { seed: 42, numRuns: 60 })
      .sort((a, b) => b[0]![1].length - a[0]![1].length);
    const files = write(contents!);
    const [one, several] = [await judged(files), await judged(files, undefined, 2)];
    expect(several.notes).toEqual(one.notes);
    expect(said(several)).toEqual(said(one));
    expect(JSON.stringify({ ...several, run: one.run }) === JSON.stringify(one)).toBe(true);
  });
});

it('a create is told as it was, although its bytes are gone when another gets its id', async () => {
  const url = '/consumers/11111111-1111-4111-8111-111111111111/invoicing/contacts';
  const create = (name: string, id: string): string => {
    const headers = { 'content-type': 'application/json' };
    const answer = { id, source_ref: {}, last_name: name };
    const request = { method: 'POST', url, headers, body: { last_name: name } };
    return JSON.stringify({ request, response: { status: 200, headers, body: answer } });
  };
  const between = Array.from({ length: 12_000 }, (_, at) => create(`Somebody ${at}`, `other-${at}`));
  const all = [create('Curie', 'c1'), ...between, create('Meitner', 'c1'), ''].join('\n');
  expect(all.length).toBeGreaterThan(3 * 1024 * 1024);
  expect(all.length).toBeLessThan(relatedWithin);
  const { findings } = await judged(write([['twice.ndjson', all]]));
  expect(findings.map(({ code }) => code)).toEqual(['state.duplicate-id']);
  const [{ evidence }] = findings as [(typeof findings)[number]];
  expect(JSON.stringify(evidence)).toContain('Curie');
  expect(JSON.stringify(evidence)).toContain('Meitner');
});
