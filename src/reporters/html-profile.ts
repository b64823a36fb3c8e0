import type { ProfiledField } from '../run/profile-schema.js';
import type { RunResult } from '../run/result.js';
import { html, type Markup, nothing } from './markup.js';
import { type ProfileRow, profileGroups, type Share, share } from './profile-rows.js';

/** What recorded bodies hold, field by field, beside what is promised; strangers and outsiders stand out. */
export function profileMarkup({ profile }: RunResult): Markup {
  if (profile === undefined) return nothing;
  const groups = profileGroups(profile);
  if (groups.length === 0) return html`<p>Nothing to profile: no documented body was recorded.</p>`;
  const rest = html`<p class="quiet">${profile.omitted} values of further undocumented fields were left out.</p>`;
  const legend = html`<p class="legend"><i class="filled"></i>with a value<i class="empty"></i>empty<i class="null"></i>null<i class="absent"></i>absent</p>
`;
  return html`${legend}${groups.map(({ title, rows }) => groupMarkup(title, rows))}${profile.omitted > 0 ? rest : nothing}`;
}

function groupMarkup(title: string, rows: readonly ProfileRow[]): Markup {
  return html`<h3>${title}</h3>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="plain profile"><thead><tr><th scope="col">Field</th><th scope="col" aria-hidden="true"></th><th scope="col" class="number">Present</th><th scope="col" class="number">Null</th><th scope="col" class="number">Empty</th><th scope="col">Seen as</th><th scope="col" class="number">Length</th><th scope="col">Promised</th></tr></thead>
<tbody>${rows.map(rowMarkup)}</tbody></table></div>
`;
}

function rowMarkup({ field, present, nulls, empty, kinds, length }: ProfileRow): Markup {
  return html`<tr${field.present === 0 ? html` class="quiet"` : nothing}><th scope="row"><code>${field.pointer}</code></th><td aria-hidden="true">${field.present === 0 ? nothing : stateBar(field)}</td><td class="number">${present}</td><td class="number">${nulls}</td><td class="number">${empty}</td><td>${kindsMarkup(kinds)}</td><td class="number">${length}</td><td>${promisedMarkup(field)}</td></tr>
`;
}

/** The numbers beside it as a picture: of all places that could hold the field. */
function stateBar({ of, present, nulls, empty }: ProfiledField): Markup {
  return barMarkup([
    ['filled', present - nulls - empty],
    ['empty', empty],
    ['null', nulls],
    ['absent', of - present],
  ]);
}

/** Of a hundred; what was seen at all can be seen. */
const thinnest = 2;

/** Parts of a whole, side by side. Widths are attributes, because the page allows no inline styles. */
export function barMarkup(parts: readonly (readonly [className: string, count: number])[]): Markup {
  const seen = parts.filter(([, count]) => count > 0);
  const whole = seen.reduce((sum, [, count]) => sum + count, 0);
  const wide = seen.map(([, count]) => Math.max(thinnest, (100 * count) / whole));
  const sum = wide.reduce((all, width) => all + width, 0);
  let x = 0;
  const rects = seen.map(([className], at) => {
    const width = Math.round((1000 * wide[at]!) / sum) / 10;
    x += width;
    return html`<rect class="${className}" x="${(x - width).toFixed(1)}" width="${width.toFixed(1)}" height="8"/>`;
  });
  return html`<svg class="parts" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${rects}</svg>`;
}

/** What all look alike needs no picture. */
function kindsMarkup(kinds: readonly Share[]): Markup {
  if (kinds.length < 2) return html`${kinds.map(({ name }) => name).join()}`;
  return html`<ul>${kinds.map((kind) => html`<li>${kind.name} <span class="quiet">${share(kind.count, kind.of)}</span>${shareBar(kind)}</li>`)}</ul>`;
}

const shareBar = ({ count, of }: Pick<Share, 'count' | 'of'>): Markup =>
  barMarkup([
    ['filled', count],
    ['absent', of - count],
  ]);

function promisedMarkup({ documented, outside, outsideMore, firstSeen, present }: ProfiledField): Markup {
  if (documented === null)
    return html`<span class="badge warning">not documented</span>${firstSeen === null ? nothing : html` <span class="quiet">first in ${firstSeen}</span>`}`;
  const strangers = outside.map(
    ({ value, count }) =>
      html`<li><span class="badge error">outside</span> <code>${JSON.stringify(value)}</code> ${count}× <span class="quiet">${share(count, present)}</span>${shareBar({ count, of: present })}</li>`,
  );
  const more = outsideMore > 0 ? html`<li>${outsideMore} further</li>` : nothing;
  return html`${documented}${outside.length > 0 || outsideMore > 0 ? html`<ul class="outside">${strangers}${more}</ul>` : nothing}`;
}
