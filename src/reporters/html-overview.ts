import type { RunResult } from '../run/result.js';
import { html, type Markup, nothing } from './markup.js';
import { amount, findingCounts, verdictSentence } from './summary.js';
import { gapLines, trialLines } from './trial-lines.js';

const words = {
  conforms: ['good', 'Conforms'],
  violates: ['bad', 'Violates'],
  inconclusive: ['open', 'Inconclusive'],
  refused: ['open', 'Refused'],
  infrastructure: ['open', 'Out of reach'],
  incomplete: ['open', 'Incomplete'],
} as const;

/** The first screen: the verdict in a sentence, the counts, what was tried and what was not. */
export function overviewMarkup(result: RunResult): Markup {
  const { contract, command } = result;
  const [tone, word] = words[result.verdict];
  return html`<header class="${tone}"><div class="wide">
<p class="eyebrow"><b>${word}</b><span>${contract.name}</span><span>${command}</span></p>
<h1>${verdictSentence(result)}</h1>
${originMarkup(result)}
${figuresMarkup(result)}
<div class="halves">
${listMarkup('What was tried', trialLines(result), 'Nothing was tried.')}
${listMarkup(result.notes.length > 0 ? 'What was not, and notes' : 'What was not', gapLines(result), 'Everything planned was tried, and everything seen was judged.')}
</div>
</div></header>`;
}

function originMarkup({ run }: RunResult): Markup {
  const seed =
    run.seed === null
      ? nothing
      : html`<span>seed <code>${run.seed}</code> ${copyButton(`--seed ${run.seed}`, 'Copy the seed')}</span>`;
  return html`<p class="origin">${run.target ? html`<span>${run.target}</span>` : nothing}<time>${run.startedAt.replace(/^(\S{10})T(\S{8})\S*Z$/, '$1 $2 UTC')}</time><span>${(run.durationMs / 1000).toFixed(1)} s</span>${run.shard ? html`<span>shard ${run.shard}</span>` : nothing}${seed}</p>`;
}

/** Copies the text that stands beside it in the page, which nobody sees. */
function copyButton(text: string, label: string): Markup {
  return html`<button type="button" class="copy" aria-label="${label}" hidden>Copy</button><span class="text" hidden>${text}</span>`;
}

function figuresMarkup({ findings, totals }: RunResult): Markup {
  const { error, warning, info, accepted } = findingCounts(findings);
  const figures = [
    [error, error === 1 ? 'error' : 'errors', error > 0 ? 'error' : ''],
    [warning, warning === 1 ? 'warning' : 'warnings', warning > 0 ? 'warning' : ''],
    ...(info > 0 ? [[info, 'to know', 'info'] as const] : []),
    ...(accepted > 0 ? [[accepted, 'accepted', ''] as const] : []),
    [totals.judged, 'judged', ''],
    [totals.exchanges - totals.judged, 'not judged', ''],
  ] as const;
  return html`<ul class="figures">${figures.map(([count, label, tone]) => html`<li class="${tone}"><b>${count.toLocaleString('en')}</b> ${label}</li>`)}</ul>`;
}

/** A longer list hides its end. */
const shownLines = 7;

function listMarkup(title: string, lines: readonly string[], none: string): Markup {
  const items = lines.map((line) => html`<li>${line}</li>`);
  const rest = items.slice(shownLines);
  const more = html`<details><summary>${amount(rest.length, 'more line')}</summary><ul>${rest}</ul></details>`;
  return html`<section><h2>${title}</h2>${lines.length === 0 ? html`<p>${none}</p>` : html`<ul>${items.slice(0, shownLines)}</ul>`}${rest.length > 0 ? more : nothing}</section>`;
}
