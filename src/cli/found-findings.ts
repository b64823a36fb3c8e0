import { appendFileSync, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HarnessError } from '../errors.js';
import { createRedactor } from '../exchange/redact.js';
import type { Finding } from '../finding/finding.js';
import { toJournal } from '../formats/journal.js';

/** Where a run keeps what it finds until its reports are written, below the working directory. */
export const foundDir = '.chift-contract/found';

/**
 * Adds a defect to the file, before anything more is sent: a run that is killed leaves it there, and `check` judges its
 * exchange again. Throws an artefact error, after which nothing is sent.
 */
export function keepFound(cwd: string, file: string, finding: Finding, secrets: readonly string[]): void {
  const { exchange, text } = createRedactor(secrets);
  const { code, at, rule, message, evidence } = finding;
  const told = { code, at: `${at.part}${text(at.pointer)}`, rule: text(rule), message: text(message) };
  try {
    const path = join(cwd, file);
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, toJournal([{ ...exchange(evidence), finding: told } as ReturnType<typeof exchange>]));
  } catch (cause) {
    const { code: why } = cause as NodeJS.ErrnoException;
    throw new HarnessError('artefact', `${file} cannot be written (${why})`, {
      hint: 'Nothing more is sent: what is found could be lost.',
      cause,
    });
  }
}

/** The reports hold everything now. */
export async function dropFound(cwd: string, file: string): Promise<void> {
  await rm(join(cwd, file), { force: true });
}
