import { appendFile } from 'node:fs/promises';
import { createColors } from 'picocolors';
import { bugReport, exitCodes, HarnessError, worstExitCode } from '../errors.js';
import { annotations } from '../reporters/annotations.js';
import { type ReportName, reporters } from '../reporters/index.js';
import { stepSummary } from '../reporters/markdown.js';
import { renderTerminal } from '../reporters/terminal.js';
import type { RunResult } from '../run/result.js';
import { type Artefact, writeArtefact } from './artefacts.js';
import { say } from './say.js';
import type { judging, Values } from './settings.js';
import type { World } from './world.js';

/** Writes the reports of a result, says the verdict and gives the exit code; exit 6 when a report is missing. */
export async function deliver(
  world: World,
  settings: Values<typeof judging>,
  result: RunResult,
  artefacts: readonly Artefact[],
): Promise<number> {
  const reported = await writeReports(world, settings, result, artefacts);
  await addStepSummary(world, reported.result);
  annotate(world, settings.quiet, reported.result);
  return tell(world, settings, reported);
}

/** GitHub Actions shows what is appended to this file on the page of the run. */
async function addStepSummary({ env, stderr }: World, result: RunResult): Promise<void> {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (!file) return;
  await appendFile(file, `${stepSummary(result)}\n`).catch((error: NodeJS.ErrnoException) => {
    say(stderr, `the step summary could not be written (${error.code})`);
  });
}

/** GitHub Actions reads these off the log and shows them beside the changes. */
function annotate({ env, stderr }: World, quiet: boolean, result: RunResult): void {
  if (env['GITHUB_ACTIONS'] !== 'true' || quiet) return;
  for (const line of annotations(result)) stderr.write(`${line}\n`);
}

interface Reported {
  readonly result: RunResult;
  /** What a reporter of ours threw. */
  readonly bug: unknown;
  /** One for each report that could not be written. */
  readonly failures: readonly HarnessError[];
  /** The reports whose file is there. */
  readonly written: ReadonlyMap<ReportName, string>;
}

/** The result itself comes last, because it lists the others with their hashes. A report that cannot be written costs exit 6. */
async function writeReports(
  world: World,
  settings: Values<typeof judging>,
  result: RunResult,
  before: readonly Artefact[],
): Promise<Reported> {
  const artefacts = [...before];
  const failures: HarnessError[] = [];
  const written = new Map<ReportName, string>();
  let bug: unknown;
  const attempt = async (name: ReportName, subject: RunResult) => {
    try {
      const { file, render } = await reporters[name]();
      const path = `${settings.reportDir}/${file}`;
      artefacts.push(await writeArtefact(world.cwd, path, render(subject)));
      written.set(name, path);
    } catch (error) {
      if (error instanceof HarnessError) failures.push(error);
      else bug ??= error;
    }
  };
  for (const name of settings.report) if (name !== 'json') await attempt(name, result);
  const told = (): RunResult => {
    const whole = { ...result, artefacts: [...artefacts] };
    const codes = [...(failures.length > 0 ? [exitCodes.artefact] : []), ...(bug === undefined ? [] : [exitCodes.bug])];
    return codes.length === 0 ? whole : incomplete(whole, codes);
  };
  if (settings.report.includes('json')) await attempt('json', told());
  return { result: told(), failures, written, bug };
}

function incomplete(result: RunResult, codes: readonly number[]): RunResult {
  return { ...result, verdict: 'incomplete', exitCode: worstExitCode([result.exitCode, ...codes]) };
}

function tell(world: World, settings: Values<typeof judging>, reported: Reported): number {
  const { result, failures, written, bug } = reported;
  for (const { message } of failures) say(world.stderr, `error: ${message}`);
  for (const hint of new Set(failures.map((each) => each.hint))) say(world.stderr, `  ${hint}`);
  if (bug !== undefined) say(world.stderr, bugReport(bug));
  const { quiet, verbose } = settings;
  world.stdout.write(
    renderTerminal(result, {
      colors: createColors(wantsColor(world, settings.color)),
      columns: world.stdout.columns ?? 100,
      detail: quiet ? 'verdict' : verbose ? 'all' : 'summary',
      report: written.get('html') ?? written.get('json'),
    }),
  );
  return result.exitCode;
}

function wantsColor({ env, stdout }: World, color: boolean): boolean {
  if (!color || env['NO_COLOR']) return false;
  return env['FORCE_COLOR'] ? env['FORCE_COLOR'] !== '0' : stdout.isTTY === true;
}
