/**
 * A place of a JSON document, recognised on the bytes as they are written: nothing is parsed and nothing is made. Only
 * the plainest writing is: no escape, no U+FFFD, no number of more than 15 digits, no key twice. What else may be in
 * order takes a closer look. The bytes must be UTF-8 and end in a line feed, which no place reads past.
 */
export interface JsonPlace {
  /**
   * The offset behind the value that begins at `at`; -1 where it is another value, or one for a closer look. Behind a
   * scalar anything may follow: whoever holds it sees that `12` is no 1.
   */
  match(bytes: Uint8Array, at: number): number;
}

export const quote = 0x22;
export const comma = 0x2c;
const bracket = 0x5b;
const closingBracket = 0x5d;

/** Behind spaces, tabs and carriage returns. */
export function pastBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at]! <= 0x20 && (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0d)) at++;
  return at;
}

/** Never: what stands here takes a closer look. */
export const closerLook: JsonPlace = { match: () => -1 };

/** 1 for a byte that stands for itself within quotes; U+FFFD begins with 0xef, and so does much that is rare. */
const standsForItself = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte > 0x1f && ![quote, 0x5c, 0xef].includes(byte)),
);

/** Behind the text that begins at `from`; -1 where that is none, or one for a closer look. */
export function pastText(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== quote) return -1;
  let at = from + 1;
  while (standsForItself[bytes[at]!] === 1) at++;
  return bytes[at] === quote ? at + 1 : -1;
}

/** Any text. */
export const anyText: JsonPlace = { match: pastText };

/** Text that passes a test. */
export function textPlace(test: (text: string) => boolean): JsonPlace {
  return {
    match(bytes, from) {
      const end = anyText.match(bytes, from);
      return end >= 0 && test(textIn(bytes, from + 1, end - 1)) ? end : -1;
    },
  };
}

/** A number that passes a test. */
export function numberPlace(test: (value: number) => boolean): JsonPlace {
  return {
    match(bytes, from) {
      const end = pastNumber(bytes, from);
      return end >= 0 && test(Number(textIn(bytes, from, end))) ? end : -1;
    },
  };
}

function pastNumber(bytes: Uint8Array, from: number): number {
  const whole = bytes[from] === 0x2d ? from + 1 : from;
  let at = pastDigits(bytes, whole);
  if (at === whole || (bytes[whole] === 0x30 && (at > whole + 1 || whole > from))) return -1;
  if (bytes[at] === 0x2e) {
    const fraction = at + 1;
    at = pastDigits(bytes, fraction);
    if (at === fraction) return -1;
  }
  return at - whole > 15 || bytes[at] === 0x65 || bytes[at] === 0x45 ? -1 : at;
}

function pastDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at]! >= 0x30 && bytes[at]! <= 0x39) at++;
  return at;
}

/** One of a few scalars, each as `JSON.stringify` writes it. */
export function literalPlace(values: readonly (string | number | boolean | null)[]): JsonPlace {
  const written = values.map((value) => Buffer.from(JSON.stringify(value)));
  return {
    match(bytes, at) {
      for (const each of written) if (standsAt(bytes, at, each)) return at + each.length;
      return -1;
    },
  };
}

export function standsAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let index = 0; index < wanted.length; index++) if (bytes[at + index] !== wanted[index]) return false;
  return true;
}

/** What fits one of several places. */
export function anyOf(places: readonly JsonPlace[]): JsonPlace {
  return {
    match(bytes, at) {
      for (const place of places) {
        const end = place.match(bytes, at);
        if (end >= 0) return end;
      }
      return -1;
    },
  };
}

/** Behind the word that begins with an n at `at`; -1 where it is another. */
export function pastNull(bytes: Uint8Array, at: number): number {
  return bytes[at + 1] === 0x75 && bytes[at + 2] === 0x6c && bytes[at + 3] === 0x6c ? at + 4 : -1;
}

/** Null, or what another place takes. */
export class NullablePlace implements JsonPlace {
  constructor(readonly place: JsonPlace) {}

  match(bytes: Uint8Array, at: number): number {
    return bytes[at] === 0x6e ? pastNull(bytes, at) : this.place.match(bytes, at);
  }
}

export const withoutNull = (place: JsonPlace): JsonPlace => (place instanceof NullablePlace ? place.place : place);

/** A list of one kind of item. */
export class ListPlace implements JsonPlace {
  constructor(
    readonly item: JsonPlace,
    private readonly min = 0,
    private readonly max = Number.POSITIVE_INFINITY,
  ) {}

  match(bytes: Uint8Array, from: number): number {
    if (bytes[from] !== bracket) return -1;
    let count = 0;
    let at = pastBlanks(bytes, from + 1);
    if (bytes[at] !== closingBracket)
      for (; ; at = pastBlanks(bytes, at + 1)) {
        at = this.item.match(bytes, at);
        if (at < 0) return -1;
        count++;
        at = pastBlanks(bytes, at);
        if (bytes[at] === closingBracket) break;
        if (bytes[at] !== comma) return -1;
      }
    return count >= this.min && count <= this.max ? at + 1 : -1;
  }
}

/** Bytes of UTF-8 as text. */
export function textIn(bytes: Uint8Array, from: number, to: number): string {
  return (bytes as Buffer).toString('utf8', from, to);
}
