import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { brokenResult } from '../testing/sample-results.js';
import { coverageCounts } from './coverage.js';
import { LatencyCounts } from './latency.js';
import { mergeResults, missingShards } from './merge.js';
import { type RunResult, resultSchema } from './result.js';

let base: RunResult;
beforeAll(async () => {
  base = await brokenResult();
});

const totals = { judged: 0, unjudged: 0, outOfScope: 0, unreadable: 0, requests: 0, creates: 0, shrinkRequests: 0 };
const state = fc.constantFrom('untried' as const, 'passed' as const, 'failed' as const);
const rows = fc.dictionary(
  fc.constantFrom('/a', '/b', ''),
  fc.dictionary(fc.constantFrom('null', 'long'), state, { minKeys: 1 }),
);

function classesOf(times: readonly number[]): LatencyCounts['classes'] {
  const counted = new LatencyCounts();
  for (const time of times) counted.add(time);
  return counted.classes;
}

/** What one shard may have seen of the sample. */
const share = fc.record({
  counts: fc.tuple(...Object.keys(totals).map(() => fc.nat(50))),
  findings: fc.array(
    fc.record({
      index: fc.nat(9),
      seen: fc.integer({ min: 1, max: 9 }),
      steady: fc.constantFrom(true, false, null),
      known: fc.boolean(),
      message: fc.constantFrom('a', 'bb', 'cc'),
    }),
    { maxLength: 6 },
  ),
  unjudged: fc.uniqueArray(
    fc.record({ reason: fc.constantFrom('timeout', 'reset'), count: fc.integer({ min: 1, max: 9 }) }),
    { selector: ({ reason }) => reason },
  ),
  statuses: fc.dictionary(fc.constantFrom('200', '422', '500'), fc.integer({ min: 1, max: 99 })),
  places: fc.record({ fields: rows, mutations: rows }),
  notes: fc.uniqueArray(fc.constantFrom('one', 'two', 'three')),
  end: fc.constantFrom(
    [0, 'conforms'] as const,
    [1, 'violates'] as const,
    [3, 'inconclusive'] as const,
    [5, 'infrastructure'] as const,
  ),
  latency: fc.option(
    fc.dictionary(fc.constantFrom('a', 'b'), fc.array(fc.nat(60_000), { maxLength: 9 }).map(classesOf)),
    { nil: undefined },
  ),
  minute: fc.nat(59),
});

type Share = typeof share extends fc.Arbitrary<infer T> ? T : never;

function part(seen: Share, index: number): RunResult {
  const counts = Object.fromEntries(Object.keys(totals).map((name, at) => [name, seen.counts[at]!])) as typeof totals;
  const findings = new Map(
    seen.findings.map(({ index: at, known, ...rest }) => {
      const finding = base.findings[at % base.findings.length]!;
      return [finding.fingerprint, { ...finding, ...rest, known: known ? { reason: 'why', expires: null } : null }];
    }),
  );
  return {
    ...base,
    run: {
      ...base.run,
      id: `run-${index}`,
      shard: `${index + 1}/3`,
      startedAt: `2026-08-21T09:${String(seen.minute).padStart(2, '0')}:00.000Z`,
      options: { only: ['valid'], index },
    },
    totals: { ...counts, exchanges: counts.judged + counts.unjudged + counts.outOfScope + counts.unreadable },
    unjudged: seen.unjudged,
    coverage: {
      endpoints: { createContact: { promised: [422, 200], statuses: seen.statuses } },
      ...coverageCounts(seen.places),
      places: seen.places,
    },
    ...(seen.latency && { latency: seen.latency }),
    notes: seen.notes,
    findings: [...findings.values()],
    exitCode: seen.end[0],
    verdict: seen.end[1],
  };
}

const parts = fc.tuple(share, share, share);

function merged(...results: RunResult[]): RunResult {
  return mergeResults(results);
}

describe('merging results', () => {
  it('does not depend on order or grouping', () => {
    fc.assert(
      fc.property(parts, (shares) => {
        const [a, b, c] = shares.map(part) as [RunResult, RunResult, RunResult];
        const whole = merged(a, b, c);
        expect(merged(c, a, b)).toEqual(whole);
        expect(merged(b, a, c)).toEqual(whole);
        expect(merged(merged(a, b), c)).toEqual(whole);
        expect(merged(a, merged(b, c))).toEqual(whole);
        expect(merged(whole)).toEqual(whole);
        expect(resultSchema.safeParse(whole).success).toBe(true);
      }),
      { seed: 31, numRuns: 60 },
    );
  });

  it('adds up what was counted and loses no finding', () => {
    fc.assert(
      fc.property(parts, (shares) => {
        const all = shares.map(part);
        const whole = mergeResults(all);
        const { exchanges, judged, unjudged, outOfScope, unreadable } = whole.totals;
        expect(exchanges).toBe(judged + unjudged + outOfScope + unreadable);
        expect(exchanges).toBe(all.reduce((sum, { totals: each }) => sum + each.exchanges, 0));
        const seen = (results: readonly RunResult[]) =>
          results.flatMap(({ findings }) => findings).reduce((sum, each) => sum + each.seen, 0);
        expect(seen([whole])).toBe(seen(all));
        expect(new Set(whole.findings.map(({ fingerprint }) => fingerprint))).toEqual(
          new Set(all.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint))),
        );
        expect(whole.exitCode).toBe([1, 5, 3, 0].find((code) => all.some(({ exitCode }) => exitCode === code)));
      }),
      { seed: 32, numRuns: 60 },
    );
  });

  it('lets doubt outweigh: a finding that one shard did not accept is open, one that was not steady once is not', () => {
    const finding = { ...base.findings[0]!, known: { reason: 'why', expires: null }, steady: true };
    const one = { ...base, run: { ...base.run, shard: '1/2', id: 'a' }, findings: [finding] };
    const other = {
      ...base,
      run: { ...base.run, shard: '2/2', id: 'b' },
      findings: [{ ...finding, known: null, steady: false }],
    };
    expect(merged(one, other).findings).toEqual([{ ...finding, known: null, steady: false, seen: 2 * finding.seen }]);
  });

  it('knows which shards are missing', () => {
    const of = (shard: string | null, id: string) => ({ ...base, run: { ...base.run, shard, id } });
    expect(missingShards(merged(of('10/10', 'a'), of('2/10', 'b')))).toHaveLength(8);
    expect(merged(of('10/10', 'a'), of('2/10', 'b')).run.shard).toBe('2/10,10/10');
    expect(missingShards(merged(of('1/2', 'a'), of('2/2', 'b')))).toEqual([]);
    expect(missingShards(of(null, 'a'))).toEqual([]);
  });

  it('spans from the first start to the last end', () => {
    const at = (startedAt: string, durationMs: number, id: string) => ({
      ...base,
      run: { ...base.run, startedAt, durationMs, id, shard: null },
    });
    const { run } = merged(at('2026-08-21T09:00:10.000Z', 5000, 'a'), at('2026-08-21T09:00:00.000Z', 1000, 'b'));
    expect([run.startedAt, run.durationMs]).toEqual(['2026-08-21T09:00:00.000Z', 15_000]);
  });

  it.each([
    [
      'another contract',
      (): Partial<RunResult> => ({ contract: { ...base.contract, hash: `sha256:${'1'.repeat(64)}` } }),
      /differ in their contract/,
    ],
    ['another seed', () => ({ run: { ...base.run, id: 'b', seed: 7 } }), /differ in their seed: 42 and 7/],
    ['another schema version', () => ({ schemaVersion: 2 as 1 }), /schema version/],
    ['another command', () => ({ command: 'check' }), /command/],
    ['another version', () => ({ tool: { ...base.tool, version: '9.0.0' } }), /version of the tool/],
    ['the same shard', () => ({ run: { ...base.run, id: 'b', shard: '1/2' } }), /shard 1\/2 is there twice/],
    ['a shard of another plan', () => ({ run: { ...base.run, id: 'b', shard: '2/3' } }), /different plans/],
    ['the same run', () => ({ run: { ...base.run, id: 'a', shard: '2/2' } }), /run a is there twice/],
  ])('is refused with %s', (_, change, message) => {
    const one = { ...base, run: { ...base.run, id: 'a', shard: '1/2' } };
    expect(() => merged(one, { ...one, ...change() })).toThrow(message);
    expect(() => merged(one, { ...one, ...change() })).toThrow(HarnessError);
  });

  it('of nothing is refused', () => expect(() => merged()).toThrow(/no result/));
});
