import type { PactFidelity } from '../run/pact-schema.js';
import { html, type Markup, nothing } from './markup.js';
import { gapsOf, levelWords, type PactPlace } from './pact-words.js';

type Interaction = PactFidelity['interactions'][number];

/** What the consumer pact says of each place of the answers; nothing where the run wrote none. */
export function pactMarkup(pact: PactFidelity | undefined): Markup {
  const told = pact?.interactions.filter(({ places }) => places.length > 0) ?? [];
  if (told.length === 0) return nothing;
  return html`<p>How much of the model each interaction of the consumer pact pins. What it does not pin, it does not check.</p>
${told.map(interactionMarkup)}`;
}

function interactionMarkup({ description, places }: Interaction): Markup {
  const unpinned = places.filter(({ level }) => level === 'unpinned');
  const pinned = places.filter(({ level }) => level !== 'unpinned');
  return html`<details class="fold"><summary>${description}: ${pinned.length} of ${places.length} places pinned</summary>
<div class="scroll" tabindex="0" role="region" aria-label="${description}"><table class="plain"><thead><tr><th scope="col">Place</th><th scope="col">Said</th><th scope="col">The gap</th></tr></thead>
<tbody>${pinned.map(placeRow)}</tbody></table></div>
${unpinned.length === 0 ? nothing : html`<p class="quiet">Not pinned: ${unpinned.map(({ pointer }) => pointer).join(', ')}</p>`}</details>
`;
}

function placeRow(place: PactPlace): Markup {
  const { pointer, level } = place;
  return html`<tr><th scope="row"><code>${pointer === '' ? '(the whole answer)' : pointer}</code></th><td>${levelWords[level]}</td><td>${gapsOf(place).join('; ')}</td></tr>
`;
}
