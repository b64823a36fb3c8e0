import { sortedRecord } from './coverage.js';
import { keptValues } from './field-sketch.js';
import type { Profile, ProfiledField } from './profile-schema.js';

/** One profile of several parts: what was counted adds up, whatever the order of the parts. */
export function mergeProfiles(profiles: readonly Profile[]): Profile {
  const fields = new Map<string, ProfiledField>();
  for (const field of profiles.flatMap((profile) => profile.fields)) {
    const key = keyOf(field);
    const other = fields.get(key);
    fields.set(key, other === undefined ? field : united(other, field));
  }
  return {
    fields: [...fields].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, field]) => withHolders(field, fields)),
    omitted: profiles.reduce((sum, { omitted }) => sum + omitted, 0),
  };
}

/** The profile with every text of a recording made fit to be shown. */
export function shownProfile({ fields, omitted }: Profile, show: (text: string) => string): Profile {
  const shown = fields.map((field) => ({
    ...field,
    pointer: show(field.pointer),
    outside: field.outside.map(({ value, count }) => ({ value: show(value), count })),
    firstSeen: field.firstSeen === null ? null : show(field.firstSeen),
    lastSeen: field.lastSeen === null ? null : show(field.lastSeen),
  }));
  return { fields: shown, omitted };
}

const keyOf = ({ endpoint, part, status, pointer }: ProfiledField): string =>
  `${endpoint} ${part} ${status} ${pointer}`;

/** A part that never saw a field says nothing of it, but it does say how often the field could have come. */
function withHolders(field: ProfiledField, fields: ReadonlyMap<string, ProfiledField>): ProfiledField {
  if (field.pointer === '') return field;
  const parent = fields.get(keyOf({ ...field, pointer: field.pointer.replace(/\/[^/]*$/, '') }));
  return parent === undefined ? field : { ...field, of: parent.holds };
}

function united(a: ProfiledField, b: ProfiledField): ProfiledField {
  const all = Object.entries(added(counted(a), counted(b)));
  const outside = all.slice(0, keptValues);
  const more = all.slice(keptValues).reduce((sum, [, count]) => sum + count, 0);
  const lengths = [a.lengths, b.lengths].filter((each) => each !== null);
  const seen = [a.firstSeen, b.firstSeen, a.lastSeen, b.lastSeen].filter((place) => place !== null).sort(byPlace);
  return {
    ...a,
    of: a.of + b.of,
    holds: a.holds + b.holds,
    present: a.present + b.present,
    nulls: a.nulls + b.nulls,
    empty: a.empty + b.empty,
    types: added(a.types, b.types),
    formats: added(a.formats, b.formats),
    lengths:
      lengths.length === 0
        ? null
        : { min: Math.min(...lengths.map(({ min }) => min)), max: Math.max(...lengths.map(({ max }) => max)) },
    outside: outside.map(([value, count]) => ({ value, count })),
    outsideMore: a.outsideMore + b.outsideMore + more,
    firstSeen: seen[0] ?? null,
    lastSeen: seen.at(-1) ?? null,
  };
}

const counted = ({ outside }: ProfiledField): Record<string, number> =>
  Object.fromEntries(outside.map(({ value, count }) => [value, count]));

function added(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return sortedRecord([...keys].map((key) => [key, (own(a, key) ?? 0) + (own(b, key) ?? 0)] as const));
}

const own = (counts: Readonly<Record<string, number>>, key: string): number | undefined =>
  Object.hasOwn(counts, key) ? counts[key] : undefined;

/** `file#12`: by file, then by the number of the entry. */
function byPlace(a: string, b: string): number {
  const [one, other] = [a, b].map((place) => /^(.*)#(\d+)$/s.exec(place) ?? [place, place, '0']);
  return one![1]! < other![1]! ? -1 : one![1]! > other![1]! ? 1 : Number(one![2]) - Number(other![2]);
}
