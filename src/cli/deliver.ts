import { appendFile } from 'node:fs/promises';
import { createColors } from 'picocolors';
import { exitCodes, HarnessError, worstExitCode } from '../errors.js';
import { reporters } from '../reporters/index.js';
import { renderTerminal } from '../reporters/terminal.js';
import type { RunResult } from '../run/result.js';
import { type Artefact, writeArtefact } from './artefacts.js';
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
  return tell(world, settings, reported);
}

/** GitHub Actions shows what is appended to this file on the page of the run. */
async function addStepSummary({ env, stderr }: World, result: RunResult): Promise<void> {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (!file) return;
  await appendFile(file, `${reporters['markdown']!.render(result)}\n`).catch((error: NodeJS.ErrnoException) => {
    stderr.write(`the step summary could not be written (${error.code})\n`);
  });
}

interface Reported {
  readonly result: RunResult;
  readonly failure: HarnessError | undefined;
}

/** The result itself comes last, because it lists the others with their hashes. A report that cannot be written costs exit 6. */
async function writeReports(
  world: World,
  settings: Values<typeof judging>,
  result: RunResult,
  before: readonly Artefact[],
): Promise<Reported> {
  const artefacts = [...before];
  let failure: HarnessError | undefined;
  const attempt = async (id: string, subject: RunResult) => {
    const reporter = reporters[id]!;
    try {
      artefacts.push(
        await writeArtefact(world.cwd, `${settings.reportDir}/${reporter.file}`, reporter.render(subject)),
      );
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      failure ??= error;
    }
  };
  for (const id of settings.report) if (id !== 'json') await attempt(id, result);
  const whole = { ...result, artefacts: [...artefacts] };
  if (settings.report.includes('json')) await attempt('json', failure ? incomplete(whole) : whole);
  return { result: failure ? incomplete(whole) : whole, failure };
}

function incomplete(result: RunResult): RunResult {
  return { ...result, verdict: 'incomplete', exitCode: worstExitCode([result.exitCode, exitCodes.artefact]) };
}

function tell(world: World, settings: Values<typeof judging>, { result, failure }: Reported): number {
  if (failure) world.stderr.write(`error: ${failure.message}\n  ${failure.hint}\n`);
  const { quiet, verbose, reportDir, report } = settings;
  const html = report.includes('html') && !failure ? `${reportDir}/${reporters['html']!.file}` : undefined;
  world.stdout.write(
    renderTerminal(result, {
      colors: createColors(wantsColor(world, settings.color)),
      columns: world.stdout.columns ?? 100,
      detail: quiet ? 'verdict' : verbose ? 'all' : 'summary',
      report: html ?? (report.includes('json') ? `${reportDir}/${reporters['json']!.file}` : undefined),
    }),
  );
  return result.exitCode;
}

function wantsColor({ env, stdout }: World, color: boolean): boolean {
  if (!color || env['NO_COLOR']) return false;
  return env['FORCE_COLOR'] ? env['FORCE_COLOR'] !== '0' : stdout.isTTY === true;
}
