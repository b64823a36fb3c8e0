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
<div class="scroll" tabindex="0" role="region" aria-label="Answers by the time they took"><table class="plain"><thead><tr><th scope="col">Endpoint</th><th scope="col" class="number">Answers</th><th scope="col" class="number">Half within</th><th scope="col" class="number">95 % within</th><th scope="col" class="number">All within</th><th scope="col">From fast to slow</th></tr></thead>
<tbody>${rows.map(
    ([id, classes]) =>
      html`<tr><th scope="row">${id}</th><td class="number">${totalOf(classes)}</td>${[0.5, 0.95, 1].map((share) => html`<td class="number">${withinWhat(classes, share)}</td>`)}<td class="bars" aria-hidden="true">${barsOf(classes)}</td></tr>
`,
  )}</tbody></table></div>`;
}

type Classes = NonNullable<RunResult['latency']>[string];

const totalOf = (classes: Classes): number => classes.reduce((sum, { count }) => sum + count, 0);

/** The upper end of the class that a share of the answers lies within. */
function withinWhat(classes: Classes, share: number): string {
  let seen = 0;
  const at = classes.findIndex(({ count }) => {
    seen += count;
    return seen > 0 && seen >= share * totalOf(classes);
  });
  return at < 0 ? '–' : timeOf(classes, at);
}

function timeOf(classes: Classes, at: number): string {
  const end = classes[at]!.upToMs;
  if (end === null) return at === 0 ? 'any time' : `over ${timeOf(classes, at - 1)}`;
  return end >= 1000 ? `${end / 1000} s` : `${end} ms`;
}

/** Ten heights, because a page without inline styles can have classes only. */
function barsOf(classes: Classes): Markup[] {
  const highest = Math.max(1, ...classes.map(({ count }) => count));
  return classes.map(
    ({ count }, at) =>
      html`<i class="bar-${Math.ceil((10 * count) / highest)}" title="${timeOf(classes, at)}: ${count}"></i>`,
  );
}
