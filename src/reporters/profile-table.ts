import type { Profile, ProfiledField } from '../run/profile-schema.js';
import { oneLine } from './visible-text.js';

/** The profile as a table for a terminal: one line a field, grouped by endpoint and part. */
export function profileTable({ fields: all, omitted }: Profile): string {
  const fields = all.filter(({ pointer }) => pointer !== '');
  const groups = new Map<string, ProfiledField[]>();
  for (const field of fields) groups.set(titleOf(field), [...(groups.get(titleOf(field)) ?? []), field]);
  const tables = [...groups].flatMap(([title, rows]) => ['', title, ...table(rows)]);
  const rest = omitted > 0 ? ['', `${omitted} values of further undocumented fields were left out.`] : [];
  const none = fields.length === 0 ? ['', 'Nothing to profile: no documented body was recorded.'] : [];
  return `${[...tables, ...rest, ...none].join('\n')}\n`;
}

const titleOf = ({ endpoint, part, status }: ProfiledField): string =>
  status === null ? `${endpoint}, ${part}` : `${endpoint}, ${part} of ${status}`;

const heads = ['field', 'present', 'null', 'empty', 'seen as', 'length', 'promised'];

function table(fields: readonly ProfiledField[]): string[] {
  const rows = [heads, ...fields.map(cells)];
  const widths = heads.map((_, column) => Math.min(36, Math.max(...rows.map((row) => row[column]!.length))));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd());
}

function cells(field: ProfiledField): string[] {
  const { pointer, of, present, nulls, empty, lengths, documented, outside, outsideMore } = field;
  const more = outsideMore > 0 ? ` and ${outsideMore} more` : '';
  const values = outside.map(({ value, count }) => `${JSON.stringify(value)} ×${count}`).join(', ');
  const strange = outside.length === 0 ? '' : `; outside: ${values}${more}`;
  return [
    oneLine(pointer, 60),
    share(present, of),
    share(nulls, present),
    share(empty, present),
    seenAs(field),
    lengths === null ? '' : lengths.min === lengths.max ? `${lengths.min}` : `${lengths.min}–${lengths.max}`,
    oneLine(`${documented ?? 'not documented'}${strange}`, 200),
  ];
}

/** Texts by what they look like, other values by their type; the most frequent first. */
function seenAs({ types, formats }: ProfiledField): string {
  const { string: _, ...others } = types;
  const seen = Object.entries({ ...others, ...formats }).sort(([, a], [, b]) => b - a);
  return seen.map(([name]) => name).join(', ');
}

/** In percent; what is rare never shows as none, nor nearly all as all. */
function share(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '–';
  const percent = (100 * part) / whole;
  return `${part === whole ? 100 : Math.min(99, Math.max(1, Math.round(percent)))} %`;
}
