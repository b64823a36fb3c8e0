import { contract } from '../../contracts/chift/index.js';
import { checksFor } from '../checks/index.js';
import { plainlyConforms } from '../checks/plainly-conforms.js';
import { createRedactor } from '../exchange/redact.js';
import { profileTable } from '../reporters/profile-table.js';
import { Profiler } from '../run/profile.js';
import { documents, type Recording } from '../sources/documents.js';
import { relationsOf } from '../sources/relations.js';
import { interruptionOf } from './interruption.js';
import { type JudgedRun, judgedRun, sendsNothing } from './judged-run.js';
import { openRecordings } from './recordings.js';
import type { judging, recorded, Values } from './settings.js';
import type { World } from './world.js';

/** Judges recorded exchanges as if they had just been answered; every entry is accounted for. */
export async function check(
  world: World,
  settings: Values<typeof judging & typeof recorded>,
  files: readonly string[],
): Promise<number> {
  const input = checkRun(settings, await openRecordings(files, world), files.join(' '));
  const interruption = interruptionOf(world);
  try {
    const exitCode = await judgedRun(world, interruption, input);
    if (input.profile && !settings.quiet) world.stdout.write(profileTable(input.profile(createRedactor([]).text)));
    return exitCode;
  } finally {
    interruption.end();
  }
}

/** The run that `check` is, for the command and for the library. */
export function checkRun(
  settings: Values<typeof judging & typeof recorded>,
  recordings: readonly Recording[],
  target: string,
): JudgedRun {
  const { format, shard, basePath, minJudged, echo } = settings;
  const profiler = settings.profile ? new Profiler(contract, basePath) : undefined;
  return {
    command: 'check',
    contract,
    checks: checksFor(echo),
    glance: plainlyConforms(contract, echo),
    sources: [
      documents(recordings, {
        format,
        relations: () => relationsOf(contract, basePath),
        ...(shard && { shard }),
        ...(profiler && { observe: (exchange) => profiler.observe(exchange) }),
      }),
    ],
    settings,
    seed: null,
    shard: shard ? `${shard.index}/${shard.total}` : null,
    target,
    options: { format, basePath, minJudged },
    basePaths: { live: basePath, recorded: basePath },
    minJudged,
    expected: undefined,
    ...sendsNothing,
    profile: profiler && ((show) => profiler.profile(show)),
    artefacts: [],
  };
}
