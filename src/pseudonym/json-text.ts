/** What is done with the parts of a JSON text; `Place` is what the caller knows about where a value stands. */
export interface JsonVisitor<Place> {
  /** `key` is undefined for the items of a list. */
  within(place: Place, key: string | undefined): Place;
  key(name: string, place: Place): string;
  text(value: string, place: Place): string;
  /** A number as written. */
  number(value: string, place: Place): string;
  /** What is no JSON. */
  other(text: string): string;
}

interface Level<Place> {
  readonly place: Place;
  readonly isList: boolean;
  /** Undefined where a key is expected. */
  key: string | undefined;
}

/** Anything but a string; a number ends where one may end, or it is part of a text that is no JSON. */
const token = /[{}[\],]|[\s:]+|-?\d[\d.eE+-]*(?=[\s,\]}]|$)|[^"{}[\],]+/y;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const plain = /^[\s:]*(?:true|false|null)?[\s:]*$/;

/**
 * A JSON text with other values: blanks, order, duplicate keys and whatever else the text has of its own stay as they
 * are, and so does what is broken about it.
 */
export function rewriteJson<Place>(text: string, root: Place, visitor: JsonVisitor<Place>): string {
  const levels: Level<Place>[] = [];
  const done: string[] = [];
  const here = (): Place => {
    const level = levels.at(-1);
    return level === undefined ? root : visitor.within(level.place, level.isList ? undefined : level.key);
  };
  for (let at = 0; at < text.length; ) {
    const read = tokenAt(text, at);
    at += read.length;
    const level = levels.at(-1);
    if (read.startsWith('"')) done.push(string(read, level, here, visitor));
    else if (number.test(read)) done.push(visitor.number(read, here()));
    else done.push(/^[{}[\],]$/.test(read) || plain.test(read) ? read : visitor.other(read));
    if (read === '{' || read === '[') levels.push({ place: here(), isList: read === '[', key: undefined });
    else if (read === '}' || read === ']') levels.pop();
    else if (read === ',' && level) level.key = undefined;
  }
  return done.join('');
}

function string<Place>(
  raw: string,
  level: Level<Place> | undefined,
  here: () => Place,
  visitor: JsonVisitor<Place>,
): string {
  const value = parsed(raw);
  if (value === undefined) return visitor.other(raw);
  const isKey = level !== undefined && !level.isList && level.key === undefined;
  if (isKey) level.key = value;
  const other = isKey ? visitor.key(value, level.place) : visitor.text(value, here());
  return other === value ? raw : JSON.stringify(other);
}

function tokenAt(text: string, at: number): string {
  if (text[at] === '"') return text.slice(at, endOfString(text, at));
  token.lastIndex = at;
  return token.exec(text)![0];
}

/** Behind the closing quote, or the end of the text where there is none. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}

function parsed(raw: string): string | undefined {
  try {
    return JSON.parse(raw) as string;
  } catch {
    return undefined;
  }
}
