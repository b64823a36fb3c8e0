/**
 * The text of the value at a path of keys, exactly as the document has it: duplicate keys, long integers and escapes
 * survive, which `JSON.parse` would lose. The last one counts where a key stands twice, as in `JSON.parse`. The text
 * must be JSON.
 */
export function rawValueAt(text: string, path: readonly string[]): string | undefined {
  let from = 0;
  let to = text.length;
  for (const key of path) {
    const span = memberOf(text, from, key);
    if (span === undefined) return undefined;
    [from, to] = span;
  }
  return text.slice(from, to).trim();
}

/** Where the value of a key of the object at `from` begins and ends. */
function memberOf(text: string, from: number, wanted: string): [from: number, to: number] | undefined {
  let at = pastBlanks(text, from);
  let found: [number, number] | undefined;
  if (text[at] !== '{') return undefined;
  for (at = pastBlanks(text, at + 1); text[at] === '"'; at = pastBlanks(text, at + 1)) {
    const keyEnd = pastString(text, at);
    const start = pastBlanks(text, pastBlanks(text, keyEnd) + 1);
    const end = pastValue(text, start);
    if (isKey(text, at, keyEnd, wanted)) found = [start, end];
    at = pastBlanks(text, end);
  }
  return found;
}

function isKey(text: string, from: number, to: number, wanted: string): boolean {
  const written = text.slice(from + 1, to - 1);
  return written === wanted || (written.includes('\\') && JSON.parse(text.slice(from, to)) === wanted);
}

function pastBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= 0x20) at++;
  return at;
}

/** Behind the closing quote of the string that begins at `from`. */
function pastString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}

function pastValue(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === 0x22) return pastString(text, from);
  if (first !== 0x7b && first !== 0x5b) return pastScalar(text, from);
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = pastString(text, at) - 1;
    else if (code === 0x7b || code === 0x5b) depth++;
    else if ((code === 0x7d || code === 0x5d) && --depth === 0) return at + 1;
  }
  return text.length;
}

function pastScalar(text: string, from: number): number {
  let at = from;
  while (at < text.length && !',}]'.includes(text[at]!)) at++;
  return at;
}
