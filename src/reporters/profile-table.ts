import type { Profile, ProfiledField } from '../run/profile-schema.js';
import { type ProfileRow, profileGroups } from './profile-rows.js';
import { oneLine } from './visible-text.js';

/** The profile as a table for a terminal: one line a field, grouped by endpoint and part. */
export function profileTable(profile: Profile): string {
  const groups = profileGroups(profile);
  const tables = groups.flatMap(({ title, rows }) => ['', title, ...table(rows)]);
  const { omitted } = profile;
  const rest = omitted > 0 ? ['', `${omitted} values of further undocumented fields were left out.`] : [];
  const none = groups.length === 0 ? ['', 'Nothing to profile: no documented body was recorded.'] : [];
  return `${[...tables, ...rest, ...none].join('\n')}\n`;
}

const heads = ['field', 'present', 'null', 'empty', 'seen as', 'length', 'promised'];

function table(fields: readonly ProfileRow[]): string[] {
  const rows = [heads, ...fields.map(cells)];
  const widths = heads.map((_, column) => Math.min(36, Math.max(...rows.map((row) => row[column]!.length))));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd());
}

function cells({ field, present, nulls, empty, seenAs, length }: ProfileRow): string[] {
  return [oneLine(field.pointer, 60), present, nulls, empty, seenAs, length, oneLine(promised(field), 200)];
}

function promised({ documented, outside, outsideMore }: ProfiledField): string {
  const more = outsideMore > 0 ? ` and ${outsideMore} more` : '';
  const values = outside.map(({ value, count }) => `${JSON.stringify(value)} ×${count}`).join(', ');
  const strange = outside.length === 0 ? '' : `; outside: ${values}${more}`;
  return `${documented ?? 'not documented'}${strange}`;
}
