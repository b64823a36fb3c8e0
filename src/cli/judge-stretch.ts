import { contract } from '../../contracts/chift/index.js';
import type { EchoMode } from '../checks/echo-faithful.js';
import { checksFor } from '../checks/index.js';
import { plainlyConforms } from '../checks/plainly-conforms.js';
import { skimOf } from '../checks/skim.js';
import { formatNamed } from '../formats/index.js';
import { Profiler } from '../run/profile.js';
import type { Profile } from '../run/profile-schema.js';
import { run } from '../run/run.js';
import type { Stretch } from '../sources/parts.js';
import { type Found, nothingFound, readStretch } from '../sources/read-entries.js';
import { relationsOf } from '../sources/relations.js';
import type { Counted } from '../sources/source.js';
import { recordingAt } from './recordings.js';

/** What a thread is told once; plain data. */
export interface StretchSettings {
  readonly file: string;
  readonly path: string;
  readonly format: string;
  readonly basePath: string;
  readonly echo: EchoMode;
  readonly profile: boolean;
}

/** What a thread tells of one stretch; plain data. */
export interface Judged extends Counted, Found {
  readonly profile: Profile | undefined;
  /** What kept the stretch from being read. */
  readonly trouble: { readonly code: string; readonly message: string; readonly hint: string | undefined } | undefined;
}

/** Judges the exchanges of one stretch after the other, each exactly as they are judged in one thread. */
export function stretchJudge(settings: StretchSettings): (stretch: Stretch) => Promise<Judged> {
  const { file, path, format, basePath, echo } = settings;
  const skim = skimOf(contract, echo, basePath);
  const terms = {
    contract,
    checks: checksFor(echo),
    glance: plainlyConforms(contract, echo, skim),
    basePaths: { live: basePath, recorded: basePath },
    signal: new AbortController().signal,
  };
  return async (stretch) => {
    const { recording } = await recordingAt(file, path, false);
    const profiler = settings.profile ? new Profiler(contract, basePath) : undefined;
    let found = nothingFound;
    let violating = 0;
    const { tally, troubles, bugs } = await run({
      ...terms,
      onEvent: (event) => {
        if (event.kind === 'exchange' && event.judgement.class === 'violates') violating++;
      },
      sources: [
        async (sink, signal) => {
          const each = {
            skim,
            relations: () => relationsOf(contract, basePath),
            ...(profiler && { observe: profiler.observe }),
          };
          found = await readStretch({ recording, format: await formatNamed(format), sink, signal, ...each }, stretch);
        },
      ],
    });
    const [trouble] = troubles;
    return {
      ...tally.counted(),
      ...found,
      violating,
      bugs: bugs.map(String),
      profile: profiler?.profile((text) => text),
      trouble: trouble && { code: trouble.code, message: trouble.message, hint: trouble.hint },
    };
  };
}
