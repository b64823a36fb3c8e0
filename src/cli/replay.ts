import { join, resolve } from 'node:path';
import { contract } from '../../contracts/chift/index.js';
import { properties } from '../../properties/chift/index.js';
import { checksFor } from '../checks/index.js';
import { exitCodes, HarnessError, worstExitCode } from '../errors.js';
import type { Export } from '../exports/export.js';
import { exporters } from '../exports/index.js';
import { json } from '../reporters/json.js';
import { oneLine } from '../reporters/visible-text.js';
import type { ResultFinding, RunResult } from '../run/result.js';
import { verdictOf } from '../run/verdict.js';
import { caller } from '../sources/caller.js';
import { type ReplayCase, type Replayed, replay as replaySource } from '../sources/replay.js';
import { targetOf } from '../transport/permit.js';
import { contractHash } from './contract-hash.js';
import { deliver } from './deliver.js';
import { type Interruption, interruptionOf } from './interruption.js';
import { runToResult } from './judged-run.js';
import { readResult } from './read-result.js';
import { say } from './say.js';
import type { judging, replaying, Values } from './settings.js';
import { type LiveSettings, onStage, type Stage } from './stage.js';
import { orStopped } from './stopped-run.js';
import { embeddedTarget, introduce, liveRun } from './verify.js';
import type { World } from './world.js';

/** Sends findings of an earlier run again, from their seed and path alone. Exit 1 while one still shows. */
export async function replay(
  world: World,
  { export: format, ...given }: Values<typeof judging & typeof replaying>,
  [file, wanted]: readonly [string, string?],
): Promise<number> {
  const report = readResult(world.cwd, file);
  const findings = chosen(report, wanted, file);
  if (format !== undefined) return writeOut(world, await exporters[format](), findings);
  const cases = findings.map(caseOf);
  if (report.contract.hash !== contractHash(contract))
    say(world.stderr, 'warning: the report is about another version of the contract');
  const settings = { ...given, ...placeOf(given, report, file), reportDir: reportDirOf(world, given, file) };
  const seed = given.seed ?? report.run.seed ?? 0;
  const interruption = interruptionOf(world);
  try {
    const input = { world, contract, properties: [], settings, seed, signal: interruption.signal };
    return await orStopped(world, { command: 'replay', settings, interruption }, () =>
      onStage(input, async (stage) => {
        if (settings.dryRun) return tellCases(world, cases, stage);
        await introduce(world, settings, stage);
        return replayAt(world, interruption, { settings, seed, stage, cases, file });
      }),
    );
  } finally {
    interruption.end();
  }
}

/** Nothing is sent: the report alone says what the file holds. */
function writeOut(world: World, write: Export, findings: readonly ResultFinding[]): number {
  const { text, left } = write(findings, contract);
  for (const { finding, why } of left) say(world.stderr, `not exported: ${finding.fingerprint}: ${why}`);
  if (text === undefined)
    throw new HarnessError('usage', 'none of the findings can be written that way', { hint: left[0]?.why ?? '' });
  world.stdout.write(text);
  return exitCodes.conforms;
}

/** The finding of that fingerprint, or all that can be sent. */
function chosen(result: RunResult, wanted: string | undefined, file: string): readonly ResultFinding[] {
  const found =
    wanted === undefined
      ? result.findings.filter(({ severity, reproduce }) => severity !== 'info' && reproduce.path !== null)
      : result.findings.filter((finding) => finding.fingerprint === wanted);
  if (found.length > 0) return found;
  if (wanted === undefined)
    throw new HarnessError('usage', `${file} has no finding that can be sent again`, {
      hint: 'Findings in recordings are judged again by check.',
    });
  throw new HarnessError('usage', `${file} has no finding ${wanted}`, {
    hint: 'Fingerprints stand beside each finding, in quotes for a shell: they hold |.',
  });
}

/** Findings that another command sends again. */
const elsewhere: Readonly<Record<string, string>> = {
  pact: 'it is about an interaction of a pact: run pact verify again',
  client: 'it is about a client: the line beside the finding serves the answer again',
};

function caseOf({ fingerprint, reproduce: { path, seed } }: ResultFinding): ReplayCase {
  const [id = '', ...rest] = path?.split(':') ?? [];
  if (elsewhere[id] !== undefined) return { fingerprint, sent: { why: elsewhere[id] } };
  if (path === null || seed === null)
    return { fingerprint, sent: { why: 'it was recorded, not sent: judge the recording again with check' } };
  const property = properties.find((candidate) => candidate.id === id);
  if (property === undefined) return { fingerprint, sent: { why: `there is no property ${id} in this version` } };
  return { fingerprint, sent: { property, path: rest.join(':') } };
}

/**
 * Where the run was, unless another place is named. A report may come from anywhere, so it alone never makes this
 * program send credentials to a foreign address; and a run at an address is never replayed at the sandbox instead.
 */
function placeOf(settings: LiveSettings, { run }: RunResult, file: string): Partial<LiveSettings> {
  const consumer =
    settings.consumer ?? (typeof run.options['consumer'] === 'string' ? run.options['consumer'] : undefined);
  if (settings.url !== undefined || run.target === null || run.target === embeddedTarget) return { consumer };
  if (targetOf(run.target).loopback) return { consumer, url: run.target };
  throw new HarnessError('usage', `${file} is about ${run.target}, which is not loopback`, {
    hint: `Say where to send it: --url ${run.target} --allow-writes ${consumer ?? 'UUID'}.`,
  });
}

/** A replay never overwrites the report that it replays. */
function reportDirOf({ cwd }: World, { reportDir }: LiveSettings, file: string): string {
  const own = resolve(cwd, reportDir, json.file);
  return own === resolve(cwd, file) ? join(reportDir, 'replay') : reportDir;
}

interface Replaying {
  readonly settings: LiveSettings;
  readonly seed: number;
  readonly stage: Stage;
  readonly cases: readonly ReplayCase[];
  readonly file: string;
}

async function replayAt(world: World, interruption: Interruption, input: Replaying): Promise<number> {
  const { settings, seed, stage, cases, file } = input;
  const { around, door } = stage;
  const codes: number[] = [];
  const told = (fingerprint: string, outcome: Replayed, why?: string) => {
    say(
      world.stdout,
      `${outcome.padEnd(6)}  ${oneLine(fingerprint)}${why === undefined ? '' : `\n        ${oneLine(why)}`}`,
    );
    codes.push(codeOf[outcome]);
  };
  const source = replaySource({ cases, around, callFor: (sink) => caller(contract, door, sink, around), told });
  const live = liveRun(world, settings, stage);
  const { result } = await runToResult(world, interruption, {
    command: 'replay',
    contract,
    checks: checksFor(settings.echo),
    sources: [source],
    settings,
    seed,
    ...live,
    options: { ...live.options, replayed: file },
    expected: undefined,
    artefacts: [],
  });
  const asked = new Set(cases.map(({ fingerprint }) => fingerprint));
  const interrupted = interruption.code();
  const exitCode = worstExitCode(interrupted === undefined ? codes : [...codes, interrupted]);
  const about = {
    ...result,
    findings: result.findings.filter(({ fingerprint }) => asked.has(fingerprint)),
    exitCode,
    verdict: verdictOf(exitCode),
  };
  return deliver(world, { ...settings, quiet: !settings.verbose }, about, []);
}

const codeOf: Readonly<Record<Replayed, number>> = {
  FIXED: exitCodes.conforms,
  FAILED: exitCodes.findings,
  FLAKY: exitCodes.findings,
  ERROR: exitCodes.infrastructure,
};

function tellCases({ stdout }: World, cases: readonly ReplayCase[], { target }: Stage): number {
  say(stdout, `Nothing is sent. At ${target.origin}${target.basePath}:`);
  for (const { fingerprint, sent } of cases)
    say(stdout, `  ${oneLine(fingerprint)}${'why' in sent ? `: ${sent.why}` : ''}`);
  return exitCodes.conforms;
}
