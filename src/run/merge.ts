import { exitCodes, HarnessError, worstExitCode } from '../errors.js';
import { coverageCounts, sortedRecord, unitePlaces } from './coverage.js';
import { sumOfClasses } from './latency.js';
import { mergeProfiles } from './profile-merge.js';
import type { ResultFinding, RunResult } from './result.js';
import { listedPlaces } from './tally.js';
import { isIllegible, verdictOf } from './verdict.js';

/**
 * One result of several runs of one plan: what was counted adds up, a finding seen twice is one finding, and the worst
 * exit code stands. The order of the runs makes no difference. Throws `usage` when they are no parts of one whole.
 */
export function mergeResults(results: readonly RunResult[]): RunResult {
  const [first, ...rest] = results;
  if (first === undefined) throw new HarnessError('usage', 'there is no result to merge');
  for (const other of rest) refuseStranger(first, other);
  const shards = unitedShards(results);
  const totals = unitedTotals(results.map((result) => result.totals));
  const exitCode = worstExitCode(exitCodesOf(results, totals));
  const places = unitePlaces(results.map(({ coverage }) => coverage.places));
  return {
    schemaVersion: first.schemaVersion,
    tool: first.tool,
    command: first.command,
    contract: first.contract,
    run: { ...unitedRun(results.map(({ run }) => run)), shard: shards },
    verdict:
      results
        .filter((result) => result.exitCode === exitCode)
        .map(({ verdict }) => verdict)
        .sort()[0] ?? verdictOf(exitCode),
    exitCode,
    totals,
    unjudged: unitedReasons(results.flatMap(({ unjudged }) => unjudged)),
    unreadable: results
      .flatMap(({ unreadable }) => unreadable)
      .sort((a, b) => byPlace(a.place, b.place) || byText(({ reason }: typeof a) => reason)(a, b))
      .slice(0, listedPlaces),
    coverage: { endpoints: unitedEndpoints(results), ...coverageCounts(places), places },
    ...unitedLatency(results),
    ...unitedProfile(results),
    ...unitedPact(results),
    notes: distinct([...results.flatMap(({ notes }) => notes), ...ofParts(results)]),
    findings: unitedFindings(results.flatMap(({ findings }) => findings)),
    artefacts: distinctBy(
      results.flatMap(({ artefacts }) => artefacts),
      ({ path, sha256 }) => `${path} ${sha256}`,
    ),
  };
}

function unitedLatency(results: readonly RunResult[]): Pick<RunResult, 'latency'> {
  const all = results.flatMap(({ latency }) => (latency === undefined ? [] : [latency]));
  if (all.length === 0) return {};
  const endpoints = distinct(all.flatMap((each) => Object.keys(each)));
  return {
    latency: sortedRecord(
      endpoints.map((id) => [id, sumOfClasses(all.flatMap((each) => (Object.hasOwn(each, id) ? [each[id]!] : [])))]),
    ),
  };
}

/** A part of a recording may hold too little to be judged: that is asked of the whole. */
function exitCodesOf(results: readonly RunResult[], totals: RunResult['totals']): number[] {
  const codes = results.map(({ exitCode }) => exitCode);
  if (results[0]!.command !== 'check') return codes;
  const minimum = Number(sharedOptions(results.map(({ run }) => run.options))['minJudged'] ?? 1);
  const verdicts = codes.filter((code) => code !== exitCodes.inconclusive);
  const says = totals.judged >= minimum && !isIllegible({ ...totals, unreadableTotal: totals.unreadable });
  return says ? verdicts : [...verdicts, exitCodes.inconclusive];
}

/** What came in parts through pipes says nothing of it by itself. */
function ofParts(results: readonly RunResult[]): string[] {
  const piped = results.filter(({ command, run }) => command === 'check' && run.shard === null);
  return piped.length < 2
    ? []
    : ['judged in parts: what relates two exchanges, such as a create and a later read, is judged within a part'];
}

/** `file:12` before `file:100`. */
const byPlace = new Intl.Collator('en', { numeric: true }).compare;

function unitedProfile(results: readonly RunResult[]): Pick<RunResult, 'profile'> {
  const profiles = results.flatMap(({ profile }) => profile ?? []);
  return profiles.length === 0 ? {} : { profile: mergeProfiles(profiles) };
}

/** The pact follows from the contract alone, so every part of one whole says the same of it. */
function unitedPact(results: readonly RunResult[]): Pick<RunResult, 'pact'> {
  const pact = results.find((result) => result.pact !== undefined)?.pact;
  return pact === undefined ? {} : { pact };
}

/** Shards of the plan that are not in the result, as `3/4`; without them a merge says nothing about the whole plan. */
export function missingShards({ run }: RunResult): string[] {
  const present = shardsOf(run.shard);
  const count = Number(present[0]?.split('/')[1] ?? 0);
  return Array.from({ length: count }, (_, index) => `${index + 1}/${count}`).filter(
    (shard) => !present.includes(shard),
  );
}

function refuseStranger(first: RunResult, other: RunResult): void {
  const facts: readonly (readonly [string, (result: RunResult) => unknown])[] = [
    ['schema version', ({ schemaVersion }) => schemaVersion],
    ['version of the tool', ({ tool }) => tool.version],
    ['command', ({ command }) => command],
    ['contract', ({ contract }) => `${contract.name} ${contract.hash}`],
    ['seed', ({ run }) => run.seed],
  ];
  for (const [name, read] of facts)
    if (read(first) !== read(other))
      throw new HarnessError('usage', `these results differ in their ${name}: ${read(first)} and ${read(other)}`, {
        hint: 'Only shards of one run can be merged: same contract, same command, same seed.',
      });
}

const shardsOf = (shard: string | null): string[] => (shard === null ? [] : shard.split(','));

function unitedShards(results: readonly RunResult[]): string | null {
  const shards = results.flatMap(({ run }) => shardsOf(run.shard));
  const twice = shards.find((shard, index) => shards.indexOf(shard) !== index);
  if (twice !== undefined) throw new HarnessError('usage', `shard ${twice} is there twice`);
  if (distinct(shards.map((shard) => shard.split('/')[1] ?? '')).length > 1)
    throw new HarnessError('usage', `these shards are of different plans: ${shards.join(', ')}`);
  const ids = results.flatMap(({ run }) => run.id.split(between));
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw new HarnessError('usage', `run ${repeated} is there twice`);
  return shards.length === 0 ? null : shards.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)).join(',');
}

/** Between the ids and targets of several runs. */
const between = ' + ';

/** From the first start to the last end; options that all runs share. */
function unitedRun(runs: readonly RunResult['run'][]): RunResult['run'] {
  const starts = runs.map(({ startedAt }) => startedAt).sort();
  const ends = runs.map(({ startedAt, durationMs }) => Date.parse(startedAt) + durationMs);
  const hull = Math.max(...ends) - Date.parse(starts[0]!);
  const targets = runs.flatMap(({ target }) => (target === null ? [] : target.split(between)));
  return {
    id: distinct(runs.flatMap(({ id }) => id.split(between))).join(between),
    seed: runs[0]!.seed,
    shard: null,
    startedAt: starts[0]!,
    durationMs: Number.isNaN(hull) ? Math.max(...runs.map(({ durationMs }) => durationMs)) : hull,
    target: targets.length === 0 ? null : distinct(targets).join(between),
    options: sharedOptions(runs.map(({ options }) => options)),
  };
}

function sharedOptions([first = {}, ...rest]: readonly Record<string, unknown>[]): Record<string, unknown> {
  const shared = Object.entries(first).filter(([name, value]) =>
    rest.every((other) => Object.hasOwn(other, name) && JSON.stringify(other[name]) === JSON.stringify(value)),
  );
  return sortedRecord(shared);
}

function unitedTotals(all: readonly RunResult['totals'][]): RunResult['totals'] {
  return all.reduce((sum, each) => ({
    exchanges: sum.exchanges + each.exchanges,
    judged: sum.judged + each.judged,
    unjudged: sum.unjudged + each.unjudged,
    outOfScope: sum.outOfScope + each.outOfScope,
    unreadable: sum.unreadable + each.unreadable,
    requests: sum.requests + each.requests,
    creates: sum.creates + each.creates,
    shrinkRequests: sum.shrinkRequests + each.shrinkRequests,
  }));
}

function unitedReasons(all: RunResult['unjudged']): RunResult['unjudged'] {
  const counts = summed(all.map(({ reason, count }) => [reason, count]));
  return Object.entries(counts)
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || byText((each: typeof a) => each.reason)(a, b));
}

function summed(entries: readonly (readonly [string, number])[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [key, count] of entries) sums.set(key, (sums.get(key) ?? 0) + count);
  return sortedRecord(sums);
}

function unitedEndpoints(results: readonly RunResult[]): RunResult['coverage']['endpoints'] {
  const all = results.map(({ coverage }) => coverage.endpoints);
  const ids = distinct(all.flatMap((endpoints) => Object.keys(endpoints)));
  return sortedRecord(
    ids.map((id) => {
      const parts = all.filter((endpoints) => Object.hasOwn(endpoints, id)).map((endpoints) => endpoints[id]!);
      const promised = [...new Set(parts.flatMap((part) => part.promised))].sort((a, b) => a - b);
      const statuses = summed(parts.flatMap((part) => Object.entries(part.statuses)));
      const kinds = summed(parts.flatMap((part) => Object.entries(part.kinds ?? {})));
      return [id, { promised, statuses, ...(parts.some((part) => part.kinds) && { kinds }) }];
    }),
  );
}

const severities = ['error', 'warning', 'info'] as const;

function unitedFindings(all: readonly ResultFinding[]): ResultFinding[] {
  const united = new Map<string, ResultFinding>();
  for (const finding of all) {
    const other = united.get(finding.fingerprint);
    united.set(finding.fingerprint, other === undefined ? finding : unitedFinding(finding, other));
  }
  const rank = ({ severity }: ResultFinding) => severities.indexOf(severity);
  return [...united.values()].sort(
    (a, b) => rank(a) - rank(b) || byText(({ fingerprint }: ResultFinding) => fingerprint)(a, b),
  );
}

/**
 * The smaller evidence stands for both; of a recording the earlier one, as in one run over all of it, and what was on a
 * wire before what people wrote. Doubt outweighs: not steady
 * once is not steady, not accepted once is open.
 */
function unitedFinding(a: ResultFinding, b: ResultFinding): ResultFinding {
  const steadies = [a.steady, b.steady];
  const kinds = distinct([...(a.kinds ?? []), ...(b.kinds ?? [])]);
  const accepted = [a.known, b.known].sort(byText((known) => JSON.stringify(known)));
  return {
    ...[a, b].sort(isRecorded(a) && isRecorded(b) ? observedFirst : smaller)[0]!,
    seen: a.seen + b.seen,
    ...(kinds.length > 0 && { kinds }),
    steady: steadies.includes(false) ? false : steadies.includes(true) ? true : null,
    known: accepted.includes(null) ? null : accepted[0]!,
  };
}

const isRecorded = ({ reproduce }: ResultFinding): boolean => reproduce.path === null;

const isWritten = ({ evidence }: ResultFinding): number =>
  Number(evidence.recorded !== undefined && evidence.recorded.provenance !== 'observation');

const observedFirst = (a: ResultFinding, b: ResultFinding): number => isWritten(a) - isWritten(b) || earlier(a, b);

const earlier = (a: ResultFinding, b: ResultFinding): number =>
  byPlace(a.evidence.place, b.evidence.place) || smaller(a, b);

const smaller = (a: ResultFinding, b: ResultFinding): number =>
  weight(a).length - weight(b).length || byText(weight)(a, b);

function weight({ seen: _, steady: __, known: ___, kinds: ____, ...rest }: ResultFinding): string {
  return JSON.stringify(rest);
}

function byText<T>(read: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => (read(a) < read(b) ? -1 : read(a) > read(b) ? 1 : 0);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

function distinctBy<T>(values: readonly T[], read: (value: T) => string): T[] {
  return [...new Map(values.map((value) => [read(value), value])).values()].sort(byText(read));
}
