import type { RunResult } from '../run/result.js';
import { anchorOf } from './html-findings.js';
import { html, type Markup, nothing } from './markup.js';
import { amount, whereOf } from './summary.js';

/** Findings that somebody accepted: the reason, and how long it still counts. */
export function acceptedMarkup({ findings, run }: RunResult): Markup {
  const rows = findings.flatMap((finding) => (finding.known === null ? [] : [{ finding, known: finding.known }]));
  if (rows.length === 0) return nothing;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Accepted findings"><table class="plain"><thead><tr><th scope="col">Finding</th><th scope="col">Reason</th><th scope="col">Until</th></tr></thead>
<tbody>${rows.map(
    ({ finding, known }) =>
      html`<tr><th scope="row"><a href="#${anchorOf(finding)}">${finding.title}</a><br><code class="quiet">${whereOf(finding)}</code></th><td>${known.reason}</td><td>${untilWhen(known.expires, run.startedAt)}</td></tr>
`,
  )}</tbody></table></div>`;
}

const day = 86_400_000;

function untilWhen(expires: string | null, startedAt: string): string {
  if (expires === null) return 'for good';
  const days = Math.round((Date.parse(expires) - Date.parse(startedAt.slice(0, 10))) / day);
  return Number.isNaN(days) ? expires : `${expires}, ${amount(days, 'day')} left`;
}
