import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { HarnessError } from '../errors.js';
import type { Property, Surroundings } from '../property/property.js';
import type { ResultFinding, RunResult } from '../run/result.js';
import { inputAt, pathOfInput } from '../sources/case-path.js';
import type { Item } from '../sources/plan.js';
import { writeArtefact } from './artefacts.js';

/** One counterexample, kept as a file: it carries the input itself, so that it outlives changes of the generators. */
const entrySchema = z.strictObject({
  property: z.string(),
  input: z.json(),
  fingerprint: z.string().describe('The finding that it showed when it was kept'),
});
type Entry = z.infer<typeof entrySchema>;

/** The counterexamples of a folder as cases, by file name; a folder that is not there yet has none. */
export function corpusCases(cwd: string, dir: string, properties: readonly Property[], around: Surroundings): Item[] {
  const folder = resolve(cwd, dir);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().map((name) => {
    const { property: id, input } = readEntry(join(folder, name), `${dir}/${name}`);
    const property = properties.find((candidate) => candidate.id === id);
    if (property === undefined)
      throw new HarnessError('usage', `${dir}/${name} is about the property ${id}, which this run does not have`, {
        hint: 'Leave --only out, or delete the file.',
      });
    return {
      property,
      inputs: property.inputs(around),
      index: 0,
      exclusive: property.exclusive ?? false,
      address: pathOfInput(input),
    };
  });
}

function readEntry(path: string, name: string): Entry {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new HarnessError('usage', `--corpus: ${name} is not JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = entrySchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new HarnessError('usage', `--corpus: ${name}: ${issue?.path.join('.') || 'the document'}: ${issue?.message}`);
}

export interface Keeping {
  readonly cwd: string;
  readonly dir: string;
  readonly properties: readonly Property[];
  readonly around: Surroundings;
}

/** Adds every steady counterexample of a run that the folder does not have; gives the files written. */
export async function keepCounterexamples(
  { cwd, dir, properties, around }: Keeping,
  { findings }: RunResult,
): Promise<string[]> {
  const written: string[] = [];
  for (const finding of findings.filter(isWorthKeeping)) {
    const entry = entryOf(finding, properties, around);
    const name = `${createHash('sha256').update(finding.fingerprint).digest('hex').slice(0, 12)}.json`;
    if (entry === undefined || existsSync(resolve(cwd, dir, name))) continue;
    const { path } = await writeArtefact(cwd, join(dir, name), `${JSON.stringify(entry, null, 2)}\n`);
    written.push(path);
  }
  return written;
}

function isWorthKeeping({ severity, steady, reproduce }: ResultFinding): boolean {
  return severity !== 'info' && steady === true && reproduce.path !== null;
}

function entryOf(
  { fingerprint, reproduce }: ResultFinding,
  properties: readonly Property[],
  around: Surroundings,
): Entry | undefined {
  const path = reproduce.path!;
  const at = path.indexOf(':');
  const property = properties.find(({ id }) => id === path.slice(0, at));
  const found = property && inputAt(property.inputs(around), path.slice(at + 1));
  return found && { property: property.id, input: found.input as Entry['input'], fingerprint };
}
