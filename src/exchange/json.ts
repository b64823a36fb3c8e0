/** What `JSON.parse` would have hidden. */
export interface JsonFlag {
  readonly kind: 'duplicate-key' | 'unsafe-integer' | 'lone-surrogate' | 'replacement-character' | 'overflow' | 'depth';
  readonly pointer: string;
  readonly detail: string;
}

export type JsonReading =
  | { readonly ok: true; readonly value: unknown; readonly flags: readonly JsonFlag[] }
  /** `offset` counts UTF-16 units into the text; `byteOffset` counts bytes of its UTF-8 form. */
  | { readonly ok: false; readonly offset: number; readonly byteOffset: number; readonly message: string };

/** Deeper documents are refused: `JSON.stringify`, zod and ajv overflow the stack from about 5,000 levels on. */
export const maxDepth = 200;

interface Level {
  readonly keys: Set<string> | undefined;
  readonly parent: string;
  step: string;
}

class Unreadable extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** Reads a JSON text strictly (RFC 8259) and lists what `JSON.parse` loses; values come from `JSON.parse` itself. */
export function readJson(text: string): JsonReading {
  try {
    const flags = new Scanner(text).scan();
    return { ok: true, value: JSON.parse(text), flags };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const byteOffset = new TextEncoder().encode(text.slice(0, error.offset)).length;
    return { ok: false, offset: error.offset, byteOffset, message: error.message };
  }
}

/** Unrolled, so that a string of megabytes costs no backtracking. */
const string = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const number = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const word = /true|false|null/y;

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
    this.at++;
    this.space();
    const end = mark === '{' ? '}' : ']';
    if (this.text[this.at] === end) {
      this.at++;
      return 'closed';
    }
    if (this.levels.length >= maxDepth) this.fail(`nested deeper than ${maxDepth} levels`);
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
    if (level.keys!.has(name)) this.flag('duplicate-key', `the key ${JSON.stringify(name)} stands more than once`);
    level.keys!.add(name);
    this.space();
    if (this.text[this.at] !== ':') this.fail("expected ':' after the key");
    this.at++;
  }

  private scalar(): void {
    if (this.text[this.at] === '"') this.string();
    else if (this.match(word) === undefined) this.number();
  }

  private string(): string {
    const start = this.at;
    const raw = this.match(string);
    if (raw === undefined) this.fail(this.stringProblem(start));
    const plain = raw.indexOf('\\') < 0 ? raw.slice(1, -1) : (JSON.parse(raw) as string);
    if (!plain.isWellFormed()) this.flag('lone-surrogate', 'half of a surrogate pair, which UTF-8 cannot carry');
    if (plain.includes('\ufffd')) this.flag('replacement-character', 'U+FFFD: text was damaged on its way here');
    return plain;
  }

  private stringProblem(start: number): string {
    const rest =
      /^"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*/.exec(
        this.text.slice(start),
      )?.[0] ?? '';
    this.at = start + rest.length;
    if (this.at >= this.text.length) return 'the string is not closed';
    return this.text[this.at] === '\\' ? 'unknown escape in a string' : 'control character in a string';
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
    throw new Unreadable(this.at, message);
  }
}

/** One reference token of a JSON pointer (RFC 6901). */
export function escapePointer(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

export function unescapePointer(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The value at a JSON pointer, or undefined where the document has none. Own keys only. */
export function atPointer(document: unknown, pointer: string): unknown {
  let value = document;
  for (const token of pointer.split('/').slice(1).map(unescapePointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
    value = (value as Record<string, unknown>)[token];
  }
  return value;
}
