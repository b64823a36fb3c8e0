import type { ProfiledField } from '../run/profile-schema.js';
import type { RunResult } from '../run/result.js';
import { html, type Markup, nothing } from './markup.js';
import { type ProfileRow, profileGroups } from './profile-rows.js';

/** What recorded bodies hold, field by field, beside what is promised; strangers and outsiders stand out. */
export function profileMarkup({ profile }: RunResult): Markup {
  if (profile === undefined) return nothing;
  const groups = profileGroups(profile);
  if (groups.length === 0) return html`<p>Nothing to profile: no documented body was recorded.</p>`;
  const rest = html`<p class="quiet">${profile.omitted} values of further undocumented fields were left out.</p>`;
  return html`${groups.map(({ title, rows }) => groupMarkup(title, rows))}${profile.omitted > 0 ? rest : nothing}`;
}

function groupMarkup(title: string, rows: readonly ProfileRow[]): Markup {
  return html`<h3>${title}</h3>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="plain profile"><thead><tr><th scope="col">Field</th><th scope="col" class="number">Present</th><th scope="col" class="number">Null</th><th scope="col" class="number">Empty</th><th scope="col">Seen as</th><th scope="col" class="number">Length</th><th scope="col">Promised</th></tr></thead>
<tbody>${rows.map(rowMarkup)}</tbody></table></div>
`;
}

function rowMarkup({ field, present, nulls, empty, seenAs, length }: ProfileRow): Markup {
  return html`<tr${field.present === 0 ? html` class="quiet"` : nothing}><th scope="row"><code>${field.pointer}</code></th><td class="number">${present}</td><td class="number">${nulls}</td><td class="number">${empty}</td><td>${seenAs}</td><td class="number">${length}</td><td>${promisedMarkup(field)}</td></tr>
`;
}

function promisedMarkup({ documented, outside, outsideMore, firstSeen }: ProfiledField): Markup {
  if (documented === null)
    return html`<span class="badge warning">not documented</span>${firstSeen === null ? nothing : html` <span class="quiet">first in ${firstSeen}</span>`}`;
  const more = outsideMore > 0 ? html`<li>${outsideMore} further</li>` : nothing;
  const strangers = html`<ul class="outside">${outside.map(({ value, count }) => html`<li><span class="badge error">outside</span> <code>${JSON.stringify(value)}</code> ${count}×</li>`)}${more}</ul>`;
  return html`${documented}${outside.length > 0 || outsideMore > 0 ? strangers : nothing}`;
}
