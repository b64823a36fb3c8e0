/** One line of a file, without its end. */
export interface Line {
  /** Undefined when the line is larger than the cap. */
  readonly bytes: Uint8Array | undefined;
  /** 1-based. */
  readonly line: number;
  readonly size: number;
  /** No line end follows: the file may have been cut here. */
  readonly last: boolean;
}

/** Bytes beyond which a line is reported and not kept. */
export const maxLineBytes = 16 * 1024 * 1024;

/** Splits bytes into lines; LF and CRLF end one. Memory holds one line of at most `cap` bytes. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, cap = maxLineBytes): AsyncGenerator<Line> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  let line = 0;
  const take = (last: boolean): Line => {
    const bytes = size > cap ? undefined : withoutReturn(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces));
    const taken = { bytes, line: ++line, size, last };
    pieces = [];
    size = 0;
    return taken;
  };
  const keep = (piece: Uint8Array) => {
    size += piece.length;
    if (size > cap) pieces = [];
    else pieces.push(piece);
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      keep(chunk.subarray(from, end));
      from = end + 1;
      yield take(false);
    }
    if (from < chunk.length) keep(chunk.subarray(from));
  }
  if (size > 0) yield take(true);
}

const withoutReturn = (bytes: Uint8Array): Uint8Array => (bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes);
