import { type JsonPlace, ListPlace, pastBlanks, withoutNull } from './json-place.js';
import { ObjectPlace } from './object-place.js';

/**
 * What `isKept` asks of two values, asked of their texts, each from its first byte to behind its last; a value that is
 * absent begins at -1. False may only ask for a closer look.
 */
type IsKept = (bytes: Uint8Array, was: number, wasTo: number, is: number, isTo: number) => boolean;

/** How texts that fit one place compare with texts that fit another. */
function keptText(sent: JsonPlace, came: JsonPlace): IsKept {
  const [was, is] = [withoutNull(sent), withoutNull(came)];
  if (was instanceof ObjectPlace && is instanceof ObjectPlace) return membersKept(was, is);
  return was instanceof ListPlace && is instanceof ListPlace ? itemsKept(was, is) : isSame;
}

interface Pair {
  readonly was: number;
  readonly is: number;
  readonly isKept: IsKept;
}

/** Whether members of these names are kept between two objects that their places have matched last. */
export class KeptMembers {
  private readonly pairs: readonly Pair[];

  constructor(
    private readonly sent: ObjectPlace,
    private readonly came: ObjectPlace,
    names: readonly string[],
  ) {
    this.pairs = names.map((name) => {
      const [was, is] = [sent.names.indexOf(name), came.names.indexOf(name)];
      return { was, is, isKept: was < 0 || is < 0 ? isSame : keptText(sent.placeOf(was), came.placeOf(is)) };
    });
  }

  areKept(bytes: Uint8Array): boolean {
    const { sent, came } = this;
    for (const { was, is, isKept } of this.pairs) {
      const [from, other] = [sent.startOf(was), came.startOf(is)];
      if (isNothing(bytes, from) || isNothing(bytes, other)) {
        if (!isNothing(bytes, from) || !isNothing(bytes, other)) return false;
      } else if (!isKept(bytes, from, sent.endOf(was), other, came.endOf(is))) return false;
    }
    return true;
  }
}

function membersKept(sent: ObjectPlace, came: ObjectPlace): IsKept {
  const members = new KeptMembers(sent, came, [...new Set([...sent.names, ...came.names])]);
  return (bytes, was, wasTo, is, isTo) =>
    isSame(bytes, was, wasTo, is, isTo) ||
    (sent.match(bytes, was) === wasTo && came.match(bytes, is) === isTo && members.areKept(bytes));
}

function itemsKept({ item: sent }: ListPlace, { item: came }: ListPlace): IsKept {
  const isKept = keptText(sent, came);
  return (bytes, was, wasTo, is, isTo) => {
    if (isSame(bytes, was, wasTo, is, isTo)) return true;
    let [one, other] = [was, is];
    do {
      [one, other] = [pastBlanks(bytes, one + 1), pastBlanks(bytes, other + 1)];
      const [oneTo, otherTo] = [sent.match(bytes, one), came.match(bytes, other)];
      if (oneTo < 0 || otherTo < 0 || !isKept(bytes, one, oneTo, other, otherTo)) return false;
      [one, other] = [pastBlanks(bytes, oneTo), pastBlanks(bytes, otherTo)];
      if (bytes[one] !== bytes[other]) return false;
    } while (bytes[one] === comma);
    return true;
  };
}

const comma = 0x2c;

/** Null, absent and the empty list are one value. */
function isNothing(bytes: Uint8Array, from: number): boolean {
  if (from < 0 || bytes[from] === 0x6e) return true;
  return bytes[from] === 0x5b && bytes[pastBlanks(bytes, from + 1)] === 0x5d;
}

function isSame(bytes: Uint8Array, was: number, wasTo: number, is: number, isTo: number): boolean {
  if (wasTo - was !== isTo - is) return false;
  for (let at = was; at < wasTo; at++) if (bytes[at] !== bytes[is + at - was]) return false;
  return true;
}
