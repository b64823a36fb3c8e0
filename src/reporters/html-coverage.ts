import type { RunResult } from '../run/result.js';
import { html, type Markup, nothing } from './markup.js';
import { sumTried } from './summary.js';

type Coverage = RunResult['coverage'];
type Rows = Coverage['places']['fields'];

/** What was tried and what was not: statuses per endpoint, edges and mutations per place. */
export function coverageMarkup(coverage: Coverage): Markup {
  const { fields, mutations } = coverage.places;
  return html`${statusesMarkup(coverage.endpoints)}
${placesMarkup('Request places and their edges', 'Values that providers tend to stumble over, in valid requests.', fields, coverage.edges)}
${placesMarkup('Request places and their mutations', 'Invalid neighbours of a valid request: each must be refused.', mutations, coverage.mutations)}`;
}

function statusesMarkup(endpoints: Coverage['endpoints']): Markup {
  const rows = Object.entries(endpoints);
  if (rows.length === 0) return nothing;
  const columns = [
    ...new Set(rows.flatMap(([, { promised, statuses }]) => [...promised, ...Object.keys(statuses).map(Number)])),
  ].sort((a, b) => a - b);
  return html`<h3>Answers by endpoint and status</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Answers by endpoint and status"><table><thead><tr><th scope="col">Endpoint</th>${columns.map((status) => html`<th scope="col" class="number">${status}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([id, { promised, statuses }]) =>
      html`<tr><th scope="row">${id}</th>${columns.map((status) => statusCell(promised.includes(status), statuses[String(status)] ?? 0))}</tr>
`,
  )}</tbody></table></div>
<p class="quiet">A number counts answers. “–” is promised and was not seen; an underlined number was seen and is not promised.</p>`;
}

function statusCell(isPromised: boolean, count: number): Markup {
  if (count === 0) return html`<td class="number quiet">${isPromised ? '–' : ''}</td>`;
  return html`<td class="number">${isPromised ? html`${count}` : html`<u>${count}</u>`}</td>`;
}

function placesMarkup(title: string, told: string, rows: Rows, axis: Coverage['edges']): Markup {
  const entries = Object.entries(rows);
  if (entries.length === 0) return nothing;
  const { total, tried, failed } = sumTried(axis);
  return html`<h3>${title}</h3>
<p>${told} ${tried} of ${total} tried, ${failed} with a finding.</p>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="places"><thead><tr><th scope="col">Place</th><th scope="col" class="number">Tried</th><th scope="col">Each of them</th><th scope="col">With a finding, or not tried</th></tr></thead>
<tbody>${entries.map(([pointer, cells]) => placeRow(pointer, cells))}</tbody></table></div>
<p class="legend quiet"><i class="passed"></i> nothing found <i class="failed"></i> with a finding <i class="untried"></i> not tried</p>`;
}

function placeRow(pointer: string, cells: Rows[string]): Markup {
  const states = Object.entries(cells);
  const names = (wanted: string) => states.filter(([, state]) => state === wanted).map(([name]) => name);
  const failed = names('failed');
  const untried = names('untried');
  const told = [
    ...(failed.length > 0 ? [html`<b>${failed.join(', ')}</b>`] : []),
    ...(untried.length > 0 ? [html`<span class="quiet">not tried: ${few(untried)}</span>`] : []),
  ];
  return html`<tr><th scope="row"><code>${pointer === '' ? '(the whole body)' : pointer}</code></th><td class="number">${states.length - untried.length}/${states.length}</td>
<td class="cells" aria-hidden="true">${states.map(([name, state]) => html`<i class="${state}" title="${name}"></i>`)}</td><td>${told.map((each, index) => html`${index > 0 ? html`<br>` : nothing}${each}`)}</td></tr>
`;
}

const fewNames = 6;

function few(names: readonly string[]): string {
  if (names.length <= fewNames) return names.join(', ');
  return `${names.slice(0, fewNames).join(', ')} and ${names.length - fewNames} more`;
}
