import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Check } from '../checks/check.js';
import type { Glance } from '../checks/plainly-conforms.js';
import type { Contract } from '../contract/contract.js';
import { bugReport, errorText, exitCodes, fileTrouble, HarnessError } from '../errors.js';
import { createRedactor, type Redactor } from '../exchange/redact.js';
import { type KnownFinding, readKnown } from '../finding/known.js';
import { json } from '../reporters/json.js';
import type { BasePaths } from '../run/judge.js';
import type { PactFidelity } from '../run/pact-schema.js';
import type { Profile } from '../run/profile-schema.js';
import type { RunResult } from '../run/result.js';
import { resultOf } from '../run/result-of.js';
import { run } from '../run/run.js';
import type { KindOf } from '../run/tally.js';
import type { Source } from '../sources/source.js';
import type { Artefact } from './artefacts.js';
import { contractHash } from './contract-hash.js';
import { deliver } from './deliver.js';
import { dropFound, keepFound } from './found-findings.js';
import type { Interruption } from './interruption.js';
import type { Meter } from './metered.js';
import { progressOn } from './progress.js';
import { holdingFolder } from './report-folder.js';
import { say } from './say.js';
import type { judging, Values } from './settings.js';
import { toolVersion } from './tool-version.js';
import type { World } from './world.js';

export interface JudgedRun {
  readonly command: string;
  readonly contract: Contract;
  readonly checks: Readonly<Record<string, Check>>;
  readonly glance?: Glance;
  readonly sources: readonly Source[];
  readonly settings: Values<typeof judging>;
  readonly seed: number | null;
  readonly shard: string | null;
  /** Base URL or recordings, as the report names what was judged. */
  readonly target: string | null;
  /** What shaped the run, for the report. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly basePaths: BasePaths;
  readonly minJudged: number;
  readonly kindOf?: KindOf;
  /** Requests that are planned at most, for progress; undefined when unknown. */
  readonly expected: number | undefined;
  /** How far recordings are read, for progress. */
  readonly bytes?: Meter['bytes'];
  spent(): { readonly requests: number; readonly creates: number; readonly shrinkRequests: number };
  secrets(): Iterable<string>;
  /** Flags that name the target again; undefined where nothing is sent. */
  readonly replayFlags?: readonly string[];
  /** The words after `chift-contract` that repeat one case, where `replay` cannot. */
  readonly caseAgain?: (path: string) => readonly string[];
  /** No status goes unjudged: the answers are our own, and what is judged is the client. */
  readonly ownAnswers?: true;
  /** What is kept of the result beside the reports. */
  keep?(result: RunResult): Promise<unknown>;
  /** What recorded bodies hold, where that was asked for; `show` redacts. */
  readonly profile?: ((show: (text: string) => string) => Profile) | undefined;
  /** Where each defect is kept the moment it is seen, until the reports hold it; undefined to keep none. */
  readonly foundFile?: string | undefined;
  /** How well the pact written before the run says the model. */
  readonly pact?: PactFidelity;
  /** Files written before the run. */
  readonly artefacts: readonly Artefact[];
}

const nothingSpent = { requests: 0, creates: 0, shrinkRequests: 0 };
export const sendsNothing = { spent: () => nothingSpent, secrets: () => [] };

/** Runs sources into one result, writes the reports, says the verdict and gives the exit code. */
export function judgedRun(world: World, interruption: Interruption, input: JudgedRun): Promise<number> {
  return holdingFolder(world.cwd, input.settings.reportDir, () => runAndDeliver(world, interruption, input));
}

async function runAndDeliver(world: World, interruption: Interruption, input: JudgedRun): Promise<number> {
  const { result, troubles } = await runToResult(world, interruption, input);
  for (const trouble of troubles) say(world.stderr, trouble);
  await input.keep?.(result);
  const exitCode = await deliver(world, input.settings, result, input.artefacts);
  if (input.foundFile !== undefined && exitCode !== exitCodes.artefact) await dropFound(world.cwd, input.foundFile);
  return exitCode;
}

export interface Finished {
  readonly result: RunResult;
  /** What kept a source from finishing, redacted, as it is told on a screen. */
  readonly troubles: readonly string[];
}

/** Runs sources into one result; nothing is written and nothing is printed. */
export async function runToResult(world: World, interruption: Interruption, input: JudgedRun): Promise<Finished> {
  const startedAt = world.clock.wall();
  const began = world.clock.now();
  const known = knownFindings(world.cwd, input.settings.known);
  const progress = await progressOn(world, input.settings.quiet, input);
  const outcome = await run({
    ...input,
    contract: input.ownAnswers ? lenient(input.contract) : input.contract,
    signal: interruption.signal,
    onEvent: (event) => {
      progress.event(event);
      if (event.kind === 'finding' && input.foundFile !== undefined)
        keepFound(world.cwd, input.foundFile, event.finding, [...input.secrets()]);
    },
  }).finally(progress.end);
  const redactor = createRedactor([...input.secrets()]);
  const result = {
    ...resultOf({
      ...termsOf(input, redactor),
      run: {
        id: world.runId,
        seed: input.seed,
        shard: input.shard,
        startedAt,
        durationMs: Math.round(world.clock.now() - began),
        target: input.target === null ? null : redactor.text(input.target),
        options: { ...input.options },
      },
      outcome,
      known,
      today: startedAt.slice(0, 10),
      interrupted: interruption.code(),
    }),
    ...(input.profile ? { profile: input.profile(redactor.text) } : {}),
    ...(input.pact ? { pact: input.pact } : {}),
  };
  const troubles = [...outcome.troubles.map(errorText), ...outcome.bugs.map(bugReport)];
  return { result, troubles: troubles.map(redactor.text) };
}

/** The terms that a run is judged under, and what it cost. */
function termsOf(input: JudgedRun, redactor: Redactor) {
  const { command, contract, settings, minJudged, caseAgain, replayFlags } = input;
  const replayed =
    replayFlags && settings.report.includes('json')
      ? { file: `${settings.reportDir}/${json.file}`, flags: replayFlags }
      : undefined;
  return {
    version: toolVersion,
    command,
    contract,
    contractHash: contractHash(contract),
    spent: input.spent(),
    redactor,
    failOn: settings.failOn,
    minJudged,
    replay: caseAgain ?? replayed,
  };
}

function lenient(contract: Contract): Contract {
  return { ...contract, statuses: contract.statuses.map((policy) => ({ ...policy, verdict: 'tolerated' })) };
}

/** The accepted-findings file of `--known`; none without the flag. */
export function knownFindings(cwd: string, file: string | undefined): readonly KnownFinding[] {
  if (file === undefined) return [];
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), 'utf8');
  } catch (cause) {
    throw new HarnessError('usage', `--known: ${file} ${fileTrouble(cause)}`, { cause });
  }
  return readKnown(text, file);
}
