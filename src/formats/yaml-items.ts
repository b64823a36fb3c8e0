import { type Line, linesOf } from './lines.js';

/** One item of a list, as its lines. */
export interface YamlItem {
  readonly index: number;
  /** 1-based line on which it begins. */
  readonly line: number;
  /** Byte of the file at which that line begins. */
  readonly offset: number;
  /** Undefined when the item is larger than the cap. */
  readonly bytes: Uint8Array | undefined;
  /** The file ends within its last line. */
  readonly cut: boolean;
}

/**
 * Finds the items of a block list below a key on top of a YAML file, without parsing: YAML itself forbids an item to
 * have a line that is not indented deeper than its dash. What is broken in one item leaves the others alone.
 */
export async function* yamlItems(
  chunks: AsyncIterable<Uint8Array>,
  keys: readonly string[],
  cap: number,
): AsyncGenerator<YamlItem | 'found'> {
  const opens = new RegExp(`^(?:\xef\xbb\xbf)?(?:${keys.join('|')})[ \\t]*:[ \\t]*(?:#.*)?$`);
  let state: 'before' | 'within' | 'after' = 'before';
  let indent: number | undefined;
  let item: Gathering | undefined;
  let index = 0;
  for await (const line of linesOf(chunks)) {
    const text = startOf(line);
    if (state === 'before') {
      if (!opens.test(text)) continue;
      state = 'within';
      yield 'found';
    } else if (state === 'within') {
      const dash = /^( *)-(?: |$)/.exec(text)?.[1]?.length;
      indent ??= dash;
      const ends = dash === undefined ? endsList(text, indent) : dash < indent!;
      if ((ends || dash === indent) && item) yield item.done(index++, false);
      if (ends) state = 'after';
      if (ends) item = undefined;
      else if (dash !== undefined && dash === indent) item = new Gathering(line, cap);
      else item?.add(line);
    }
  }
  if (item) yield item.done(index, item.open);
}

/** Enough of a line to see its indentation and its key. */
const startOf = ({ bytes }: Line): string => Buffer.from(bytes?.subarray(0, 200) ?? []).toString('latin1');

function endsList(text: string, indent: number | undefined): boolean {
  if (/^\s*(?:#.*)?$/.test(text)) return false;
  const depth = /^ */.exec(text)![0].length;
  return depth <= (indent ?? 0);
}

class Gathering {
  open = false;
  private readonly pieces: Uint8Array[] = [];
  private size = 0;
  private readonly first: Pick<Line, 'line' | 'offset'>;

  constructor(
    first: Line,
    private readonly cap: number,
  ) {
    this.first = { line: first.line, offset: first.offset };
    this.add(first);
  }

  add({ bytes, size, last }: Line): void {
    this.size += size + 1;
    this.open = last;
    if (bytes === undefined) this.size += this.cap;
    else if (this.size <= this.cap) this.pieces.push(bytes, newline);
  }

  done(index: number, cut: boolean): YamlItem {
    const bytes = this.size > this.cap ? undefined : Buffer.concat(this.pieces);
    return { index, ...this.first, bytes, cut };
  }
}

const newline = Buffer.from('\n');
