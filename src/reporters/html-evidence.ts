import type { PublicBody, PublicExchange } from '../exchange/public-exchange.js';
import type { ResultFinding } from '../run/result.js';
import { jsonLines, linesAt } from './json-lines.js';
import { html, type Markup, nothing } from './markup.js';
import { amount } from './summary.js';

type Evidence = ResultFinding['evidence'];

/** Lines of a body that are shown around the broken place. */
export interface EvidenceSize {
  readonly lines: number;
}

/** The places to mark, a pointer each; the status has none. */
interface Marks {
  readonly requestBody?: string | undefined;
  readonly headers?: string | undefined;
  readonly responseBody?: string | undefined;
  readonly status?: boolean;
  readonly exchange?: boolean;
}

/** Request and answer side by side, the broken place marked; before them the exchanges they build on. */
export function evidenceMarkup({ evidence, code, at }: ResultFinding, size: EvidenceSize): Markup {
  const { before } = evidence;
  const earlier = html`<details class="earlier"><summary>${amount(before.length, 'earlier exchange')} it builds on</summary>
${before.map((exchange) => pairMarkup(exchange, {}, size))}</details>`;
  return html`${before.length > 0 ? earlier : nothing}${pairMarkup(evidence, marksOf(code, at), size)}`;
}

/** A value that came back different is marked on both sides; a request taken wrongly, beside the status that says so. */
function marksOf(code: string, { part, pointer }: ResultFinding['at']): Marks {
  const isEcho = code.startsWith('echo.');
  return {
    requestBody: part === 'request.body' || isEcho ? pointer : undefined,
    headers: part === 'response.headers' ? pointer : undefined,
    responseBody: part === 'response.body' ? pointer : undefined,
    status: part === 'response.status' || code.startsWith('request.'),
    exchange: part === 'exchange',
  };
}

function pairMarkup(
  { request, response, ...rest }: Pick<Evidence, 'request' | 'response'> & Partial<Pick<PublicExchange, 'unanswered'>>,
  marks: Marks,
  size: EvidenceSize,
): Markup {
  const answer =
    response === null
      ? html`<p>${rest.unanswered ? `No answer: ${rest.unanswered.reason}. ${rest.unanswered.detail}` : 'No answer.'}</p>`
      : html`<p class="line">${marked(`Status ${response.status}`, marks.status ?? false)}${response.durationMs === null ? '' : ` in ${Math.round(response.durationMs)} ms`}</p>
${response.defects.map(({ kind, detail }) => html`<p>${marked(`${kind}: ${detail}`, marks.exchange ?? false)}</p>`)}
${headersMarkup(response.headers, marks.headers)}
${bodyMarkup(response.body, marks.responseBody, size)}`;
  return html`<div class="pair">
<section><h4>Request</h4><p class="line"><b>${request.method}</b> ${request.url}</p>
${headersMarkup(request.headers, undefined)}
${bodyMarkup(request.body, marks.requestBody, size)}</section>
<section><h4>Answer</h4>${answer}</section>
</div>
`;
}

function marked(text: string, isMarked: boolean): Markup {
  return isMarked ? html`<mark>${text}</mark>` : html`${text}`;
}

function headersMarkup(headers: readonly (readonly [string, string])[], pointer: string | undefined): Markup {
  if (headers.length === 0) return nothing;
  const wanted = pointer?.slice(1).toLowerCase();
  const lines = headers.map(
    ([name, value]) => html`${marked(`${name}: ${value}`, name.toLowerCase() === wanted)}
`,
  );
  return html`<details class="headers"${wanted === undefined ? nothing : html` open`}><summary>${amount(headers.length, 'header')}</summary><pre tabindex="0">${lines}</pre></details>`;
}

/** The broken place is seen without scrolling. */
const linesAbove = 8;
const longestLine = 2000;
const longestPlain = 20_000;

function bodyMarkup(body: PublicBody, pointer: string | undefined, size: EvidenceSize): Markup {
  const told = html`<p class="quiet">${[
    ...(body.state === 'present' ? [] : [`body ${body.state}`]),
    ...(body.size > 0 ? [amount(body.size, 'byte')] : []),
    ...(body.base64 === null ? [] : ['not text, shown as base64']),
    ...(body.omitted > 0 ? [`${body.omitted} left out of the middle`] : []),
  ].join(', ')}</p>`;
  const text = body.text ?? body.base64;
  if (text === null) return told;
  const lines = body.text === null ? undefined : jsonLines(body.text);
  if (lines === undefined) return html`<pre tabindex="0">${clip(text, longestPlain)}</pre>${told}`;
  const { hits, missing } = pointer ? linesAt(lines, pointer) : { hits: new Set<number>(), missing: false };
  const first = Math.max(0, Math.min(...hits, lines.length) - linesAbove);
  const from = hits.size === 0 ? 0 : first;
  const shown = lines.slice(from, from + size.lines).map(({ depth, text: line }, index) => {
    return html`${'  '.repeat(depth)}${marked(clip(line, longestLine), hits.has(from + index))}${missing && hits.has(from + index) ? html` <em>${pointer ?? ''} is missing</em>` : nothing}
`;
  });
  const left = lines.length - from - shown.length;
  return html`<pre tabindex="0">${
    from > 0
      ? html`<i>… ${amount(from, 'line')} above</i>
`
      : nothing
  }${shown}${
    left > 0
      ? html`<i>… ${amount(left, 'line')} below</i>
`
      : nothing
  }</pre>${told}`;
}

function clip(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}… ${text.length - longest} more characters`;
}
