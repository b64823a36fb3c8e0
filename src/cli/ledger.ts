import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorText, exitCodes, HarnessError, worstExitCode } from '../errors.js';
import { oneLine } from '../reporters/visible-text.js';
import { readJournal } from '../transport/journal.js';
import { cleanUpSheet, type LedgerRun, ledgerRunOf } from '../transport/ledger.js';
import { writeArtefact } from './artefacts.js';
import { interruptionOf } from './interruption.js';
import { reconcile } from './reconcile.js';
import { say } from './say.js';
import { ledgerDir } from './stage.js';
import type { World } from './world.js';

export interface LedgerOptions {
  /** Asks no provider what became of the open requests. */
  readonly offline?: boolean;
  /** Writes the clean-up sheet to this file. */
  readonly export?: string;
}

/** What earlier runs created: every id, after asking the provider about what was in flight. Exit 3 while some is open. */
export async function ledger(world: World, options: LedgerOptions): Promise<number> {
  const codes = options.offline ? [] : await settleOpen(world);
  const runs = readLedger(world.cwd);
  if (runs.length === 0) say(world.stdout, `No run has written anything from here (${ledgerDir} is empty).`);
  for (const run of runs) say(world.stdout, `${describe(run)}\n`);
  if (options.export !== undefined) {
    const { path } = await writeArtefact(world.cwd, options.export, cleanUpSheet(runs));
    say(world.stdout, `The clean-up sheet is ${path}: Chift has no call that deletes a contact.`);
  }
  const uncertain = runs.some((run) => openIn(run).length > 0 || run.damaged.length > 0);
  return worstExitCode([...codes, ...(uncertain ? [exitCodes.inconclusive] : [])]);
}

const openIn = ({ entries }: LedgerRun) => entries.filter(({ fate }) => fate === 'open');

/** Every journal below the working directory, oldest first. */
export function readLedger(cwd: string): LedgerRun[] {
  return journalsIn(cwd)
    .map((file) => ledgerRunOf(readJournal(readFileSync(file, 'utf8'))))
    .filter((run) => run !== undefined)
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
}

function journalsIn(cwd: string): string[] {
  const folder = join(cwd, ledgerDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .map((name) => join(folder, name));
}

async function settleOpen(world: World): Promise<number[]> {
  const interruption = interruptionOf(world);
  const codes: number[] = [];
  try {
    for (const run of readLedger(world.cwd)) {
      if (openIn(run).length === 0) continue;
      try {
        const file = join(world.cwd, ledgerDir, `${run.run}.ndjson`);
        await reconcile(world, run, openIn(run), file, interruption.signal);
      } catch (error) {
        if (!(error instanceof HarnessError)) throw error;
        say(world.stderr, `run ${run.run}: ${errorText(error)}`);
        codes.push(exitCodes[error.code]);
      }
    }
  } finally {
    interruption.end();
  }
  return codes;
}

function describe(run: LedgerRun): string {
  const count = (fate: string) => run.entries.filter((entry) => entry.fate === fate).length;
  const open = count('open');
  const lines = run.entries
    .filter(({ fate }) => fate === 'created' || fate === 'open')
    .map(({ fate, id, requestId, at }) => `  ${fate}  ${id === null ? '(no id)' : oneLine(id)}  ${requestId}  ${at}`);
  const damage = [
    ...(run.damaged.length > 0 ? [`  damaged lines of the journal: ${run.damaged.join(', ')}`] : []),
    ...(run.torn ? ['  the last line of the journal was cut: the run ended while it wrote'] : []),
  ];
  return [
    `${run.startedAt}  run ${run.run}  ${run.target}  consumer ${run.tenant}`,
    `  ${count('created')} created, ${count('refused')} refused, ${count('absent')} never arrived, ${open} open${open > 0 ? ', ask again in two minutes' : ''}`,
    ...damage,
    ...lines,
  ].join('\n');
}
