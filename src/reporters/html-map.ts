import type { RunResult } from '../run/result.js';
import { html, type Markup, nothing } from './markup.js';

type Rows = RunResult['coverage']['places']['fields'];
type State = Rows[string][string];

/** Fields × edges and pointers × mutations: what passed, what failed, what was not tried. */
export function mapsMarkup({ fields, mutations }: RunResult['coverage']['places']): Markup {
  if (Object.keys(fields).length + Object.keys(mutations).length === 0) return nothing;
  return html`<p class="legend"><i class="passed"></i>nothing found<i class="failed"></i>with a finding<i class="untried"></i>not tried</p>
${mapMarkup('Fields and edges', 'Values that providers tend to stumble over, in valid requests.', fields)}
${mapMarkup('Pointers and mutations', 'Invalid neighbours of a valid request: each must be refused.', mutations)}`;
}

function mapMarkup(title: string, told: string, rows: Rows): Markup {
  const entries = Object.entries(rows);
  if (entries.length === 0) return nothing;
  const states = entries.flatMap(([, cells]) => Object.values(cells));
  const count = (wanted: State) => states.filter((state) => state === wanted).length;
  const shared = sharedNames(rows);
  const hasOwn = entries.some(([, cells]) => Object.keys(cells).some((name) => !shared.includes(name)));
  return html`<h3>${title}</h3>
<p>${told} ${states.length - count('untried')} of ${states.length} tried, ${count('failed')} with a finding.</p>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="map"><thead><tr><th scope="col">Place</th><th scope="col" class="number">Tried</th>${shared.map((name) => html`<th scope="col" class="turned"><span>${name}</span></th>`)}${hasOwn ? html`<th scope="col" class="own">only here</th>` : nothing}</tr></thead>
<tbody>${entries.map(([pointer, cells]) => rowMarkup(pointer, cells, shared, hasOwn))}</tbody></table></div>
${failedMarkup(entries)}`;
}

/** So many columns fit a page; of more, those that many places share. */
const mostColumns = 24;

function sharedNames(rows: Rows): string[] {
  const counts = new Map<string, number>();
  for (const name of Object.values(rows).flatMap((cells) => Object.keys(cells)))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts.keys()].sort();
  if (names.length <= mostColumns) return names;
  const few = Object.keys(rows).length / 4;
  return names.filter((name) => counts.get(name)! > few);
}

const words: Readonly<Record<State, string>> = { passed: 'passed', failed: 'failed', untried: 'not tried' };

function rowMarkup(pointer: string, cells: Rows[string], shared: readonly string[], hasOwn: boolean): Markup {
  const states = Object.values(cells);
  const tried = states.filter((state) => state !== 'untried').length;
  const own = Object.entries(cells).filter(([name]) => !shared.includes(name));
  return html`<tr><th scope="row"><code>${pointer === '' ? '(whole body)' : pointer}</code></th><td class="number">${tried === states.length ? html`${tried}` : html`${tried} of ${states.length}`}</td>${shared.map((name) => cellMarkup(name, Object.hasOwn(cells, name) ? cells[name] : undefined))}${hasOwn ? html`<td class="own">${own.map(([name, state]) => html`<i class="${state}" title="${name}: ${words[state]}"></i>`)}<span class="unseen">${own.map(([name, state]) => `${name}: ${words[state]}`).join(', ')}</span></td>` : nothing}</tr>
`;
}

function cellMarkup(name: string, state: State | undefined): Markup {
  if (state === undefined) return html`<td></td>`;
  return html`<td title="${name}: ${words[state]}"><i class="${state}"></i><span class="unseen">${words[state]}</span></td>`;
}

/** In words, for whoever cannot point at a cell: a phone, paper. */
function failedMarkup(entries: readonly (readonly [string, Rows[string]])[]): Markup {
  const named = (wanted: State) =>
    entries.flatMap(([pointer, cells]) => {
      const names = Object.entries(cells).flatMap(([name, state]) => (state === wanted ? [name] : []));
      return names.length === 0
        ? []
        : [html`<li><code>${pointer === '' ? '(whole body)' : pointer}</code> ${names.join(', ')}</li>`];
    });
  const list = (title: string, items: readonly Markup[]) =>
    items.length === 0 ? nothing : html`<details class="named"><summary>${title}</summary><ul>${items}</ul></details>`;
  return html`${list('With a finding, by name', named('failed'))}${list('Not tried, by name', named('untried'))}`;
}
