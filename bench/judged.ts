import { contract } from '../contracts/chift/index.js';
import { checksFor } from '../src/checks/index.js';
import { plainlyConforms } from '../src/checks/plainly-conforms.js';
import { skimOf } from '../src/checks/skim.js';
import { run } from '../src/run/run.js';
import { documents } from '../src/sources/documents.js';
import { relationsOf } from '../src/sources/relations.js';

/** Judges a recording end to end in this process, as one worker of `check` does; gives how many exchanges it judged. */
export async function judged(open: () => AsyncIterable<Uint8Array>): Promise<number> {
  const skim = skimOf(contract, 'strict', '');
  const source = documents([{ file: 'bench', open }], {
    format: 'auto',
    skim,
    relations: () => relationsOf(contract, ''),
  });
  const { signal } = new AbortController();
  const glance = plainlyConforms(contract, 'strict', skim);
  const { tally } = await run({ contract, checks: checksFor('strict'), glance, sources: [source], signal });
  if (tally.sightings.size > 0) throw new Error(`findings: ${[...tally.sightings.keys()].join(', ')}`);
  return tally.judged;
}
