import { dayPattern, httpDayPattern } from './days.js';
import { emailPattern, ipPattern, kindOf, phonePattern, uuidPattern } from './kind.js';
import type { Disguise } from './pseudonyms.js';
import type { Vocabulary } from './vocabulary.js';

/** Families whose values are codes of a public list, and so name nobody. */
const codes = new Set(['country', 'currency', 'language']);
const code = /^(?:[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4}){0,2}|\p{Sc})$/u;

const url = String.raw`https?:\/\/[^\p{Co}\s"'<>\\]+`;
/** Group 1 is the separator within a day. */
const parts = new RegExp(
  [
    String.raw`(?<escape>\\+(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[nrtbf]))`,
    `(?<url>${url})`,
    `(?<email>${emailPattern})`,
    `(?<uuid>${uuidPattern})`,
    `(?<day>${dayPattern.replaceAll('\\1', '\\k<mark>').replace('([./-])', '(?<mark>[./-])')}|${httpDayPattern})`,
    String.raw`(?<time>(?<=\d{4}-\d{2}-\d{2})[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:?\d{2})?(?![\p{L}\p{N}]))`,
    `(?<ip>${ipPattern})`,
    `(?<phone>${phonePattern})`,
    String.raw`(?<word>[\p{L}\p{M}\p{N}_]+)`,
  ].join('|'),
  'gu',
);
type Part = 'escape' | 'url' | 'email' | 'uuid' | 'day' | 'time' | 'ip' | 'phone' | 'word';

/** A text with an address or a day in it is replaced part by part, so that each stays what it is. */
const composed = new RegExp(`${url}|${emailPattern}|\\d{4}-\\d{2}-\\d{2}`, 'u');

/** Without a letter or a digit beside zero there is nothing to replace. */
const nameable = /\p{L}|(?!0)\p{Nd}/u;

const local = /^(?:127\.|0\.0\.0\.0$|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/;

/** Replaces what names somebody in texts, and leaves the rest of them as it is. */
export class Texts {
  constructor(
    private readonly disguise: Disguise,
    private readonly vocabulary: Vocabulary,
    /** How an address within a text is replaced. */
    private readonly address: (url: string) => string,
  ) {}

  /** The value of a field of which the contract names the family: all of it is somebody's. */
  field(text: string, domain: string): string {
    if (!nameable.test(text) || (codes.has(domain) && this.isCode(text))) return text;
    const kind = kindOf(text, domain);
    if (kind === 'plain' && composed.test(text)) return this.replaced(text, false);
    return this.disguise.of(text, kind);
  }

  /** A code of a public list, unless the same is somebody's elsewhere: `jo_ann` may be a language, and may be a name. */
  private isCode(text: string): boolean {
    const bare = text.replace(/[^\p{L}\p{M}\p{N}\p{Sc}_-]/gu, '').replace(/^[_-]+|[_-]+$/g, '');
    return code.test(bare) && !this.holdsKnown(text);
  }

  /** Whether something in it is a value that is replaced elsewhere. */
  holdsKnown(text: string): boolean {
    return [...this.disguise.known(text)].length > 0;
  }

  /** A text that may say anything: values known from elsewhere, what has the shape of such, and uncommon words go. */
  free(text: string): string {
    let done = '';
    let from = 0;
    for (const [start, end] of this.disguise.known(text)) {
      done += this.replaced(text.slice(from, start), true) + this.disguise.of(text.slice(start, end), 'plain');
      from = end;
    }
    return done + this.replaced(text.slice(from), true);
  }

  private replaced(text: string, wordsMayStay: boolean): string {
    return text.replace(parts, (found: string, ...rest: unknown[]) => {
      const groups = rest.at(-1) as Readonly<Record<Part, string | undefined>>;
      if (groups.url !== undefined) return this.address(found);
      const stays = groups.escape ?? groups.time ?? (local.test(groups.ip ?? '') ? groups.ip : undefined);
      if (stays !== undefined) return stays;
      if (groups.word !== undefined)
        return wordsMayStay && this.vocabulary.isOrdinary(found) ? found : this.word(found);
      return this.disguise.of(found, groups.phone === undefined ? 'plain' : 'phone');
    });
  }

  private word(word: string): string {
    return /^\d{1,4}$/.test(word) || !nameable.test(word) ? word : this.disguise.of(word, 'plain');
  }
}
