import { contract } from '../../contracts/chift/index.js';
import { checksFor } from '../checks/index.js';
import { documents } from '../sources/documents.js';
import { interruptionOf } from './interruption.js';
import { judgedRun, sendsNothing } from './judged-run.js';
import { openRecordings } from './recordings.js';
import type { judging, recorded, Values } from './settings.js';
import type { World } from './world.js';

/** Judges recorded exchanges as if they had just been answered; every entry is accounted for. */
export async function check(
  world: World,
  settings: Values<typeof judging & typeof recorded>,
  files: readonly string[],
): Promise<number> {
  const { format, shard, basePath, minJudged, echo } = settings;
  const source = documents(await openRecordings(files, world), { format, ...(shard ? { shard } : {}) });
  const interruption = interruptionOf(world);
  try {
    return await judgedRun(world, interruption, {
      command: 'check',
      contract,
      checks: checksFor(echo),
      sources: [source],
      settings,
      seed: null,
      shard: shard ? `${shard.index}/${shard.total}` : null,
      target: files.join(' '),
      options: { format, basePath, minJudged },
      basePaths: { live: basePath, recorded: basePath },
      minJudged,
      expected: undefined,
      ...sendsNothing,
      artefacts: [],
    });
  } finally {
    interruption.end();
  }
}
