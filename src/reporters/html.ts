import { createHash } from 'node:crypto';
import type { RunResult } from '../run/result.js';
import { coverageMarkup } from './html-coverage.js';
import { findingsMarkup } from './html-findings.js';
import { pactMarkup } from './html-pact.js';
import { script } from './html-script.js';
import { style } from './html-style.js';
import { type Markup, html as markup, nothing } from './markup.js';
import type { Reporter } from './reporter.js';
import { amount, summaryLines, verdictSentence } from './summary.js';

/** One file that asks nobody for anything: its policy allows the one style sheet and the one script by their hashes. */
export const html: Reporter = {
  id: 'html',
  file: 'index.html',
  render: (result) => page(result).markup,
};

const hashOf = (content: string): string => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`;
const tones: Readonly<Record<string, string>> = { conforms: 'good', violates: 'bad' };

function page(result: RunResult): Markup {
  const { findings, coverage, contract, command, run } = result;
  const sentence = verdictSentence(result);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${sentence}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header class="${tones[result.verdict] ?? 'open'}"><div class="wide">
<h1>${sentence}</h1>
<p class="quiet">${contract.name}, ${command}, ${run.startedAt.replace(/^(\S{10})T(\S{8})\S*Z$/, '$1 $2 UTC')}, ${(run.durationMs / 1000).toFixed(1)} s</p>
<dl>${summaryLines(result).map(([label, text]) => markup`<dt>${label}</dt><dd>${text}</dd>`)}</dl>
</div></header>
<div class="wide">
<nav aria-label="Parts of the report"><a href="#findings">Findings</a><a href="#coverage">What was tried</a>${result.pact ? markup`<a href="#pact">What the pact says</a>` : nothing}<a href="#gaps">What was not</a><a href="#run">The run</a></nav>
<main>
<section id="findings" aria-labelledby="findings-title"><h2 id="findings-title">${findings.length === 0 ? 'Findings' : amount(findings.length, 'finding')}</h2>
${findingsMarkup(findings)}</section>
<section id="coverage" aria-labelledby="coverage-title"><h2 id="coverage-title">What was tried</h2>
${coverageMarkup(coverage)}</section>
${pactMarkup(result.pact)}
<section id="gaps" aria-labelledby="gaps-title"><h2 id="gaps-title">What was not</h2>
${gapsMarkup(result)}</section>
<section id="run" aria-labelledby="run-title"><h2 id="run-title">The run</h2>
${runMarkup(result)}</section>
</main>
<footer>Secrets were hidden before this page was made. Bodies are shown as they were sent and answered, personal data included: treat the page like the traffic itself.</footer>
</div>
<script>${{ markup: script }}</script>
</body>
</html>
`;
}

/** What could not be judged, with the reasons: missing data never reads as a pass. */
function gapsMarkup({ notes, unjudged, unreadable, totals }: RunResult): Markup {
  const lines = [
    ...notes,
    ...unjudged.map(({ reason, count }) => `${amount(count, 'exchange')} could not be judged: ${reason}`),
    ...(totals.outOfScope > 0
      ? [`${amount(totals.outOfScope, 'exchange')} to endpoints that the contract does not name`]
      : []),
    ...unreadable.map(({ place, reason }) => `${place} could not be read: ${reason}`),
  ];
  if (lines.length === 0) return markup`<p>Everything planned was tried, and everything seen was judged.</p>`;
  return markup`<ul>${lines.map(
    (line) => markup`<li>${line}</li>
`,
  )}</ul>`;
}

function runMarkup({ tool, contract, run, exitCode, totals, artefacts }: RunResult): Markup {
  const facts: [string, string][] = [
    ['Tool', `${tool.name} ${tool.version}`],
    ['Run', run.id],
    ['Exit code', `${exitCode}`],
    ['Contract', contract.hash],
    ['Requests', `${totals.requests}, of them ${totals.shrinkRequests} to make findings small`],
    ['Options', JSON.stringify(run.options)],
  ];
  const files = markup`<h3>Files of this run</h3><ul>${artefacts.map(({ path, sha256 }) => markup`<li><code>${path}</code> <span class="quiet">${sha256}</span></li>`)}</ul>`;
  return markup`<dl>${facts.map(([label, text]) => markup`<dt>${label}</dt><dd>${text}</dd>`)}</dl>${artefacts.length > 0 ? files : nothing}`;
}
