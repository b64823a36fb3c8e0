import { latencyBounds, quantile } from '../run/latency.js';
import type { RunResult } from '../run/result.js';
import { html, type Markup, nothing } from './markup.js';

/** What came back, endpoint by endpoint: statuses, and how long the answers took. */
export function answersMarkup({ coverage, latency = {} }: RunResult): Markup {
  const rows = Object.entries(coverage.endpoints);
  if (rows.length === 0) return nothing;
  return html`${statusesMarkup(rows)}${Object.keys(latency).length > 0 ? latencyMarkup(latency) : nothing}`;
}

type Endpoint = readonly [id: string, seen: RunResult['coverage']['endpoints'][string]];

function statusesMarkup(rows: readonly Endpoint[]): Markup {
  const columns = [
    ...new Set(rows.flatMap(([, { promised, statuses }]) => [...promised, ...Object.keys(statuses).map(Number)])),
  ].sort((a, b) => a - b);
  return html`<h3>Statuses</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Answers by endpoint and status"><table class="plain statuses"><thead><tr><th scope="col">Endpoint</th>${columns.map((status) => html`<th scope="col" class="number">${status}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([id, { promised, statuses }]) =>
      html`<tr><th scope="row">${id}</th>${columns.map((status) => statusCell(promised.includes(status), statuses[String(status)] ?? 0))}</tr>
`,
  )}</tbody></table></div>
<p class="quiet">A number counts answers. “–” is documented and was not seen; an underlined number was seen and is not documented.</p>
`;
}

function statusCell(isPromised: boolean, count: number): Markup {
  if (count === 0) return html`<td class="number quiet">${isPromised ? '–' : ''}</td>`;
  return html`<td class="number">${isPromised ? html`${count}` : html`<u>${count}</u>`}</td>`;
}

function latencyMarkup(latency: NonNullable<RunResult['latency']>): Markup {
  const rows = Object.entries(latency);
  return html`<h3>Time to answer</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Answers by the time they took"><table class="plain"><thead><tr><th scope="col">Endpoint</th><th scope="col" class="number">Answers</th><th scope="col" class="number">Half within</th><th scope="col" class="number">95 % within</th><th scope="col" class="number">All within</th><th scope="col">From ${latencyBounds[0]!} ms to over ${latencyBounds.at(-1)! / 1000} s</th></tr></thead>
<tbody>${rows.map(
    ([id, counts]) =>
      html`<tr><th scope="row">${id}</th><td class="number">${counts.reduce((sum, count) => sum + count, 0)}</td>${[0.5, 0.95, 1].map((share) => html`<td class="number">${timeOf(quantile(counts, share))}</td>`)}<td class="bars" aria-hidden="true">${barsOf(counts)}</td></tr>
`,
  )}</tbody></table></div>`;
}

/** Ten heights, because a page without inline styles can have classes only. */
function barsOf(counts: readonly number[]): Markup[] {
  const highest = Math.max(1, ...counts);
  return counts.map((count, at) => {
    const told = `${count} within ${timeOf(latencyBounds[at] ?? Number.POSITIVE_INFINITY)}`;
    return html`<i class="bar-${Math.ceil((10 * count) / highest)}" title="${told}"></i>`;
  });
}

function timeOf(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '–';
  if (milliseconds === Number.POSITIVE_INFINITY) return `over ${latencyBounds.at(-1)! / 1000} s`;
  return milliseconds >= 1000 ? `${milliseconds / 1000} s` : `${milliseconds} ms`;
}
