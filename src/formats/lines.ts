import { isAscii, isUtf8 } from 'node:buffer';

/** One line of a file, without its end. */
export interface Line {
  /** Undefined when the line is larger than the cap. */
  readonly bytes: Uint8Array | undefined;
  /** The same as text, where they are known to be UTF-8; undefined says nothing about them. */
  readonly text: string | undefined;
  /** Its first byte; 0 where there is none, or none that is kept. */
  readonly first: number;
  /** 1-based. */
  readonly line: number;
  /** Byte of the file at which it begins. */
  readonly offset: number;
  readonly size: number;
  /** No line end follows: the file may have been cut here. */
  readonly last: boolean;
}

/** Bytes beyond which a line is reported and not kept. */
export const maxLineBytes = 16 * 1024 * 1024;

/** Splits bytes into lines; LF and CRLF end one. Memory holds one line of at most `cap` bytes. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, cap = maxLineBytes): AsyncGenerator<Line> {
  const splitter = new LineSplitter(cap);
  for await (const chunk of chunks) yield* splitter.push(chunk);
  yield* splitter.end();
}

/** Gives bytes of a recording once more: `size` of them, from `offset` on. */
export type Reread = (offset: number, size: number) => Uint8Array;

/**
 * As {@link linesOf}, for a caller that has the chunks: a line costs no turn of the event loop. Chunks that are lent are
 * given back by `release`; what a line said is read once more then, for who asks again.
 */
export class LineSplitter {
  private pieces: Uint8Array[] = [];
  private size = 0;
  private held: Held | undefined;

  /** Begins in the middle of a file, where `line` lines and `offset` bytes lie before. */
  constructor(
    private readonly cap = maxLineBytes,
    private line = 0,
    private offset = 0,
    private readonly reread?: Reread,
  ) {}

  /** The chunk that was pushed last is no longer at hand. */
  release(): void {
    if (this.reread && this.held) this.held.bytes = undefined;
  }

  *push(chunk: Uint8Array): Generator<Line> {
    let from = 0;
    if (this.size > 0) {
      const end = chunk.indexOf(0x0a);
      this.keep(end < 0 ? chunk : chunk.subarray(0, end));
      if (end < 0) return;
      yield this.take(false);
      from = end + 1;
    }
    const to = chunk.lastIndexOf(0x0a) + 1;
    if (from < to) yield* this.whole(chunk, from, to);
    if (Math.max(from, to) < chunk.length) this.keep(chunk.subarray(Math.max(from, to)));
  }

  /** What follows the last line end. */
  *end(): Generator<Line> {
    if (this.size > 0) yield this.take(true);
  }

  /** Lines that are whole within one chunk: their bytes are looked at all at once, and cut out only for who asks. */
  private *whole(chunk: Uint8Array, from: number, to: number): Generator<Line> {
    const region = chunk.subarray(from, to);
    const encoding = isAscii(region) ? 'latin1' : isUtf8(region) ? 'utf8' : undefined;
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    const held = { bytes, reread: this.reread };
    this.held = held;
    for (let start = from; start < to; ) {
      const end = bytes.indexOf(0x0a, start);
      const size = end - start;
      const { offset } = this;
      if (size > this.cap)
        yield { bytes: undefined, text: undefined, first: 0, line: ++this.line, offset, size, last: false };
      else yield new WholeLine(held, encoding, start, ++this.line, offset, size);
      this.offset += size + 1;
      start = end + 1;
    }
  }

  private keep(piece: Uint8Array): void {
    this.size += piece.length;
    if (this.size > this.cap) this.pieces = [];
    // Kept beyond its chunk, which may be lent.
    else this.pieces.push(Uint8Array.prototype.slice.call(piece));
  }

  private take(last: boolean): Line {
    const { pieces, size, offset } = this;
    const bytes = size > this.cap ? undefined : withoutReturn(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces));
    this.pieces = [];
    this.size = 0;
    this.offset += size + 1;
    return { bytes, text: undefined, first: bytes?.[0] ?? 0, line: ++this.line, offset, size, last };
  }
}

/** A chunk, for as long as it is at hand. */
interface Held {
  bytes: Buffer | undefined;
  readonly reread: Reread | undefined;
}

/** A line that lies within one chunk, whose bytes are known to be UTF-8 where it has an encoding. */
export class WholeLine implements Line {
  readonly last = false;

  constructor(
    private readonly held: Held,
    readonly encoding: 'latin1' | 'utf8' | undefined,
    readonly start: number,
    readonly line: number,
    readonly offset: number,
    readonly size: number,
  ) {}

  /** The bytes around it, while they are at hand. */
  get chunk(): Buffer | undefined {
    return this.held.bytes;
  }

  get first(): number {
    return this.size > 0 ? (this.chunk?.[this.start] ?? 0) : 0;
  }

  get text(): string | undefined {
    const { chunk, encoding, start, size } = this;
    if (encoding === undefined || chunk === undefined) return undefined;
    const end = start + size;
    return chunk.toString(encoding, start, size > 0 && chunk[end - 1] === 0x0d ? end - 1 : end);
  }

  get bytes(): Uint8Array {
    const { chunk, start, offset, size, held } = this;
    return withoutReturn(chunk ? chunk.subarray(start, start + size) : held.reread!(offset, size));
  }
}

const withoutReturn = (bytes: Uint8Array): Uint8Array => (bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes);
