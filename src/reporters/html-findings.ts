import { createHash } from 'node:crypto';
import { catalogue, isFindingCode } from '../finding/catalogue.js';
import type { ResultFinding } from '../run/result.js';
import { type EvidenceSize, evidenceMarkup } from './html-evidence.js';
import { html, type Markup, nothing } from './markup.js';
import { amount, standing, whereOf } from './summary.js';

/** So many findings open by themselves; more would bury the overview. */
const openAtMost = 3;
/** A group that is longer than this is closed when there are several. */
const longGroup = 8;
/** A shorter list is overlooked at a glance. */
const filterFrom = 6;
/** Beyond this many findings the evidence is cut shorter, to keep the page light. */
const manyFindings = 300;
/** So many findings of one cause come with their evidence; the rest of a long list only says where it is. */
const evidenceAtMost = 100;

const words = { error: 'Error', warning: 'Warning', info: 'To know' } as const;

interface Group {
  readonly code: string;
  readonly isAccepted: boolean;
  readonly members: readonly ResultFinding[];
}

/** Findings grouped by their cause, open ones before accepted ones. */
export function findingsMarkup(findings: readonly ResultFinding[]): Markup {
  if (findings.length === 0) return html`<p class="none">Nothing was found.</p>`;
  const size: EvidenceSize = { lines: findings.length > manyFindings ? 24 : 90 };
  const groups = [
    ...groupsOf(
      findings.filter(({ known }) => known === null),
      false,
    ),
    ...groupsOf(
      findings.filter(({ known }) => known !== null),
      true,
    ),
  ];
  return html`${findings.length >= filterFrom ? filterMarkup(groups) : nothing}
<div${findings.length > manyFindings ? html` class="many"` : nothing}>${groups.map((group) => groupMarkup(group, size, findings.length <= openAtMost, groups.length === 1))}</div>`;
}

function groupsOf(findings: readonly ResultFinding[], isAccepted: boolean): Group[] {
  const groups = new Map<string, ResultFinding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.code);
    if (group) group.push(finding);
    else groups.set(finding.code, [finding]);
  }
  return [...groups].map(([code, members]) => ({ code, members, isAccepted }));
}

/** Shown by the script, since nothing else can filter. */
function filterMarkup(groups: readonly Group[]): Markup {
  const severities = (['error', 'warning', 'info'] as const).filter((severity) =>
    groups.some(({ members }) => members[0]!.severity === severity),
  );
  const chips = severities.map(
    (severity) =>
      html`<button type="button" class="chip" aria-pressed="true" data-severity="${severity}">${words[severity]}</button>`,
  );
  return html`<div class="filter" role="search" hidden><label for="filter">Filter</label> <input type="search" id="filter" autocomplete="off" placeholder="field, code, words"> ${severities.length > 1 ? chips : nothing} <button type="button" class="chip" id="fold">Open all</button> <output id="shown"></output></div>`;
}

function groupMarkup(
  { code, members, isAccepted }: Group,
  size: EvidenceSize,
  areOpen: boolean,
  isOnly: boolean,
): Markup {
  const { severity, title } = members[0]!;
  const entry = isFindingCode(code) ? catalogue[code] : undefined;
  const told = entry && html`<p>${entry.meaning} <span class="quiet">${entry.advice}</span></p>`;
  const isOpen = !isAccepted && (isOnly || members.length <= longGroup);
  return html`<details class="group" data-severity="${severity}"${isOpen ? html` open` : nothing}>
<summary><span class="badge ${severity}">${words[severity]}</span> <span class="title">${title}</span> <code class="quiet">${code}</code> ${isAccepted ? html`<span class="badge">accepted</span>` : nothing}<span class="count">${amount(members.length, 'place')}</span></summary>
<div class="members">${told ?? nothing}
${members.map((finding, at) => findingMarkup(finding, at < evidenceAtMost ? size : undefined, areOpen))}</div>
</details>
`;
}

/** Where on the page a finding is. */
export function anchorOf({ fingerprint }: ResultFinding): string {
  return `f-${createHash('sha256').update(fingerprint).digest('hex').slice(0, 12)}`;
}

function findingMarkup(finding: ResultFinding, size: EvidenceSize | undefined, isOpen: boolean): Markup {
  const { message, rule, fingerprint } = finding;
  return html`<details class="finding" id="${anchorOf(finding)}"${isOpen ? html` open` : nothing}>
<summary><span class="where">${whereOf(finding)}</span> <span class="message">${message}</span></summary>
<dl class="facts"><dt>Promise</dt><dd>${rule}</dd><dt>Evidence</dt><dd>${standing(finding).join(' · ')}</dd><dt>Fingerprint</dt><dd><code>${fingerprint}</code></dd></dl>
${
  size === undefined
    ? elsewhere
    : html`${evidenceMarkup(finding, size)}
${reproduceMarkup(finding)}`
}</details>
`;
}

const elsewhere = html`<p class="quiet">Request, answer and commands of this one are in <code>result.json</code>: look for the fingerprint.</p>`;

function reproduceMarkup({ reproduce: { curl, replay, seed, path } }: ResultFinding): Markup {
  const commands: (readonly [label: string, text: string, told: string])[] = [
    ...(curl === null ? [] : [['Send it again', curl, ''] as const]),
    ...(replay === null ? [] : [['Replay', replay, ''] as const]),
    ...(seed === null ? [] : [['Seed', `--seed ${seed}`, path === null ? '' : `case ${path}`] as const]),
  ];
  return html`${commands.map(
    ([label, text, told]) =>
      html`<div class="command"><h4>${label} <span class="quiet">${told}</span></h4><button type="button" class="copy" aria-label="Copy: ${label}" hidden>Copy</button><pre class="text" tabindex="0">${text}</pre></div>
`,
  )}`;
}
