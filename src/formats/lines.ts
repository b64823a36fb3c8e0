/** One line of a file, without its end. */
export interface Line {
  /** Undefined when the line is larger than the cap. */
  readonly bytes: Uint8Array | undefined;
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

/** As {@link linesOf}, for a caller that has the chunks: a line costs no turn of the event loop. */
export class LineSplitter {
  private pieces: Uint8Array[] = [];
  private size = 0;

  /** Begins in the middle of a file, where `line` lines and `offset` bytes lie before. */
  constructor(
    private readonly cap = maxLineBytes,
    private line = 0,
    private offset = 0,
  ) {}

  *push(chunk: Uint8Array): Generator<Line> {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      this.keep(chunk.subarray(from, end));
      from = end + 1;
      yield this.take(false);
    }
    if (from < chunk.length) this.keep(chunk.subarray(from));
  }

  /** What follows the last line end. */
  *end(): Generator<Line> {
    if (this.size > 0) yield this.take(true);
  }

  private keep(piece: Uint8Array): void {
    this.size += piece.length;
    if (this.size > this.cap) this.pieces = [];
    else this.pieces.push(piece);
  }

  private take(last: boolean): Line {
    const { pieces, size, offset } = this;
    const bytes = size > this.cap ? undefined : withoutReturn(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces));
    this.pieces = [];
    this.size = 0;
    this.offset += size + 1;
    return { bytes, line: ++this.line, offset, size, last };
  }
}

const withoutReturn = (bytes: Uint8Array): Uint8Array => (bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes);
