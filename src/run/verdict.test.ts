import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { exitCodes, HarnessError, type HarnessErrorCode } from '../errors.js';
import type { ResultFinding } from './result.js';
import { Tally } from './tally.js';
import { type RunVerdictInput, runVerdict } from './verdict.js';

interface Seen {
  readonly judged?: number;
  readonly unreadable?: number;
  readonly minJudged?: number;
  readonly unfinished?: number;
  readonly silent?: number;
  readonly row?: number;
  readonly requests?: number;
  readonly troubles?: readonly HarnessErrorCode[];
  readonly findings?: readonly Pick<ResultFinding, 'severity' | 'known'>[];
  readonly failOn?: 'error' | 'warning';
  readonly interrupted?: number;
  readonly bugs?: readonly unknown[];
}

function inputOf(seen: Seen): RunVerdictInput {
  const tally = new Tally(contract);
  tally.judged = seen.judged ?? 10;
  tally.unreadableTotal = seen.unreadable ?? 0;
  tally.exchanges = tally.judged + tally.unreadableTotal;
  return {
    outcome: {
      tally,
      troubles: (seen.troubles ?? []).map((code) => new HarnessError(code, code)),
      bugs: seen.bugs ?? [],
      unfinishedCases: seen.unfinished ?? 0,
      silence: { count: seen.silent ?? 0, longest: seen.row ?? Math.min(seen.silent ?? 0, 1) },
    },
    findings: (seen.findings ?? []) as ResultFinding[],
    failOn: seen.failOn ?? 'error',
    requests: seen.requests ?? 100,
    minJudged: seen.minJudged ?? 1,
    interrupted: seen.interrupted,
  };
}

const error = { severity: 'error', known: null } as const;
const warning = { severity: 'warning', known: null } as const;
const accepted = { severity: 'error', known: { reason: 'x', expires: null } } as const;

describe('the exit code of a run', () => {
  it.each<[string, Seen, number, string]>([
    ['judged and clean', {}, 0, 'conforms'],
    ['an error found', { findings: [error] }, 1, 'violates'],
    ['an error found and a bug of ours', { findings: [error], bugs: [new Error('bug')] }, 70, 'inconclusive'],
    ['a warning found', { findings: [warning] }, 0, 'conforms'],
    ['a warning found that counts', { findings: [warning], failOn: 'warning' }, 1, 'violates'],
    ['information', { findings: [{ severity: 'info', known: null }], failOn: 'warning' }, 0, 'conforms'],
    ['an accepted error', { findings: [accepted] }, 0, 'conforms'],
    ['an accepted error and another', { findings: [accepted, error] }, 1, 'violates'],
    ['nothing judged', { judged: 0 }, 3, 'inconclusive'],
    ['as much broken as whole', { judged: 4, unreadable: 4 }, 0, 'conforms'],
    ['more broken than whole', { judged: 4, unreadable: 5 }, 3, 'inconclusive'],
    ['more broken than whole, and an error found', { judged: 4, unreadable: 5, findings: [error] }, 1, 'violates'],
    ['too little judged', { judged: 4, minJudged: 5 }, 3, 'inconclusive'],
    ['just enough judged', { judged: 5, minJudged: 5 }, 0, 'conforms'],
    ['a plan that the budget cut short', { unfinished: 1 }, 3, 'inconclusive'],
    ['one request of few without an answer', { silent: 1, requests: 20 }, 0, 'conforms'],
    ['nothing judged where nothing is asked for', { judged: 0, minJudged: 0 }, 3, 'inconclusive'],
    ['one request, and it without an answer', { judged: 0, silent: 1, requests: 1 }, 5, 'infrastructure'],
    ['a hundredth without an answer', { silent: 2, requests: 200 }, 0, 'conforms'],
    ['more than a hundredth without an answer', { silent: 3, requests: 200 }, 5, 'infrastructure'],
    ['five in a row without an answer', { silent: 5, row: 5, requests: 10_000 }, 5, 'infrastructure'],
    ['four in a row without an answer', { silent: 4, row: 4, requests: 10_000 }, 0, 'conforms'],
    ['a refusal', { troubles: ['refused'], judged: 0 }, 4, 'refused'],
    ['a report that was not written', { troubles: ['artefact'] }, 6, 'incomplete'],
    ['an unreadable recording', { troubles: ['unreadable'] }, 2, 'inconclusive'],
    ['an interruption', { interrupted: 130, unfinished: 4 }, 130, 'inconclusive'],
    ['an interruption after a finding', { interrupted: 143, findings: [error] }, 1, 'violates'],
    ['an outage after a finding', { silent: 9, row: 9, findings: [error] }, 1, 'violates'],
  ])('with %s', (_, seen, exitCode, verdict) => {
    expect(runVerdict(inputOf(seen))).toEqual({ exitCode, verdict });
  });
});

/** As the interface states it: what comes earlier hides what comes later. */
const precedence = [6, 4, 2, 1, 130, 143, 5, 3, 0];
const seen: fc.Arbitrary<Seen> = fc.record({
  judged: fc.nat(3),
  minJudged: fc.integer({ min: 1, max: 3 }),
  unfinished: fc.nat(1),
  silent: fc.nat(4),
  requests: fc.nat(500),
  troubles: fc.subarray(['usage', 'unreadable', 'inconclusive', 'refused', 'infrastructure', 'artefact'] as const),
  findings: fc.subarray([error, warning, accepted]),
  failOn: fc.constantFrom('error', 'warning'),
  interrupted: fc.constantFrom(undefined, 130, 143),
});

describe('the precedence of exit codes', () => {
  it('is the one of the interface, whatever comes together', () => {
    fc.assert(
      fc.property(seen, (all) => {
        const { exitCode } = runVerdict(inputOf(all));
        const codes: number[] = (all.troubles ?? []).map((code) => exitCodes[code]);
        const floor = Math.min(...codes.map((code) => precedence.indexOf(code)), precedence.length);
        expect(precedence.indexOf(exitCode)).toBeLessThanOrEqual(floor);
        if (all.findings?.includes(error)) expect(precedence.indexOf(exitCode)).toBeLessThanOrEqual(3);
        if (all.judged === 0) expect(exitCode).not.toBe(0);
        if (exitCode === 1) expect(all.findings?.some(({ known }) => known === null)).toBe(true);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('is never made better by one trouble more', () => {
    const trouble = fc.constantFrom<HarnessErrorCode>(
      'usage',
      'unreadable',
      'inconclusive',
      'refused',
      'infrastructure',
      'artefact',
    );
    fc.assert(
      fc.property(seen, trouble, (all, one) => {
        const before = runVerdict(inputOf(all)).exitCode;
        const after = runVerdict(inputOf({ ...all, troubles: [...(all.troubles ?? []), one] })).exitCode;
        expect(precedence.indexOf(after)).toBeLessThanOrEqual(precedence.indexOf(before));
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});
