import type { Fidelity } from '../derive/pact-matcher.js';
import type { PactScore } from '../pact/score.js';
import { gapsOf, levelWords } from '../reporters/pact-words.js';
import { escaped, page, table } from './markdown-page.js';

/** An interaction with what its pact says of the model, reckoned and measured. */
export interface ScoredInteraction {
  readonly description: string;
  readonly fidelity: readonly Fidelity[];
  readonly score: PactScore;
}

const lead = `What the committed pact says of the model and what it leaves out. A pact is a check of the provider's
answers, so it is tried as one: Pact's own verifier judges answers within the model, which it should accept, and answers
with exactly one defect (each kind in each place of the model), which it should refuse.`.replaceAll('\n', ' ');

const legend = `- **exact**: the pact refuses what the model refuses, and accepts what the model accepts.
- **weakened**: the pact lets values pass that the model refuses.
- **not expressible**: one interaction cannot say all that the model allows. A field in the example must be in every
  answer, so a pact pins what its consumer reads in the state it names, and nothing more. Null and absence are said by
  [variants](publish-pacts.md#pin-only-what-you-read), interactions of their own.
- **not pinned**: the example leaves the place out, so the pact says nothing of it; defects there go through.`;

/** docs/pact-fidelity.md: the score of each interaction, and of each place how well the pact says it. */
export function pactFidelityPage(scored: readonly ScoredInteraction[]): string {
  const rows = scored.map(({ description, score, fidelity }) => [
    description,
    share(score.valid),
    share(score.broken),
    `${fidelity.filter(({ level }) => level !== 'unpinned').length} of ${fidelity.length}`,
  ]);
  return page('How much of the model the pact says', lead, [
    table(['interaction', 'valid answers accepted', 'broken answers refused', 'places pinned'], rows),
    'Broken answers that go through lie in places that the interaction does not pin, or that are called weakened: a test holds that.',
    legend,
    ...scored.flatMap(placesOf),
  ]);
}

function placesOf({ description, fidelity, score }: ScoredInteraction): string[] {
  const rows = fidelity
    .filter(({ level }) => level !== 'unpinned')
    .map((place) => {
      const measured = score.places.find(({ pointer }) => pointer === place.pointer);
      return [
        `\`${place.pointer === '' ? '(the whole answer)' : place.pointer}\``,
        levelWords[place.level],
        escaped(gapsOf(place).join('; ')),
        measured === undefined ? '' : share(measured),
        measured?.missed.join(', ') ?? '',
      ];
    });
  const unpinned = fidelity.filter(({ level }) => level === 'unpinned').map(({ pointer }) => `\`${pointer}\``);
  return [
    `## ${description}`,
    table(['place', 'said', 'the gap', 'broken answers refused', 'what goes through'], rows),
    ...(unpinned.length > 0 ? [`Not pinned: ${unpinned.join(', ')}.`] : []),
  ];
}

const share = ({ right, total }: { readonly right: number; readonly total: number }): string => `${right} of ${total}`;
