import {
  anyText,
  comma,
  type JsonPlace,
  NullablePlace,
  pastBlanks,
  pastNull,
  pastText,
  quote,
  standsAt,
  withoutNull,
} from './json-place.js';

const colon = 0x3a;
const brace = 0x7b;
const closingBrace = 0x7d;

export interface Member {
  readonly place: JsonPlace;
  readonly optional: boolean;
}

/** An object with no other keys than these. It remembers where the values stood in what it matched last. */
export class ObjectPlace implements JsonPlace {
  readonly names: readonly string[];
  private readonly places: readonly JsonPlace[];
  /** 1 where null is a value: most of what an answer says is. */
  private readonly isNullable: Uint8Array;
  /** Each with its closing quote. */
  private readonly keys: readonly Uint8Array[];
  /** 1 where the key must be there. */
  private readonly isRequired: Uint8Array;
  private readonly required: number;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  /** In which round a key was seen last. */
  private readonly seen: Int32Array;
  private round = 0;
  /** Which key came next after each, and first of all: writers keep their order. */
  private readonly next: Int32Array;

  constructor(members: Readonly<Record<string, Member>>) {
    this.names = Object.keys(members);
    const all = Object.values(members);
    this.places = all.map(({ place }) => withoutNull(place));
    this.isNullable = Uint8Array.from(all, ({ place }) => Number(place instanceof NullablePlace));
    this.keys = this.names.map((name) => Buffer.from(JSON.stringify(name).slice(1)));
    this.isRequired = Uint8Array.from(all, ({ optional }) => (optional ? 0 : 1));
    this.required = all.filter(({ optional }) => !optional).length;
    [this.starts, this.ends, this.seen] = [
      new Int32Array(all.length),
      new Int32Array(all.length),
      new Int32Array(all.length),
    ];
    this.next = Int32Array.from({ length: all.length + 1 }, (_, index) => (index + 1) % (all.length + 1));
    this.next[all.length] = 0;
  }

  match(bytes: Uint8Array, from: number): number {
    if (bytes[from] !== brace) return -1;
    const { keys, places, isNullable, isRequired, starts, ends, seen } = this;
    const round = ++this.round;
    let missing = this.required;
    let before = keys.length;
    let at = pastBlanks(bytes, from + 1);
    if (bytes[at] !== closingBrace)
      for (; ; at = pastBlanks(bytes, at + 1)) {
        const index = bytes[at] === quote ? this.keyAt(bytes, at + 1, before) : -1;
        if (index < 0 || seen[index] === round) return -1;
        seen[index] = round;
        missing -= isRequired[index]!;
        at = pastBlanks(bytes, at + 1 + keys[index]!.length);
        if (bytes[at] !== colon) return -1;
        at = pastBlanks(bytes, at + 1);
        starts[index] = at;
        // The two that most values are cost no call.
        if (bytes[at] === 0x6e && isNullable[index] === 1) at = pastNull(bytes, at);
        else at = places[index] === anyText ? pastText(bytes, at) : places[index]!.match(bytes, at);
        if (at < 0) return -1;
        ends[index] = at;
        before = index;
        at = pastBlanks(bytes, at);
        if (bytes[at] === closingBrace) break;
        if (bytes[at] !== comma) return -1;
      }
    return missing === 0 ? at + 1 : -1;
  }

  /** Whether a key stood in what was matched last, or has been matched so far. */
  has(index: number): boolean {
    return this.seen[index] === this.round;
  }

  /** Where the value of a key stood in what was matched last, or has been matched so far; -1 where there was none. */
  startOf(index: number): number {
    return this.seen[index] === this.round ? this.starts[index]! : -1;
  }

  endOf(index: number): number {
    return this.ends[index]!;
  }

  /** Null, where that is a value too, aside. */
  placeOf(index: number): JsonPlace {
    return this.places[index]!;
  }

  private keyAt(bytes: Uint8Array, at: number, before: number): number {
    const likely = this.next[before]!;
    return likely < this.keys.length && standsAt(bytes, at, this.keys[likely]!)
      ? likely
      : this.unlikelyKeyAt(bytes, at, before);
  }

  private unlikelyKeyAt(bytes: Uint8Array, at: number, before: number): number {
    const found = this.keys.findIndex((key) => standsAt(bytes, at, key));
    if (found >= 0) this.next[before] = found;
    return found;
  }
}

/** An object with any keys and one kind of value; where a key stands twice, both must fit. */
export function recordPlace(value: JsonPlace): JsonPlace {
  return {
    match(bytes, from) {
      if (bytes[from] !== brace) return -1;
      let at = pastBlanks(bytes, from + 1);
      if (bytes[at] === closingBrace) return at + 1;
      for (; ; at = pastBlanks(bytes, at + 1)) {
        at = anyText.match(bytes, at);
        if (at < 0) return -1;
        at = pastBlanks(bytes, at);
        if (bytes[at] !== colon) return -1;
        at = value.match(bytes, pastBlanks(bytes, at + 1));
        if (at < 0) return -1;
        at = pastBlanks(bytes, at);
        if (bytes[at] === closingBrace) return at + 1;
        if (bytes[at] !== comma) return -1;
      }
    },
  };
}
