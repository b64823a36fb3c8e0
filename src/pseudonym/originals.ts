import { createHash } from 'node:crypto';
import { fold } from '../exchange/difference.js';
import { isTokenDay } from './days.js';
import type { Kind } from './kind.js';
import type { Disguise } from './pseudonyms.js';
import type { Vocabulary } from './vocabulary.js';

/** Kinds that a value does not show by itself. */
type Family = 'phone' | 'vat' | 'host';

/** Shorter values are replaced where they stand and looked for nowhere else: they stand in every text. */
const shortestSought = 4;

/** Gathers the values that are to be replaced; as a disguise it leaves everything as it is. */
export class Originals implements Disguise {
  private readonly texts = new Set<string>();
  /** What is left of them without case and punctuation, with the family that the contract names for one. */
  private readonly folds = new Map<string, Family | undefined>();
  /** First characters → what begins with them, the longest first; made on the first look. */
  private index: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(private readonly vocabulary: Vocabulary) {}

  of(text: string, kind: Kind): string {
    if (kind === 'day' && isTokenDay(text)) return text;
    const key = fold(text);
    this.folds.set(key, isFamily(kind) ? kind : this.folds.get(key));
    this.texts.add(text);
    return text;
  }

  /** Nothing, as long as not all are known. */
  known(): Iterable<readonly [number, number]> {
    return [];
  }

  /** A number looks like any other: that it is for phoning or for taxes is known from the field it stood in. */
  familyOf(text: string): Family | undefined {
    return this.folds.get(fold(text));
  }

  has(text: string): boolean {
    return this.folds.has(fold(text));
  }

  get all(): Iterable<string> {
    return this.texts;
  }

  /** Of all of them, in any order: the same values make the same salt, and no other way leads to it. */
  digest(): string {
    return createHash('sha256')
      .update(JSON.stringify([...this.texts].sort()))
      .digest('hex');
  }

  /** Where they stand in a text as words of their own, the longest first, without overlap. Case does not count. */
  *within(text: string): Generator<readonly [number, number]> {
    const lower = text.toLowerCase();
    if (lower.length !== text.length) return;
    const index = this.indexed();
    for (let at = 0; at <= lower.length - shortestSought; at++) {
      const candidates = index.get(lower.slice(at, at + shortestSought));
      if (candidates === undefined) continue;
      const found = candidates.find((each) => lower.startsWith(each, at) && isApart(lower, at, each));
      if (found === undefined) continue;
      yield [at, at + found.length];
      at += found.length - 1;
    }
  }

  private indexed(): ReadonlyMap<string, readonly string[]> {
    if (this.index !== undefined) return this.index;
    const index = new Map<string, string[]>();
    for (const text of this.texts) {
      const core = text.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
      if (core.length < shortestSought || this.vocabulary.isOrdinary(core)) continue;
      const start = core.slice(0, shortestSought);
      index.set(start, [...(index.get(start) ?? []), core]);
    }
    for (const texts of index.values()) texts.sort((a, b) => b.length - a.length);
    this.index = index;
    return index;
  }
}

const isFamily = (kind: Kind): kind is Family => kind === 'phone' || kind === 'vat' || kind === 'host';

/** Names stand between other letters by chance; what has a digit, a blank or an @ and is long does not. */
function isApart(text: string, at: number, found: string): boolean {
  if (found.length >= 8 && /[\d\s@]/.test(found)) return true;
  const before = [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
  return !/[\p{L}\p{N}]/u.test(before) && !/^[\p{L}\p{N}]/u.test(text.slice(at + found.length, at + found.length + 2));
}
