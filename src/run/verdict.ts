import { exitCodes, worstExitCode } from '../errors.js';
import type { ResultFinding, RunResult } from './result.js';
import type { RunOutcome } from './run.js';

export interface RunVerdict {
  readonly exitCode: number;
  readonly verdict: RunResult['verdict'];
}

const rank = { info: 0, warning: 1, error: 2 } as const;

/** The share of unanswered requests from which a run says more about the network than about the provider. */
const silentShare = 0.01;
const silentRow = 5;

export interface RunVerdictInput {
  readonly outcome: RunOutcome;
  readonly findings: readonly ResultFinding[];
  readonly failOn: 'error' | 'warning';
  readonly requests: number;
  readonly minJudged: number;
  /** Exit code of the signal that ended the run. */
  readonly interrupted: number | undefined;
}

/** Exit code and verdict of a run, by the precedence of the interface: a violation is never hidden by an outage. */
export function runVerdict(input: RunVerdictInput): RunVerdict {
  const { outcome, findings, failOn, requests, minJudged, interrupted } = input;
  const { tally, troubles, bugs, unfinishedCases } = outcome;
  const codes: number[] = troubles.map(({ code }) => exitCodes[code]);
  if (bugs.length > 0) codes.push(exitCodes.bug);
  if (interrupted !== undefined) codes.push(interrupted);
  if (findings.some(({ known, severity }) => known === null && rank[severity] >= rank[failOn]))
    codes.push(exitCodes.findings);
  if (isSilent(outcome, requests)) codes.push(exitCodes.infrastructure);
  if (tally.judged === 0 || tally.judged < minJudged || unfinishedCases > 0 || isIllegible(tally))
    codes.push(exitCodes.inconclusive);
  const exitCode = worstExitCode(codes);
  return { exitCode, verdict: verdictOf(exitCode) };
}

/** A torn last line says nothing against the rest; where more is broken than whole, the rest speaks for nothing. */
export function isIllegible({
  unreadableTotal,
  exchanges,
}: Pick<RunOutcome['tally'], 'unreadableTotal' | 'exchanges'>): boolean {
  return unreadableTotal * 2 > exchanges;
}

/** One request that stayed unanswered leaves the verdict alone, unless nothing else was answered either. */
function isSilent({ silence, tally }: RunOutcome, requests: number): boolean {
  if (silence.longest >= silentRow || (silence.count > 0 && tally.judged === 0)) return true;
  return silence.count > 1 && silence.count > requests * silentShare;
}

/** The word for an exit code, as `result.json` has it. */
export function verdictOf(exitCode: number): RunResult['verdict'] {
  return verdicts[exitCode] ?? 'inconclusive';
}

const verdicts: Readonly<Record<number, RunResult['verdict']>> = {
  0: 'conforms',
  1: 'violates',
  3: 'inconclusive',
  4: 'refused',
  5: 'infrastructure',
  6: 'incomplete',
};
