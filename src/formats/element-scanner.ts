const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** One element of the array, or a stretch of the document that is none. */
export interface Scanned {
  /** Position in the array, from 0; for a sibling the name of its key. */
  readonly index: number;
  readonly sibling?: string;
  /** 1-based line of its first byte. */
  readonly line: number;
  /** Byte of the document at which it begins. */
  readonly offset: number;
  readonly bytes?: Uint8Array;
  readonly problem?: string;
}

export interface Target {
  /** Keys that lead to the array: `['log', 'entries']`; none for an array that is the document. */
  readonly path: readonly string[];
  /** Small objects beside the path that are handed over too, by key: `creator`. */
  readonly siblings?: readonly string[];
  /** Bytes beyond which an element is not kept. */
  readonly cap: number;
}

type Mode = 'outside' | 'string' | 'element' | 'skip' | 'junk' | 'after' | 'done';

/**
 * Finds where the elements of one array of a JSON document begin and end, and leaves all parsing to the caller: bytes
 * come in chunks cut anywhere, memory holds one element. Faster and flatter than a streaming parser, because nothing
 * but quotes and brackets is looked at.
 */
export class ElementScanner {
  /** Whether the array was there. */
  found = false;
  private mode: Mode = 'outside';
  /** Containers on the path that are open. */
  private level = 0;
  private expectsKey = false;
  private key: Uint8Array[] = [];
  private keyText = '';
  /** Inside an element or a skipped value. */
  private depth = 0;
  private quoted = false;
  private escaped = false;
  private pieces: Uint8Array[] = [];
  private kept = 0;
  private index = 0;
  private line = 1;
  private consumed = 0;
  private start = { line: 1, offset: 0, sibling: undefined as string | undefined };
  private out: Scanned[] = [];

  constructor(private readonly target: Target) {}

  /** Takes the next bytes; gives what was completed by them. */
  push(chunk: Uint8Array): Scanned[] {
    for (let at = 0; at < chunk.length; ) at = this.step(chunk, at);
    this.consumed += chunk.length;
    const done = this.out;
    this.out = [];
    return done;
  }

  /** The end of the bytes: gives what is cut, if the document is. */
  end(): Scanned[] {
    if (this.mode === 'after' || this.mode === 'done') return [];
    if (this.level === 0 && this.mode === 'outside') return [];
    const inElement = this.mode === 'element' && this.start.sibling === undefined;
    const place = inElement ? this.start : { line: this.line, offset: this.consumed };
    const problem = inElement
      ? `the document ends within this entry, at byte ${this.consumed}`
      : `the document ends at byte ${this.consumed} before it is closed`;
    return [{ index: this.index, line: place.line, offset: place.offset, problem }];
  }

  private step(chunk: Uint8Array, at: number): number {
    if (this.mode === 'outside') return this.outside(chunk, at);
    if (this.mode === 'element' || this.mode === 'skip') return this.inside(chunk, at);
    if (this.mode === 'string') return this.string(chunk, at);
    if (this.mode === 'junk') return this.junk(chunk, at);
    return this.mode === 'after' ? this.after(chunk, at) : chunk.length;
  }

  private get inArray(): boolean {
    return this.level === this.target.path.length + 1;
  }

  private outside(chunk: Uint8Array, at: number): number {
    const byte = chunk[at]!;
    if (byte === newline) this.line++;
    else if (byte <= 0x20 || this.isMark(at, byte)) return at + 1;
    else if (byte === closeBrace || byte === closeBracket) return this.close(byte, chunk, at);
    else if (byte === openBrace || byte === openBracket) return this.open(byte, at);
    else if (this.inArray && byte !== comma) return this.begin('junk', at);
    else if (byte === quote) {
      this.mode = 'string';
      this.key = [];
    } else if (byte === comma) this.expectsKey = true;
    else if (byte === colon) this.expectsKey = false;
    return at + 1;
  }

  /** The byte-order mark is passed over. */
  private isMark(at: number, byte: number): boolean {
    return this.consumed === 0 && at < 3 && byte === [0xef, 0xbb, 0xbf][at];
  }

  private open(byte: number, at: number): number {
    if (this.inArray) return this.begin('element', at);
    const { path, siblings } = this.target;
    const last = this.level === path.length;
    const leads = this.level === 0 || this.keyText === path[this.level - 1];
    if (leads && byte === (last ? openBracket : openBrace)) {
      this.level++;
      this.expectsKey = !last;
      if (last) this.found = true;
      return at + 1;
    }
    if (this.level > 0 && siblings?.includes(this.keyText)) {
      this.begin('element', at);
      this.start.sibling = this.keyText;
      return at;
    }
    return this.begin('skip', at);
  }

  private close(byte: number, chunk: Uint8Array, at: number): number {
    if (byte !== (this.inArray ? closeBracket : closeBrace) || this.level === 0)
      return this.stop('the brackets do not match', chunk, at);
    this.level--;
    this.expectsKey = false;
    this.keyText = '';
    if (this.level === 0) this.mode = 'after';
    return at + 1;
  }

  /** Reports what makes the rest of the document unreadable, and reads no more. */
  private stop(problem: string, chunk: Uint8Array, at: number): number {
    const offset = this.consumed + at;
    this.out.push({ index: this.index, line: this.line, offset, problem: `${problem}, at byte ${offset}` });
    this.mode = 'done';
    return chunk.length;
  }

  private begin(mode: Mode, at: number): number {
    this.mode = mode;
    this.depth = 0;
    this.quoted = false;
    this.escaped = false;
    this.pieces = [];
    this.kept = 0;
    this.start = { line: this.line, offset: this.consumed + at, sibling: undefined };
    return at;
  }

  /** A key or a value of text on the path; only keys are kept. */
  private string(chunk: Uint8Array, from: number): number {
    const end = this.stringEnd(chunk, from);
    if (this.expectsKey && this.key.length < 64) this.key.push(chunk.slice(from, Math.min(end, from + 256)));
    if (end < chunk.length) {
      this.mode = 'outside';
      if (this.expectsKey) this.keyText = Buffer.concat(this.key).toString('utf8');
      return end + 1;
    }
    return end;
  }

  /** Where the string that goes on at `from` ends: its closing quote, or the end of the chunk. */
  private stringEnd(chunk: Uint8Array, from: number): number {
    let at = from;
    if (this.escaped && at < chunk.length) {
      this.escaped = false;
      at++;
    }
    for (; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (byte === quote) return at;
      if (byte !== backslash) continue;
      if (++at === chunk.length) this.escaped = true;
    }
    return chunk.length;
  }

  /** The hot loop: brackets are counted, strings are jumped over. */
  private inside(chunk: Uint8Array, from: number): number {
    const { length } = chunk;
    let at = from;
    while (at < length) {
      if (this.quoted) {
        at = this.stringEnd(chunk, at);
        if (at === length) break;
        this.quoted = false;
        at++;
      }
      let byte = 0;
      while (at < length) {
        byte = chunk[at++]!;
        if (byte === quote) break;
        if (byte === openBrace || byte === openBracket) this.depth++;
        else if (byte === newline) this.line++;
        else if ((byte === closeBrace || byte === closeBracket) && --this.depth === 0) {
          this.keep(chunk, from, at);
          this.finish();
          return at;
        }
      }
      if (byte === quote) this.quoted = true;
    }
    this.keep(chunk, from, length);
    return length;
  }

  private keep(chunk: Uint8Array, from: number, to: number): void {
    if (this.mode !== 'element') return;
    this.kept += to - from;
    if (this.kept > this.target.cap) this.pieces = [];
    else this.pieces.push(chunk.subarray(from, to));
  }

  private finish(): void {
    const { mode, start } = this;
    this.mode = 'outside';
    if (mode === 'skip') return;
    const tooLarge = this.kept > this.target.cap;
    const bytes = this.pieces.length === 1 ? this.pieces[0]! : Buffer.concat(this.pieces);
    this.pieces = [];
    if (start.sibling !== undefined) {
      if (!tooLarge)
        this.out.push({ index: -1, line: start.line, offset: start.offset, sibling: start.sibling, bytes });
      return;
    }
    const scanned = { index: this.index++, line: start.line, offset: start.offset };
    const problem = `larger than ${this.target.cap} bytes (${this.kept})`;
    this.out.push(tooLarge ? { ...scanned, problem } : { ...scanned, bytes });
  }

  /** Something in the array that is no container, up to the next comma or the end of the array. */
  private junk(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (this.quoted) {
        if (this.escaped) this.escaped = false;
        else if (byte === backslash) this.escaped = true;
        else if (byte === quote) this.quoted = false;
      } else if (byte === quote) this.quoted = true;
      else if (byte === comma || byte === closeBracket || byte === openBrace) {
        this.mode = 'outside';
        const { line, offset } = this.start;
        this.out.push({ index: this.index++, line, offset, problem: 'not an object' });
        return at;
      } else if (byte === newline) this.line++;
    }
    return chunk.length;
  }

  private after(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (byte === newline) this.line++;
      else if (byte > 0x20) return this.stop('data after the end of the document', chunk, at);
    }
    return chunk.length;
  }
}
