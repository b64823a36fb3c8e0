import { exitCodes, worstExitCode } from '../errors.js';
import { mergeResults, missingShards } from '../run/merge.js';
import type { RunResult } from '../run/result.js';
import { deliver } from './deliver.js';
import { readResult } from './read-result.js';
import type { judging, Values } from './settings.js';
import type { World } from './world.js';

/** Renders earlier results, several as one: the shards of a run, each on a machine of its own. */
export async function report(
  world: World,
  settings: Values<typeof judging>,
  files: readonly string[],
): Promise<number> {
  const merged = mergeResults(files.map((file) => readResult(world.cwd, file)));
  return deliver(world, settings, withMissing(merged), merged.artefacts);
}

/** Without all its shards a plan was not tried: what was found stands, but nothing found says nothing. */
function withMissing(result: RunResult): RunResult {
  const missing = missingShards(result);
  if (missing.length === 0) return result;
  const notes = [...result.notes, `shards are missing: ${missing.join(', ')}`];
  const exitCode = worstExitCode([result.exitCode, exitCodes.inconclusive]);
  return { ...result, notes, exitCode, verdict: exitCode === exitCodes.inconclusive ? 'inconclusive' : result.verdict };
}
