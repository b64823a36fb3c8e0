import type { LineStart } from './format.js';
import { maxLineBytes } from './lines.js';

/**
 * For each mark, in rising order, the first line that begins at this byte or behind it, with what lies before it: lines
 * are counted and nothing is parsed, so that a part of a file is told by the same places as the whole. A mark behind the
 * last line gives none.
 */
export async function* lineStarts(
  chunks: AsyncIterable<Uint8Array>,
  marks: Iterable<number>,
): AsyncGenerator<LineStart> {
  const wanted = marks[Symbol.iterator]();
  let mark = wanted.next();
  let [offset, line, index, size, blank] = [0, 0, 0, 0, true];
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; ) {
      while (size === 0 && !mark.done && mark.value <= offset) {
        yield { offset, line, index };
        mark = wanted.next();
      }
      if (mark.done) return;
      const end = chunk.indexOf(0x0a, from);
      const to = end < 0 ? chunk.length : end;
      if (blank) blank = isBlank(chunk, from, to);
      size += to - from;
      from = to;
      if (end < 0) break;
      offset += size + 1;
      line++;
      if (!blank || size > maxLineBytes) index++;
      [size, blank, from] = [0, true, end + 1];
    }
  }
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0d)) at++;
  return at === to;
}

/** The bytes, which begin at `offset`, up to the end of the last line that begins before `end`. */
export async function* untilLine(
  chunks: AsyncIterable<Uint8Array>,
  offset: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  let at = offset;
  for await (const chunk of chunks) {
    const cut = at + chunk.length < end ? -1 : chunk.indexOf(0x0a, Math.max(0, end - 1 - at));
    yield cut < 0 ? chunk : chunk.subarray(0, cut + 1);
    if (cut >= 0) return;
    at += chunk.length;
  }
}
