import { escapePointer, unescapePointer } from '../exchange/pointer.js';

/** One place of a client's result, and the place of the answer that it comes from; `*` stands for every item. */
export interface Carried {
  readonly from: string;
  readonly to: string;
}

/**
 * What a client hands on, read off one plain answer and what it made of it: places with equal values, told apart by
 * their names where several are equal. Renamed fields, picked fields and flattened objects are recognised alike.
 */
export function carriedBy(answer: unknown, result: unknown): readonly Carried[] {
  const sources = leavesOf(answer);
  const found = leavesOf(result).flatMap(([to, value]): Carried[] => {
    const equal = sources.filter(([, other]) => other === value).map(([from]) => from);
    const from =
      equal.length === 1 && isTelling(value) ? equal[0] : onlyOne(equal.filter((each) => sameName(each, to)));
    return from === undefined ? [] : [general(from, to)];
  });
  return [...new Map(found.map((each) => [`${each.from} ${each.to}`, each])).values()];
}

/** Many places hold true, 1 or an empty text by chance: such a value tells nothing without the name. */
function isTelling(value: unknown): boolean {
  return typeof value === 'string' && value.length > 2;
}

const onlyOne = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

/** By their whole paths, without the way that words are joined in names: `/source_ref/id` and `/sourceRef/id`. */
function sameName(from: string, to: string): boolean {
  const plain = (pointer: string) => pointer.replace(/[_-]/g, '').toLowerCase();
  return plain(from) === plain(to);
}

/** Items keep their places: an index that stands on both sides means any item. */
function general(from: string, to: string): Carried {
  const indices = (pointer: string) => pointer.match(/\/\d+(?=\/|$)/g) ?? [];
  if (indices(from).join() !== indices(to).join()) return { from, to };
  const starred = (pointer: string) => pointer.replace(/\/\d+(?=\/|$)/g, '/*');
  return { from: starred(from), to: starred(to) };
}

type Leaf = readonly [pointer: string, value: unknown];

/** How many places of an answer hold a value. */
export function placesIn(answer: unknown): number {
  return leavesOf(answer).length;
}

/** Every text, number and truth value with its pointer. */
function leavesOf(value: unknown, pointer = ''): Leaf[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [[pointer, value]];
  return Object.entries(value).flatMap(([key, inside]) => leavesOf(inside, `${pointer}/${escapePointer(key)}`));
}

export interface Slip {
  /** Place of the answer, with indices. */
  readonly pointer: string;
  readonly loss: 'lost' | 'altered' | 'invented';
  readonly answered: unknown;
  readonly handedOn: unknown;
}

/** Where a client that hands on `carried` did not do so this time. An absent or null field may become any default. */
export function slipsOf(carried: readonly Carried[], answer: unknown, result: unknown): readonly Slip[] {
  return carried.flatMap(({ from, to }) =>
    [...placesOf(answer, tokensOf(from))].flatMap(({ pointer, value: answered, indices }) => {
      const handedOn = valueAt(result, tokensOf(to), indices);
      const loss = lossOf(answered, handedOn);
      return loss === undefined ? [] : [{ pointer, loss, answered, handedOn }];
    }),
  );
}

function lossOf(answered: unknown, handedOn: unknown): Slip['loss'] | undefined {
  if (answered === undefined || answered === null) return isDefault(handedOn) ? undefined : 'invented';
  if (handedOn === undefined || handedOn === null) return 'lost';
  return answered === handedOn ? undefined : 'altered';
}

function isDefault(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return !value;
  return Object.keys(value).length === 0;
}

const tokensOf = (pointer: string): string[] => pointer.split('/').slice(1).map(unescapePointer);

interface Found {
  readonly pointer: string;
  readonly value: unknown;
  readonly indices: readonly string[];
}

function* placesOf(
  value: unknown,
  tokens: readonly string[],
  pointer = '',
  indices: readonly string[] = [],
): Iterable<Found> {
  const [token, ...rest] = tokens;
  if (token === undefined) yield { pointer, value, indices };
  else if (token === '*') {
    if (!Array.isArray(value)) return;
    for (const [at, item] of value.entries()) yield* placesOf(item, rest, `${pointer}/${at}`, [...indices, String(at)]);
  } else if (typeof value === 'object' && value !== null) {
    const inside = Object.hasOwn(value, token) ? (value as Record<string, unknown>)[token] : undefined;
    yield* placesOf(inside, rest, `${pointer}/${escapePointer(token)}`, indices);
  } else if (value === null || value === undefined) yield { pointer, value: undefined, indices };
}

function valueAt(value: unknown, tokens: readonly string[], indices: readonly string[]): unknown {
  let at = 0;
  let inside = value;
  for (const token of tokens) {
    const key = token === '*' ? indices[at++]! : token;
    if (typeof inside !== 'object' || inside === null || !Object.hasOwn(inside, key)) return undefined;
    inside = (inside as Record<string, unknown>)[key];
  }
  return inside;
}
