import { availableParallelism } from 'node:os';
import { contract } from '../../contracts/chift/index.js';
import { checksFor } from '../checks/index.js';
import { plainlyConforms } from '../checks/plainly-conforms.js';
import { skimOf } from '../checks/skim.js';
import { worstExitCode } from '../errors.js';
import type { Exchange } from '../exchange/exchange.js';
import { createRedactor } from '../exchange/redact.js';
import { profileTable } from '../reporters/profile-table.js';
import { Profiler } from '../run/profile.js';
import { mergeProfiles, shownProfile } from '../run/profile-merge.js';
import type { Profile } from '../run/profile-schema.js';
import { documents } from '../sources/documents.js';
import type { Recording } from '../sources/recording.js';
import { relationsOf } from '../sources/relations.js';
import { interruptionOf } from './interruption.js';
import { type JudgedRun, judgedRun, sendsNothing } from './judged-run.js';
import { metered } from './metered.js';
import { openRecordings } from './recordings.js';
import { Redaction } from './redaction.js';
import type { judging, recorded, redacting, Values } from './settings.js';
import { type ThreadOptions, threads } from './threads.js';
import type { World } from './world.js';

/** Judges recorded exchanges as if they had just been answered; every entry is accounted for. */
export async function check(
  world: World,
  settings: Values<typeof judging & typeof recorded & typeof redacting>,
  files: readonly string[],
): Promise<number> {
  const { recordings, bytes } = metered(await openRecordings(files, world));
  const { redact } = settings;
  const redaction = redact === undefined ? undefined : await Redaction.to(redact, recordings, settings, world);
  const input: JudgedRun = {
    ...checkRun(settings, recordings, files.join(' '), redaction?.observe),
    ...(settings.shard === undefined && { bytes }),
  };
  const interruption = interruptionOf(world);
  try {
    const exitCode = await judgedRun(world, interruption, input);
    if (input.profile && !settings.quiet) world.stdout.write(profileTable(input.profile(createRedactor([]).text)));
    if (redaction === undefined || interruption.code() !== undefined) return exitCode;
    return worstExitCode([exitCode, await redaction.write()]);
  } finally {
    interruption.end();
  }
}

/**
 * From 64 MB on a thread is worth its start. Each takes about four stretches, so that none waits long for the last, of
 * 32 MB or more, because each begins by reading the four before it, and costs about 100 MB. With two or three processors
 * one thread is left: two take a sixth less time and twice the memory.
 */
function everyCore(): Omit<ThreadOptions, 'profiled'> {
  const threads = availableParallelism() > 3 ? availableParallelism() : 1;
  return {
    threads,
    from: 64 * 1024 * 1024,
    bytes: (length) => Math.max(32 * 1024 * 1024, Math.ceil(length / (4 * threads))),
  };
}

/** The run that `check` is, for the command and for the library. */
export function checkRun(
  settings: Values<typeof judging & typeof recorded>,
  recordings: readonly Recording[],
  target: string,
  observe?: (exchange: Exchange) => void,
  spread: Omit<ThreadOptions, 'profiled'> = everyCore(),
): JudgedRun {
  const { threads: count } = spread;
  const { format, shard, basePath, minJudged, echo } = settings;
  const profiler = settings.profile ? new Profiler(contract, basePath) : undefined;
  const profiles: Profile[] = [];
  const profiled = (profile: Profile) => profiles.push(profile);
  const skim = skimOf(contract, echo, basePath);
  return {
    command: 'check',
    contract,
    checks: checksFor(echo),
    glance: plainlyConforms(contract, echo, skim),
    sources: [
      documents(recordings, {
        format,
        skim,
        relations: () => relationsOf(contract, basePath),
        ...(shard && { shard }),
        ...((profiler || observe) && {
          observe: (exchange) => {
            profiler?.observe(exchange);
            observe?.(exchange);
          },
        }),
        // Who looks at every exchange looks in this thread.
        ...(count > 1 &&
          !observe && { spread: threads({ basePath, echo, profile: settings.profile }, { ...spread, profiled }) }),
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
    profile: profiler && ((show) => shownProfile(mergeProfiles([profiler.profile((text) => text), ...profiles]), show)),
    artefacts: [],
  };
}
