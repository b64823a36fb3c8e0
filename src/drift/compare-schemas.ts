import { generalPointer } from '../finding/finding.js';
import { type Acceptor, acceptorOf } from './acceptor.js';
import { draw } from './draw.js';
import { canonical } from './normal-keywords.js';
import { type Dialect, type Direction, dialectOf, normalSchema, type SchemaSource } from './normal-schema.js';
import type { Node } from './shape.js';
import { shrunk } from './shrunk.js';
import { draws, suspect } from './suspect.js';
import type { DifferenceKind, Effect, Side, Suspicion } from './suspicion.js';

/** A value that shows a difference: one side accepts it and the other refuses it, by ajv. */
export interface Witness {
  readonly value: unknown;
  readonly acceptedBy: Side;
}

/** `review`: it may break somebody and no value proves it, or only a reader of the document can tell. */
export type DriftVerdict = 'breaking' | 'review' | 'safe';

/** One place where two schemas say different things, whom that breaks, and a value that shows it where one was found. */
export interface SchemaDifference {
  /** JSON pointer into the value; the first item stands for a list, `*` for any other field. */
  readonly pointer: string;
  /** `other`: a value that both schemas were tried with shows it, and nothing that was read explains it. */
  readonly kind: DifferenceKind | 'other';
  /** Stable name of the change: `null allowed`, `enum value "other" added`. */
  readonly rule: string;
  readonly before: string;
  readonly after: string;
  readonly verdict: DriftVerdict;
  /** Undefined: the difference is unproven. */
  readonly witness: Witness | undefined;
}

/** Which way the data goes, and how each of the two schemas is to be read. */
export interface CompareOptions {
  /**
   * `request`: senders wrote to `a`, so what `b` no longer takes breaks them; `response`: readers read by `a`, so what
   * `b` may newly say breaks them.
   */
  readonly direction: Direction;
  /** How each side is to be read; told by `$schema` and by what the schema holds when left out. */
  readonly dialects?: { readonly a?: Dialect; readonly b?: Dialect };
}

/**
 * What changes between two JSON Schemas (draft-07, 2019-09, 2020-12, OpenAPI 3.0 or 3.1), and whom it breaks. Titles,
 * descriptions, order and other spellings of the same are no differences. Throws `unreadable` for a schema that is none.
 */
export function compareSchemas(
  a: unknown,
  b: unknown,
  { direction, dialects = {} }: CompareOptions,
): SchemaDifference[] {
  return compareSides(
    { schema: a, dialect: dialects.a ?? dialectOf(a), name: 'a' },
    { schema: b, dialect: dialects.b ?? dialectOf(b), name: 'b' },
    direction,
  ).differences;
}

export interface ComparedSide extends SchemaSource {
  /** A second judge beside ajv, such as the schema that the JSON Schema was made of. */
  readonly judge?: Acceptor;
}

export interface SchemaComparison {
  readonly differences: SchemaDifference[];
  /** The schemas differ so much that not all of it was looked at. */
  readonly cut: boolean;
}

export function compareSides(a: ComparedSide, b: ComparedSide, direction: Direction): SchemaComparison {
  const [left, right] = [normalSchema(a, direction), normalSchema(b, direction)];
  if (canonical(left) === canonical(right) && !a.judge && !b.judge) return { differences: [], cut: false };
  const jury: Jury = {
    a: judgesOf(acceptorOf(left, a.name), a.judge),
    b: judgesOf(acceptorOf(right, b.name), b.judge),
  };
  const { found, cut, looped } = suspect([left.root], [right.root]);
  const differences = found.map((suspicion) => proven(suspicion, jury, direction));
  const nodes = { a: [left.root], b: [right.root] };
  const rest = unexplained(nodes, explainedBy(differences, looped), jury, direction);
  return { differences: [...differences, ...rest], cut };
}

interface Judges {
  /** Where ajv refuses a value: what a schema says is read off, so it is explained where a difference is reported. */
  readonly read: Acceptor;
  /** Where the second judge refuses what ajv accepts: nothing that was read explains it. */
  readonly unread: Acceptor;
  readonly accepts: (value: unknown) => boolean;
}

type Jury = Readonly<Record<Side, Judges>>;

function judgesOf(read: Acceptor, unread: Acceptor = () => []): Judges {
  return { read, unread, accepts: (value) => read(value).length === 0 && unread(value).length === 0 };
}

/** The side whose values break somebody when the other refuses them. */
const breakingSide = (direction: Direction): Side => (direction === 'request' ? 'a' : 'b');
const other = (side: Side): Side => (side === 'a' ? 'b' : 'a');

function proven({ tries, effect, ...rest }: Suspicion, jury: Jury, direction: Direction): SchemaDifference {
  let witness: Witness | undefined;
  for (const side of sidesOf(effect, breakingSide(direction)))
    witness ??= witnessOf(tries(side), rest.pointer, side, jury);
  return { ...rest, verdict: verdictOf(effect, witness, breakingSide(direction)), witness };
}

function sidesOf(effect: Effect, first: Side): readonly Side[] {
  if (effect === 'both') return [first, other(first)];
  if (effect === 'meaning') return [];
  return [effect === 'narrower' || effect === 'described' ? 'a' : 'b'];
}

function witnessOf(values: Iterable<unknown>, pointer: string, side: Side, jury: Jury): Witness | undefined {
  for (const value of values) {
    if (!jury[side].accepts(value)) continue;
    if (jury[other(side)].read(value).some((place) => covers(place, pointer) || covers(pointer, place)))
      return { value, acceptedBy: side };
  }
  return undefined;
}

/** Whether the second place is the first or lies below it; any field answers to `*`. */
function covers(above: string, below: string): boolean {
  const [left, right] = [above, below].map((each) => generalPointer(each).split('/')) as [string[], string[]];
  if (left.length > right.length) return false;
  return left.every((step, at) => step === right[at] || step === '*' || right[at] === '*');
}

/** A field that comes or goes where any field may stand is a matter of documentation, whatever could stand there. */
function verdictOf(effect: Effect, witness: Witness | undefined, breaking: Side): DriftVerdict {
  if (effect === 'described') return 'safe';
  if (effect === 'forgotten' || effect === 'meaning') return 'review';
  if (witness !== undefined) return witness.acceptedBy === breaking ? 'breaking' : 'safe';
  const harmless: Effect = breaking === 'a' ? 'wider' : 'narrower';
  return effect === harmless ? 'safe' : 'review';
}

/** Differences that no reading found: values of one side that the other refuses at places where nothing was reported. */
function unexplained(
  nodes: Readonly<Record<Side, Node>>,
  explained: (place: string) => boolean,
  jury: Jury,
  direction: Direction,
): SchemaDifference[] {
  const more: SchemaDifference[] = [];
  for (const side of ['a', 'b'] as const) {
    const place = (value: unknown) =>
      jury[side].accepts(value) ? unexplainedPlace(value, jury[other(side)], explained) : undefined;
    for (const value of draws((choose) => draw(nodes[side], choose))) {
      const pointer = value === undefined ? undefined : place(value);
      if (pointer === undefined || more.some((each) => each.pointer === pointer)) continue;
      const smallest = shrunk(value, (smaller) => place(smaller) === pointer);
      more.push(unforeseen({ value: smallest, acceptedBy: side }, pointer, breakingSide(direction)));
    }
  }
  return more;
}

function unexplainedPlace(
  value: unknown,
  { read, unread }: Judges,
  explained: (place: string) => boolean,
): string | undefined {
  const places = read(value);
  if (places.length === 0) return unread(value)[0];
  return places.some(explained) ? undefined : places.at(-1);
}

/** Whether a difference was reported at the place or above it, or, within a loop, at its namesake on another level. */
function explainedBy(differences: readonly SchemaDifference[], looped: boolean): (place: string) => boolean {
  const pointers = differences.map(({ pointer }) => pointer);
  const last = (pointer: string) => generalPointer(pointer).split('/').at(-1) ?? '';
  const names = new Set(looped ? pointers.map(last) : []);
  return (place) => names.has(last(place)) || pointers.some((pointer) => covers(pointer, place));
}

function unforeseen(witness: Witness, pointer: string, breaking: Side): SchemaDifference {
  const refused = witness.acceptedBy === 'a';
  return {
    pointer,
    kind: 'other',
    rule: `an unforeseen value ${refused ? 'refused' : 'accepted'}`,
    before: refused ? 'accepted' : 'refused',
    after: refused ? 'refused' : 'accepted',
    verdict: witness.acceptedBy === breaking ? 'breaking' : 'safe',
    witness,
  };
}
