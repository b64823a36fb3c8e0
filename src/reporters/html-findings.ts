import { createHash } from 'node:crypto';
import { catalogue, isFindingCode } from '../finding/catalogue.js';
import type { ResultFinding } from '../run/result.js';
import { type EvidenceSize, evidenceMarkup } from './html-evidence.js';
import { html, type Markup, nothing } from './markup.js';
import { amount, standing, whereOf } from './summary.js';

/** So many findings open by themselves; more would bury the overview. */
const openAtMost = 3;
/** A shorter list is overlooked at a glance. */
const filterFrom = 10;
/** Beyond this many findings the evidence is cut shorter, to keep the page light. */
const manyFindings = 300;

const words = { error: 'Error', warning: 'Warning', info: 'To know' } as const;

/** Findings grouped by what they are, open ones before accepted ones. */
export function findingsMarkup(findings: readonly ResultFinding[]): Markup {
  if (findings.length === 0) return html`<p class="none">Nothing was found.</p>`;
  const size: EvidenceSize = { lines: findings.length > manyFindings ? 24 : 90 };
  const isOpen = findings.length <= openAtMost;
  const groups = [...groupsOf(findings.filter(({ known }) => known === null))];
  const accepted = [...groupsOf(findings.filter(({ known }) => known !== null))];
  const filter = html`<p class="filter" hidden><label>Filter <input type="search" id="filter" autocomplete="off"></label> <output id="shown"></output></p>`;
  const heading = accepted.length === 0 ? nothing : html`<h3>Accepted before</h3>`;
  return html`<div${findings.length > manyFindings ? html` class="many"` : nothing}>${findings.length > filterFrom ? filter : nothing}
${groups.map(([code, members]) => groupMarkup(code, members, size, isOpen))}
${heading}
${accepted.map(([code, members]) => groupMarkup(code, members, size, false))}</div>`;
}

function groupsOf(findings: readonly ResultFinding[]): Map<string, ResultFinding[]> {
  const groups = new Map<string, ResultFinding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.code);
    if (group) group.push(finding);
    else groups.set(finding.code, [finding]);
  }
  return groups;
}

function groupMarkup(code: string, members: readonly ResultFinding[], size: EvidenceSize, isOpen: boolean): Markup {
  const { severity, title } = members[0]!;
  const entry = isFindingCode(code) ? catalogue[code] : undefined;
  const told = entry && html`<p>${entry.meaning} <span class="quiet">${entry.advice}</span></p>`;
  return html`<section class="group ${severity}">
<h3><span class="badge ${severity}">${words[severity]}</span> ${title} <code>${code}</code> <span class="quiet">${amount(members.length, 'place')}</span></h3>
${told ?? nothing}
${members.map((finding) => findingMarkup(finding, size, isOpen))}
</section>
`;
}

function findingMarkup(finding: ResultFinding, size: EvidenceSize, isOpen: boolean): Markup {
  const { at, message, rule, fingerprint, evidence } = finding;
  const id = `f-${createHash('sha256').update(fingerprint).digest('hex').slice(0, 12)}`;
  return html`<details class="finding" id="${id}"${isOpen ? html` open` : nothing}>
<summary><span class="where">${whereOf(finding)}</span><span class="message">${message}</span></summary>
<dl><dt>Promise</dt><dd>${rule}</dd><dt>Evidence</dt><dd>${standing(finding).join(' · ')}</dd><dt>Fingerprint</dt><dd><code>${fingerprint}</code></dd></dl>
${evidenceMarkup(evidence, at, size)}
${reproduceMarkup(finding)}</details>
`;
}

function reproduceMarkup({ reproduce }: ResultFinding): Markup {
  const commands = [
    ...(reproduce.curl === null ? [] : [['Send it again', reproduce.curl] as const]),
    ...(reproduce.replay === null ? [] : [['Replay', reproduce.replay] as const]),
    ...(reproduce.seed === null
      ? []
      : [
          [
            'Seed and case',
            `--seed ${reproduce.seed}${reproduce.path === null ? '' : `  (${reproduce.path})`}`,
          ] as const,
        ]),
  ];
  return html`${commands.map(
    ([label, command]) =>
      html`<div class="command"><h4>${label}</h4><button type="button" class="copy" hidden>Copy</button><pre tabindex="0">${command}</pre></div>
`,
  )}`;
}
