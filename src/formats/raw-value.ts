const token = /[\s,:]*(?:([{}[\]])|("(?:[^"\\]|\\.)*")|[^\s{}[\],:"]+)/y;

/**
 * The text of the value at a path of keys, exactly as the document has it: duplicate keys, long integers and escapes
 * survive, which `JSON.parse` would lose. The last one counts where a key stands twice, as in `JSON.parse`.
 */
export function rawValueAt(text: string, path: readonly string[]): string | undefined {
  let span: string | undefined = text;
  for (const key of path) span = span === undefined ? undefined : member(span, key);
  return span?.trim();
}

/** The value of one key of the object that `text` is. */
function member(text: string, wanted: string): string | undefined {
  let found: string | undefined;
  token.lastIndex = 0;
  if (token.exec(text)?.[1] !== '{') return undefined;
  for (;;) {
    const key = token.exec(text);
    if (key?.[2] === undefined) return found;
    const start = /[\s:]*/y;
    start.lastIndex = token.lastIndex;
    start.exec(text);
    const from = start.lastIndex;
    if (!skipValue(text)) return found;
    const until: number = token.lastIndex;
    if (JSON.parse(key[2]) === wanted) found = text.slice(from, until);
    token.lastIndex = until;
  }
}

/** Moves `token` past one value; false at the end of the text. */
function skipValue(text: string): boolean {
  let depth = 0;
  do {
    const found = token.exec(text);
    if (found === null) return false;
    const mark = found[1];
    if (mark === '{' || mark === '[') depth++;
    else if (mark !== undefined) depth--;
  } while (depth > 0);
  return true;
}
