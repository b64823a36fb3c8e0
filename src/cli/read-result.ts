import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileTrouble, HarnessError } from '../errors.js';
import { type RunResult, resultSchema } from '../run/result.js';

/** A `result.json` of an earlier run; `unreadable` names the file and what is wrong in it. */
export function readResult(cwd: string, file: string): RunResult {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(resolve(cwd, file), 'utf8'));
  } catch (cause) {
    throw new HarnessError('unreadable', `${file} ${fileTrouble(cause)}`, {
      hint: 'Give the result.json of a run.',
      cause,
    });
  }
  const parsed = resultSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new HarnessError(
    'unreadable',
    `${file} is no result of this version: ${issue?.path.join('.')}: ${issue?.message}`,
    { hint: 'Give the result.json of a run.' },
  );
}
