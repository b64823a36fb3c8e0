import { resolved, type Wire } from '../contract/wire.js';
import { escapePointer } from '../exchange/json.js';
import { exampleOf } from './example.js';
import { merged } from './intersection.js';
import { belongs } from './membership.js';
import { minimalOf } from './minimal.js';
import { namedEdges } from './named-edges.js';
import { pairwise } from './pairs.js';

/** A named edge of a place. Items of a list share one place: `/addresses/*`. */
export interface EdgeName {
  readonly pointer: string;
  readonly name: string;
}

/** One value of a place and the edges it shows, its own and those of the places inside. */
export interface EdgeCase {
  /** Cases of one lane are put into one body side by side. */
  readonly lane: string;
  readonly value: unknown;
  readonly covers: readonly EdgeName[];
}

export interface EdgeContext {
  readonly hostile: boolean;
  /** Recursive places on the way here. */
  readonly open: ReadonlySet<string>;
  /** Places with a text too long to stand in every field of one body, counted so far. */
  readonly heavy: { count: number };
}

/** One place of an object or tuple with its cases; the first case is the plain one. */
interface Part {
  readonly key: string;
  readonly cases: readonly EdgeCase[];
}

/** Stands for a key that is left out. */
const absent = Symbol('absent');

/** Texts of 65,536 characters that share a body. */
const heavyPerBody = 4;

/** Values of the tree that show every named edge of every place in it; the first is plain and realistic. */
export function edgeCases(wire: Wire, pointer: string, context: EdgeContext): readonly EdgeCase[] {
  if (wire.kind === 'lazy') return lazyCases(wire, pointer, context);
  const cases = shapeCases({ ...wire, nullable: undefined } as Wire, pointer, context);
  return wire.nullable ? second(cases, { lane: 'null', value: null, covers: [{ pointer, name: 'null' }] }) : cases;
}

/** Before the cases of places inside, so that it comes first in its lane. */
function second([first, ...others]: readonly EdgeCase[], added: EdgeCase): EdgeCase[] {
  return first === undefined ? [added] : [first, added, ...others];
}

function lazyCases(wire: Extract<Wire, { kind: 'lazy' }>, pointer: string, context: EdgeContext): readonly EdgeCase[] {
  if (context.open.has(wire.id)) return [{ lane: 'typical', value: minimalOf(wire), covers: [] }];
  return edgeCases(resolved(wire), pointer, { ...context, open: new Set([...context.open, wire.id]) });
}

function shapeCases(wire: Wire, pointer: string, context: EdgeContext): readonly EdgeCase[] {
  switch (wire.kind) {
    case 'object':
      return objectCases(wire, pointer, context);
    case 'record':
      return recordCases(wire, pointer, context);
    case 'tuple':
      return tupleCases(wire, pointer, context);
    case 'array':
      return arrayCases(wire, pointer, context);
    case 'union':
      return wire.options.flatMap((option, at) => ofOption(edgeCases(option, pointer, context), at));
    case 'intersection':
      return intersectionCases(wire, pointer, context);
    case 'null':
      return [{ lane: 'null', value: null, covers: [{ pointer, name: 'null' }] }];
    default:
      return scalarCases(wire, pointer, context);
  }
}

function scalarCases(wire: Wire, pointer: string, context: EdgeContext): EdgeCase[] {
  const named = namedEdges(wire, context.hostile).map(({ name, lane, value, heavy }) => ({
    lane: heavy ? `heavy-${Math.floor(context.heavy.count++ / heavyPerBody)}` : lane,
    value,
    covers: [{ pointer, name }],
  }));
  if (wire.kind === 'boolean' || wire.kind === 'enum') return named;
  const typical = { lane: 'typical', value: exampleOf(wire, { optional: 'present' }) };
  return [{ ...typical, covers: [{ pointer, name: 'typical' }] }, ...named];
}

function objectCases(wire: Extract<Wire, { kind: 'object' }>, pointer: string, context: EdgeContext): EdgeCase[] {
  const parts = Object.entries(wire.fields).map(([key, field]) =>
    part(key, field.wire, field.optional, `${pointer}/${escapePointer(key)}`, context),
  );
  const cases = together(parts, objectOf);
  if (wire.rest === 'closed') return cases;
  const extra = typeof wire.rest === 'object' ? exampleOf(wire.rest, { optional: 'present' }) : 'unknown';
  const value = { ...(cases[0]!.value as object), [unknownKey(wire.fields)]: extra };
  return [...cases, { lane: 'unknown-key', value, covers: [{ pointer, name: 'unknown-key' }] }];
}

function unknownKey(fields: object): string {
  let key = 'x_unknown';
  while (Object.hasOwn(fields, key)) key += '_';
  return key;
}

function tupleCases(wire: Extract<Wire, { kind: 'tuple' }>, pointer: string, context: EdgeContext): EdgeCase[] {
  const parts = wire.items.map((item, at) => part(String(at), item, false, `${pointer}/${at}`, context));
  const rest = wire.rest ? [part(String(wire.items.length), wire.rest, true, `${pointer}/*`, context)] : [];
  return together([...parts, ...rest], (_, values) => values.filter((value) => value !== absent));
}

/** Keys as in an object when they are listed, else one key with each edge of the key and of the value. */
function recordCases(wire: Extract<Wire, { kind: 'record' }>, pointer: string, context: EdgeContext): EdgeCase[] {
  if (wire.key.kind === 'enum') {
    const keys = wire.key.values.map(String);
    const parts = keys.map((key) => part(key, wire.value, false, `${pointer}/${escapePointer(key)}`, context));
    return together(parts, objectOf);
  }
  const key = exampleOf(wire.key, { optional: 'present' }) as string;
  const values = edgeCases(wire.value, `${pointer}/*`, context);
  const keys = edgeCases(wire.key, `${pointer}/*`, context)
    .filter(({ value }) => typeof value === 'string')
    .slice(1);
  return [
    ...values.map((each) => ({ ...each, value: { [key]: each.value } })),
    { lane: 'absent', value: {}, covers: [{ pointer, name: 'no-key' }] },
    ...keys.map((each) => ({
      ...each,
      value: Object.fromEntries([[each.value, values[0]!.value]]),
      covers: each.covers.map(({ name }) => ({ pointer, name: `key-${name}` })),
    })),
  ];
}

/** Edges of an item stand in three items at once, so that the second and third show them as well. */
function arrayCases(wire: Extract<Wire, { kind: 'array' }>, pointer: string, context: EdgeContext): EdgeCase[] {
  const lengths = listLengths(wire);
  const items = edgeCases(wire.item, `${pointer}/*`, context);
  const plain = items[0]!.value;
  const least = Math.max(1, wire.min);
  const listed = lengths.map((length) => ({
    lane: `list-${length}`,
    value: Array.from({ length }, () => plain),
    covers: [{ pointer, name: `list-${length}` }],
  }));
  if ((wire.max ?? least) < least) return listed;
  const most = Math.max(least, Math.min(wire.max ?? 3, 3));
  const alike = items.map((item) => {
    const alone = item.lane === 'typical' || item.lane.startsWith('heavy-') || holdsList(wire.item);
    const length = alone ? least : most;
    return { ...item, value: Array.from({ length }, (_, at) => (at === 0 || !alone ? item.value : plain)) };
  });
  return [...alike, ...listed];
}

/** Lists within lists stay short: three times three times three is too much to send. */
function holdsList(item: Wire): boolean {
  if (item.kind === 'array' || item.kind === 'tuple' || item.kind === 'lazy') return true;
  if (item.kind === 'record') return holdsList(item.value);
  if (item.kind === 'union') return item.options.some(holdsList);
  if (item.kind === 'intersection') return holdsList(item.left) || holdsList(item.right);
  return item.kind === 'object' && Object.values(item.fields).some(({ wire }) => holdsList(wire));
}

/** Lengths of a list that are tried: 0, 1, 2 and 100 and its bounds, as far as they are allowed. */
export function listLengths({ min, max }: Extract<Wire, { kind: 'array' }>): number[] {
  const lengths = [0, 1, 2, 100, min, ...(max === undefined ? [] : [max])];
  const allowed = lengths.filter((length) => length >= min && length <= Math.min(max ?? 1000, 1000));
  return [...new Set(allowed)].sort((a, b) => a - b);
}

function intersectionCases(
  wire: Extract<Wire, { kind: 'intersection' }>,
  pointer: string,
  context: EdgeContext,
): readonly EdgeCase[] {
  const whole = merged(wire);
  if (whole) return edgeCases(whole, pointer, context);
  const sides = [wire.left, wire.right].flatMap((side, at) => ofOption(edgeCases(side, pointer, context), at));
  const inside = sides.filter(({ value }) => belongs(wire, value));
  return inside.length > 0 ? inside : [{ lane: 'typical', value: minimalOf(wire), covers: [] }];
}

/** Edges of the second and later alternatives say so in their names. */
function ofOption(cases: readonly EdgeCase[], at: number): readonly EdgeCase[] {
  if (at === 0) return cases;
  return cases.map((each) => ({
    ...each,
    covers: each.covers.map(({ pointer, name }) => ({ pointer, name: `${name}@${at + 1}` })),
  }));
}

function part(key: string, wire: Wire, optional: boolean, pointer: string, context: EdgeContext): Part {
  const cases = edgeCases(wire, pointer, context);
  if (!optional) return { key, cases };
  return { key, cases: second(cases, { lane: 'absent', value: absent, covers: [{ pointer, name: 'absent' }] }) };
}

type Build = (parts: readonly Part[], values: readonly unknown[]) => unknown;

function objectOf(parts: readonly Part[], values: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    parts.map(({ key }, at) => [key, values[at]] as const).filter(([, value]) => value !== absent),
  );
}

/** Cases of all parts side by side, lane by lane, then every pair of presences; a part without a case stays plain. */
function together(parts: readonly Part[], build: Build): EdgeCase[] {
  const lanes = new Set(parts.flatMap(({ cases }) => cases.map(({ lane }) => lane)));
  const byLane = ['typical', ...[...lanes].filter((lane) => lane !== 'typical')].flatMap((lane) => {
    const queues = parts.map(({ cases }) => cases.filter((each) => each.lane === lane));
    const rounds = Math.max(lane === 'typical' ? 1 : 0, ...queues.map(({ length }) => length));
    return Array.from({ length: rounds }, (_, round) =>
      joined(lane, parts, (at) => queues[at]![round] ?? { ...parts[at]!.cases[0]!, covers: [] }, build),
    );
  });
  return [...byLane, ...presencePairs(parts, build)];
}

function presencePairs(parts: readonly Part[], build: Build): EdgeCase[] {
  const states = parts.map(({ cases }) => presences(cases));
  const rows = pairwise(states.map(({ length }) => length));
  return rows.map((row, number) => {
    const lane = `pairs-${number}`;
    const chosen = (at: number): EdgeCase => {
      const state = states[at]![row[at]!]!;
      const own = state === states[at]![0] ? parts[at]!.cases.find((each) => each.lane === lane) : undefined;
      return own ?? state;
    };
    return joined(lane, parts, chosen, build);
  });
}

/** Plain, null and absent; of places with few values each of them. */
function presences(cases: readonly EdgeCase[]): EdgeCase[] {
  return cases.filter(
    ({ lane, value }, at) => at === 0 || value === null || value === absent || /^value-[0-7]$/.test(lane),
  );
}

function joined(lane: string, parts: readonly Part[], choose: (at: number) => EdgeCase, build: Build): EdgeCase {
  const chosen = parts.map((_, at) => choose(at));
  const values = chosen.map(({ value }) => value);
  return { lane, value: build(parts, values), covers: chosen.flatMap(({ covers }) => covers) };
}
