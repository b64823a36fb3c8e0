import type { JsonFlag } from './json.js';
import { escapePointer } from './pointer.js';

/** Deeper documents are refused: `JSON.stringify`, zod and ajv overflow the stack from about 5,000 levels on. */
export const maxDepth = 200;

interface Level {
  readonly keys: Set<string> | undefined;
  readonly parent: string;
  step: string;
}

/** How the scan is left from any depth. */
class Unreadable extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

type Scan =
  | { readonly ok: true; readonly flags: readonly JsonFlag[] }
  | { readonly ok: false; readonly offset: number; readonly message: string };

/** Goes through a JSON text token by token, for what `JSON.parse` does not tell: flags, and the place of an error. */
export function scanJson(text: string): Scan {
  try {
    return { ok: true, flags: new Scanner(text).scan() };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { ok: false, offset: error.offset, message: error.message };
  }
}

const number = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const word = /true|false|null/y;
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

class Scanner {
  private at = 0;
  private readonly flags: JsonFlag[] = [];
  private readonly levels: Level[] = [];

  constructor(private readonly text: string) {}

  scan(): JsonFlag[] {
    this.value();
    this.space();
    if (this.at < this.text.length) this.fail('trailing data after the JSON value');
    return this.flags;
  }

  /** One value; nesting is held in `levels`, so that depth costs no stack. */
  private value(): void {
    for (;;) {
      this.space();
      const opened = this.open();
      if (opened === 'container') continue;
      if (opened === 'scalar') this.scalar();
      if (!this.advance()) return;
    }
  }

  /** Enters an object or array, past its first key if it has one; an empty one is closed again at once. */
  private open(): 'container' | 'closed' | 'scalar' {
    const mark = this.text[this.at];
    if (mark !== '{' && mark !== '[') return 'scalar';
    if (this.levels.length >= maxDepth) this.fail(`nested deeper than ${maxDepth} levels`);
    this.at++;
    this.space();
    const end = mark === '{' ? '}' : ']';
    if (this.text[this.at] === end) {
      this.at++;
      return 'closed';
    }
    const parent = this.pointer();
    this.levels.push({ keys: mark === '{' ? new Set() : undefined, parent, step: '0' });
    if (mark === '{') this.key();
    return 'container';
  }

  /** After a value: on to the next one of the level, or out of as many levels as end here. False when all is read. */
  private advance(): boolean {
    for (;;) {
      const level = this.levels.at(-1);
      if (level === undefined) return false;
      this.space();
      const mark = this.text[this.at];
      if (mark === ',') {
        this.at++;
        this.space();
        if (level.keys !== undefined) this.key();
        else level.step = String(Number(level.step) + 1);
        return true;
      }
      if (mark !== (level.keys === undefined ? ']' : '}')) this.fail("expected ',' or the end of the container");
      this.at++;
      this.levels.pop();
    }
  }

  private key(): void {
    const level = this.levels.at(-1)!;
    if (this.text[this.at] !== '"') this.fail('expected a key in double quotes');
    const name = this.string();
    level.step = escapePointer(name);
    this.flagText(name);
    if (level.keys!.has(name)) this.flag('duplicate-key', `the key ${JSON.stringify(name)} stands more than once`);
    level.keys!.add(name);
    this.space();
    if (this.text[this.at] !== ':') this.fail("expected ':' after the key");
    this.at++;
  }

  private scalar(): void {
    if (this.text[this.at] === '"') this.flagText(this.string());
    else if (this.match(word) === undefined) this.number();
  }

  private string(): string {
    const start = this.at;
    const escaped = this.skipString();
    if (!escaped) return this.text.slice(start + 1, this.at - 1);
    return JSON.parse(this.text.slice(start, this.at)) as string;
  }

  /** Past the closing quote; by hand, because a pattern over megabytes of escapes overflows the stack. */
  private skipString(): boolean {
    const { text } = this;
    let escaped = false;
    for (let at = this.at + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x22) {
        this.at = at + 1;
        return escaped;
      }
      if (code < 0x20) this.failAt(at, 'control character in a string');
      if (code !== 0x5c) continue;
      escaped = true;
      escapeSequence.lastIndex = at;
      if (!escapeSequence.test(text)) this.failAt(at, 'unknown escape in a string');
      at = escapeSequence.lastIndex - 1;
    }
    return this.failAt(text.length, 'the string is not closed');
  }

  /** What a text carries that the wire should not; `pointer` is the place of the text. */
  private flagText(text: string): void {
    if (!text.isWellFormed()) this.flag('lone-surrogate', 'half of a surrogate pair, which UTF-8 cannot carry');
    if (text.includes('\ufffd')) this.flag('replacement-character', 'U+FFFD: text was damaged on its way here');
  }

  private number(): void {
    const raw = this.match(number);
    if (raw === undefined) this.fail(this.at >= this.text.length ? 'unexpected end of the text' : 'expected a value');
    const value = Number(raw);
    if (!Number.isFinite(value)) this.flag('overflow', `${raw.slice(0, 40)} is beyond a double`);
    else if (/^-?[0-9]+$/.test(raw) && !Number.isSafeInteger(value))
      this.flag('unsafe-integer', `${raw.slice(0, 40)} loses digits as a double`);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  private pointer(): string {
    const level = this.levels.at(-1);
    return level === undefined ? '' : `${level.parent}/${level.step}`;
  }

  private flag(kind: JsonFlag['kind'], detail: string): void {
    this.flags.push({ kind, pointer: this.pointer(), detail });
  }

  private fail(message: string): never {
    return this.failAt(this.at, message);
  }

  private failAt(offset: number, message: string): never {
    throw new Unreadable(offset, message);
  }
}
