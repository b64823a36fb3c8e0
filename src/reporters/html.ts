import { createHash } from 'node:crypto';
import type { RunResult } from '../run/result.js';
import { acceptedMarkup } from './html-accepted.js';
import { answersMarkup } from './html-answers.js';
import { echoMarkup } from './html-echo.js';
import { findingsMarkup } from './html-findings.js';
import { mapsMarkup } from './html-map.js';
import { overviewMarkup } from './html-overview.js';
import { pactMarkup } from './html-pact.js';
import { profileMarkup } from './html-profile.js';
import { script } from './html-script.js';
import { style } from './html-style.js';
import { type Markup, html as markup, nothing } from './markup.js';
import type { Reporter } from './reporter.js';
import { amount, verdictSentence } from './summary.js';

/** One file that asks nobody for anything: its policy allows the one style sheet and the one script by their hashes. */
export const html: Reporter = {
  id: 'html',
  file: 'index.html',
  render: (result) => page(result).markup,
};

const hashOf = (content: string): string => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`;

interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
}

function page(result: RunResult): Markup {
  const parts = partsOf(result);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${verdictSentence(result)}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
${overviewMarkup(result)}
<nav aria-label="Parts of the report"><div class="wide">${parts.map(({ id, title }) => markup`<a href="#${id}">${title}</a>`)}</div></nav>
<main class="wide">
${parts.map(
  ({
    id,
    title,
    content,
  }) => markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${content}</section>
`,
)}</main>
<footer class="wide">Secrets were hidden before this page was made. Bodies are shown as they were sent and answered, personal data included: treat the page like the traffic itself.</footer>
<output id="said" class="unseen"></output>
${{ markup: `<script>${script}</script>` }}
</body>
</html>
`;
}

/** What there is nothing to say about is left out, but for the findings: that there are none is worth a line. */
function partsOf(result: RunResult): Part[] {
  const { findings } = result;
  const title = findings.length === 0 ? 'Findings' : amount(findings.length, 'finding');
  const parts: Part[] = [
    { id: 'findings', title, content: findingsMarkup(findings) },
    { id: 'accepted', title: 'Accepted', content: acceptedMarkup(result) },
    { id: 'echo', title: 'Sent and came back', content: echoMarkup(result) },
    { id: 'map', title: 'Map', content: mapsMarkup(result.coverage.places) },
    { id: 'answers', title: 'Answers', content: answersMarkup(result) },
    { id: 'pact', title: 'Pact', content: pactMarkup(result.pact) },
    { id: 'profile', title: 'Recorded values', content: profileMarkup(result) },
    { id: 'run', title: 'Run', content: runMarkup(result) },
  ];
  return parts.filter(({ content }) => content !== nothing);
}

function runMarkup({ tool, contract, run, exitCode, totals, artefacts }: RunResult): Markup {
  const facts: [string, string][] = [
    ['Tool', `${tool.name} ${tool.version}`],
    ['Run', run.id],
    ['Exit code', `${exitCode}`],
    ['Contract', `${contract.name} ${contract.hash}`],
    ...(totals.requests > 0
      ? [
          ['Requests', `${totals.requests}, of them ${totals.shrinkRequests} to make findings small`] as [
            string,
            string,
          ],
        ]
      : []),
    ...Object.entries(run.options)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]): [string, string] => [name, JSON.stringify(value)]),
  ];
  const files = markup`<h3>Files of this run</h3><ul class="files">${artefacts.map(({ path, sha256 }) => markup`<li><code>${path}</code> <code class="quiet">${sha256}</code></li>`)}</ul>`;
  return markup`<dl class="facts">${facts.map(([label, text]) => markup`<dt>${label}</dt><dd>${text}</dd>`)}</dl>${artefacts.length > 0 ? files : nothing}`;
}
