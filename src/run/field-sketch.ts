/**
 * Distinct values kept that a documented list does not have, each shortened: the first in the order of their text, so
 * that it makes no difference in which order, or in how many parts, they are seen.
 */
export const keptValues = 20;
const keptLength = 60;

const looks: readonly [name: string, pattern: RegExp][] = [
  ['date', /^\d{4}-\d{2}-\d{2}$/],
  ['date-time', /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}/],
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
  ['uri', /^[a-z][a-z0-9+.-]*:\/\/\S+$/i],
  ['digits', /^\d+$/],
];
/** Longer texts are of no format known here. */
const longestFormat = 300;

/** Counts over the values of one field: bounded, however many there are. */
export class FieldSketch {
  present = 0;
  nulls = 0;
  empty = 0;
  readonly types = new Map<string, number>();
  readonly formats = new Map<string, number>();
  readonly outside = new Map<string, number>();
  private foreigners = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  firstSeen: string | null = null;
  lastSeen: string | null = null;

  /** `allowed` are the documented values where there is a list of them; `place` is kept where it is given. */
  add(value: unknown, allowed: readonly unknown[] | undefined, place: string | undefined): void {
    this.present++;
    if (place !== undefined) {
      this.firstSeen ??= place;
      this.lastSeen = place;
    }
    if (value === null) {
      this.nulls++;
      return;
    }
    bump(this.types, Array.isArray(value) ? 'array' : typeof value);
    if (typeof value === 'string') this.text(value);
    else if (Array.isArray(value)) this.length(value.length);
    else if (typeof value === 'object' && Object.keys(value).length === 0) this.empty++;
    if (allowed !== undefined && !allowed.includes(value)) this.foreign(value);
  }

  /** Values outside the documented ones beyond those that are kept. */
  get outsideMore(): number {
    return this.foreigners - [...this.outside.values()].reduce((sum, count) => sum + count, 0);
  }

  private text(value: string): void {
    this.length([...value].length);
    const look = value.length > longestFormat ? undefined : looks.find(([, pattern]) => pattern.test(value));
    if (value !== '') bump(this.formats, look?.[0] ?? 'text');
  }

  private length(length: number): void {
    if (length === 0) this.empty++;
    this.min = Math.min(this.min, length);
    this.max = Math.max(this.max, length);
  }

  private foreign(value: unknown): void {
    const shown = (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, keptLength);
    this.foreigners++;
    bump(this.outside, shown);
    if (this.outside.size > keptValues) this.outside.delete(last(this.outside.keys()));
  }
}

function last(texts: Iterable<string>): string {
  return [...texts].sort().at(-1)!;
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
