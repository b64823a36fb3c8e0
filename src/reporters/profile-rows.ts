import type { Profile, ProfiledField } from '../run/profile-schema.js';

/** A profiled field in words; no cell says more than was counted. */
export interface ProfileRow {
  readonly field: ProfiledField;
  readonly present: string;
  readonly nulls: string;
  readonly empty: string;
  readonly seenAs: string;
  /** What `seenAs` names, each with its part of all. */
  readonly kinds: readonly Share[];
  readonly length: string;
}

export interface Share {
  readonly name: string;
  readonly count: number;
  /** Of how many; 0 only where nothing was counted. */
  readonly of: number;
}

export interface ProfileGroup {
  /** Endpoint and part, such as `createContact, response.body of 200`. */
  readonly title: string;
  readonly rows: readonly ProfileRow[];
}

/** The fields of a profile by endpoint and part, in the order of the profile; whole bodies are no fields. */
export function profileGroups({ fields }: Profile): ProfileGroup[] {
  const groups = new Map<string, ProfileRow[]>();
  for (const field of fields.filter(({ pointer }) => pointer !== '')) {
    const title = titleOf(field);
    const rows = groups.get(title) ?? [];
    groups.set(title, rows);
    rows.push(rowOf(field));
  }
  return [...groups].map(([title, rows]) => ({ title, rows }));
}

const titleOf = ({ endpoint, part, status }: ProfiledField): string =>
  status === null ? `${endpoint}, ${part}` : `${endpoint}, ${part} of ${status}`;

function rowOf(field: ProfiledField): ProfileRow {
  const { of, present, nulls, empty, lengths } = field;
  const kinds = kindsOf(field);
  return {
    field,
    present: share(present, of),
    nulls: share(nulls, present),
    empty: share(empty, present),
    seenAs: kinds.map(({ name }) => name).join(', '),
    kinds,
    length: lengths === null ? '' : lengths.min === lengths.max ? `${lengths.min}` : `${lengths.min}–${lengths.max}`,
  };
}

/** Texts by what they look like, other values by their type; the most frequent first. */
function kindsOf({ types, formats }: ProfiledField): Share[] {
  const { string: _, ...others } = types;
  const seen = Object.entries({ ...others, ...formats }).sort(([, a], [, b]) => b - a);
  const of = seen.reduce((sum, [, count]) => sum + count, 0);
  return seen.map(([name, count]) => ({ name, count, of }));
}

/** In percent; what is rare never shows as none, nor nearly all as all. */
export function share(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '–';
  const percent = (100 * part) / whole;
  return `${part === whole ? 100 : Math.min(99, Math.max(1, Math.round(percent)))} %`;
}
