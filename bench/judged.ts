import { contract } from '../contracts/chift/index.js';
import { checksFor } from '../src/checks/index.js';
import { plainlyConforms } from '../src/checks/plainly-conforms.js';
import { skimOf } from '../src/checks/skim.js';
import { run } from '../src/run/run.js';
import { documents } from '../src/sources/documents.js';
import type { Recording } from '../src/sources/recording.js';
import { relationsOf } from '../src/sources/relations.js';

const skim = skimOf(contract, 'strict', '');
const terms = {
  contract,
  checks: checksFor('strict'),
  glance: plainlyConforms(contract, 'strict', skim),
  signal: new AbortController().signal,
};
const reading = { format: 'auto', skim, relations: () => relationsOf(contract, '') };

/** Judges a recording end to end in this process, as one worker of `check` does; gives how many exchanges it judged. */
export async function judged(recording: Recording): Promise<number> {
  const { tally } = await run({ ...terms, sources: [documents([recording], reading)] });
  if (tally.sightings.size > 0) throw new Error(`findings: ${[...tally.sightings.keys()].join(', ')}`);
  return tally.judged;
}
