import { atPointer } from '../exchange/pointer.js';
import type { ResultFinding, RunResult } from '../run/result.js';
import { anchorOf } from './html-findings.js';
import { html, type Markup, nothing } from './markup.js';
import { amount } from './summary.js';

const losses: Readonly<Record<string, string>> = {
  'echo.altered': 'altered',
  'echo.dropped': 'dropped',
  'echo.invented': 'invented',
  'echo.normalised': 'rewritten',
};

/** Field by field what became of values on their way through the provider: in the answer, or in a later read. */
export function echoMarkup({ findings, totals, run }: RunResult): Markup {
  const lost = findings.filter(({ code }) => Object.hasOwn(losses, code));
  if (lost.length === 0) return totals.creates === 0 ? nothing : wholeMarkup(totals.creates, run.options['echo']);
  return html`<p>What was sent on the left, what came back on the right. Every other field came back as it was sent.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Values that did not come back as sent"><table class="plain"><thead><tr><th scope="col">Field</th><th scope="col">Sent</th><th scope="col">Came back</th><th scope="col">What happened</th><th scope="col">Where</th><th scope="col" class="number">Seen</th></tr></thead>
<tbody>${lost.map(lossRow)}</tbody></table></div>`;
}

function wholeMarkup(creates: number, echo: unknown): Markup {
  if (echo === 'off') return html`<p>Not compared: <code>--echo off</code>.</p>`;
  return html`<p>Every field of ${amount(creates, 'created contact')} came back as it was sent.</p>`;
}

function lossRow(finding: ResultFinding): Markup {
  const { code, at, evidence, seen } = finding;
  const created = evidence.before.at(-1);
  const isRead = evidence.request.method === 'GET';
  const sent = isRead ? created?.response?.body.text : evidence.request.body.text;
  return html`<tr><th scope="row"><a href="#${anchorOf(finding)}"><code>${at.pointer}</code></a></th><td><code>${valueAt(sent, at.pointer)}</code></td><td><code>${valueAt(evidence.response?.body.text, at.pointer)}</code></td><td>${losses[code]!}</td><td>${isRead ? 'a later read' : 'the answer'}</td><td class="number">${seen}</td></tr>
`;
}

const longestValue = 60;

function valueAt(text: string | null | undefined, pointer: string): string {
  if (!text) return 'nothing';
  try {
    const value = JSON.stringify(atPointer(JSON.parse(text), pointer)) ?? 'nothing';
    return value.length > longestValue ? `${value.slice(0, longestValue)}… ${value.length} characters` : value;
  } catch {
    return 'not readable';
  }
}
