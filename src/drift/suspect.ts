import { Dice } from '../derive/dice.js';
import { draw, drawType } from './draw.js';
import { canonical } from './normal-keywords.js';
import { idOf, shapeOf } from './read-shape.js';
import { type Node, type ObjectRule, type Shape, type ShapeType, shapeTypes } from './shape.js';
import { compareArrays } from './suspect-array.js';
import { compareBooleans, compareNumbers, compareStrings } from './suspect-leaf.js';
import { compareObjects } from './suspect-object.js';
import { effectOf, type Place, type Report, type Search, type Side, type Suspicion } from './suspicion.js';

/** Two documents that differ more than this are two documents. */
const mostDifferences = 1000;
/** Steps after which a comparison of schemas that fan out without end gives up. */
const mostSteps = 200_000;

export interface Suspicions {
  readonly found: readonly Suspicion[];
  /** The comparison ended before the schemas did. */
  readonly cut: boolean;
  /** A place was left out because it stands within itself: what differs there differs at every depth. */
  readonly looped: boolean;
}

/** Every difference that can be read off two schemas, each place once; recursion ends where it began. */
export function suspect(a: Node, b: Node): Suspicions {
  const found: Suspicion[] = [];
  const open = new Set<string>();
  const equal = new Set<string>();
  let steps = 0;
  let reported = 0;
  let trials = 0;
  let looped = false;
  const exhausted = () => steps > mostSteps || found.length >= mostDifferences;

  const search: Search = {
    report(place, { tries, ...rest }) {
      reported++;
      if (trials > 0 || exhausted()) return;
      found.push({ ...rest, pointer: place.pointer, tries: (side) => wholes(place, tries, side) });
    },
    compare(left, right, place) {
      if (left === right || exhausted()) return;
      const key = `${idOf(left)}|${idOf(right)}`;
      if (open.has(key)) looped = true;
      if (open.has(key) || equal.has(key)) return;
      steps++;
      const before = reported;
      open.add(key);
      compareShapes(left, right, place, search);
      open.delete(key);
      if (reported === before) equal.add(key);
    },
    trial(comparison) {
      const before = reported;
      trials++;
      comparison();
      trials--;
      return reported - before;
    },
  };
  search.compare(a, b, { pointer: '', around: (value) => value });
  return { found, cut: exhausted(), looped };
}

function* wholes(place: Place, tries: Report['tries'], side: Side): Iterable<unknown> {
  for (const value of tries(side)) {
    const whole = value === undefined ? undefined : place.around(value, side);
    if (whole !== undefined) yield whole;
  }
}

/** Types first, then what is said about the types that both have. */
function compareShapes(a: Node, b: Node, place: Place, search: Search): void {
  const [left, right] = [shapeOf(a), shapeOf(b)];
  compareTypes(left, right, place, search);
  compareDefaults(a, b, place, search);
  for (const type of shapeTypes)
    if (left[type].length > 0 && right[type].length > 0)
      compareAlternatives({ type, left, right, a, b }, place, search);
}

function compareTypes(left: Shape, right: Shape, place: Place, search: Search): void {
  const lost = shapeTypes.filter((type) => left[type].length > 0 && right[type].length === 0);
  const gained = shapeTypes.filter((type) => left[type].length === 0 && right[type].length > 0);
  const free = [left, right].some((shape) => ['any', 'null', 'nothing'].includes(label(shape)));
  const typeLost = lost.filter((type) => type !== 'null' || free);
  const typeGained = gained.filter((type) => type !== 'null' || free);
  if (typeLost.length + typeGained.length > 0) {
    const [before, after] = [label(left), label(right)];
    search.report(place, {
      kind: 'type',
      rule: `type ${before} → ${after}`,
      before,
      after,
      effect: effectOf(typeLost.length > 0, typeGained.length > 0),
      tries: (side) =>
        side === 'a' ? typeLost.map((type) => drawType(left, type)) : typeGained.map((type) => drawType(right, type)),
    });
  }
  if (free || (!lost.includes('null') && !gained.includes('null'))) return;
  search.report(place, {
    kind: 'null',
    rule: gained.includes('null') ? 'null allowed' : 'null refused',
    before: gained.includes('null') ? 'not null' : 'nullable',
    after: gained.includes('null') ? 'nullable' : 'not null',
    effect: effectOf(lost.includes('null'), gained.includes('null')),
    tries: () => [null],
  });
}

/** The types that a shape admits beside null, as a person names them. */
function label(shape: Shape): string {
  const types = shapeTypes.filter((type) => shape[type].length > 0);
  if (types.length === shapeTypes.length) return 'any';
  if (types.length === 0) return 'nothing';
  const named = types.filter((type) => type !== 'null');
  const integers = shape.number.length > 0 && shape.number.every(({ integer }) => integer);
  return named.map((type) => (type === 'number' && integers ? 'integer' : type)).join('|') || 'null';
}

function compareDefaults(a: Node, b: Node, place: Place, { report }: Search): void {
  const [left, right] = [defaultOf(a), defaultOf(b)];
  if (left === undefined || right === undefined || left === right) return;
  const rule = `default ${left} → ${right}`;
  report(place, { kind: 'default', rule, before: left, after: right, effect: 'meaning', tries: () => [] });
}

function defaultOf(node: Node): string | undefined {
  const own = node.find((schema) => typeof schema === 'object' && Object.hasOwn(schema, 'default'));
  return own === undefined || typeof own === 'boolean' ? undefined : canonical(own.default);
}

interface Alternatives {
  readonly type: ShapeType;
  readonly left: Shape;
  readonly right: Shape;
  readonly a: Node;
  readonly b: Node;
}

/** Alternatives of one type are paired: the equal ones first, then those that name themselves alike, then the nearest. */
function compareAlternatives(sides: Alternatives, place: Place, search: Search): void {
  const { type, left, right } = sides;
  const count = left[type].length + right[type].length;
  const match = (at: number, other: number) => compareRules(sides, at, other, place, search);
  const distance = (at: number, other: number) => search.trial(() => match(at, other));
  const { pairs, gone, come } = count === 2 ? onlyPair : pairing(sides, distance);
  for (const [at, other] of pairs) match(at, other);
  for (const at of gone) reportOption(sides, 'a', at, place, search);
  for (const at of come) reportOption(sides, 'b', at, place, search);
}

interface Pairing {
  readonly pairs: [number, number][];
  readonly gone: number[];
  readonly come: number[];
}

const onlyPair: Pairing = { pairs: [[0, 0]], gone: [], come: [] };

/** More pairs than this are not tried one by one. */
const mostTrials = 400;

function pairing({ type, left, right }: Alternatives, distance: (at: number, other: number) => number): Pairing {
  const gone = left[type].map((_, at) => at);
  const come = right[type].map((_, at) => at);
  const pairs: [number, number][] = [];
  const take = (at: number, other: number) => {
    gone.splice(gone.indexOf(at), 1);
    come.splice(come.indexOf(other), 1);
    pairs.push([at, other]);
  };
  const names = type === 'object' ? selfNames(left.object, right.object) : undefined;
  if (names !== undefined) {
    for (const at of [...gone]) {
      const other = come.find((each) => names.right[each] === names.left[at]);
      if (other !== undefined) take(at, other);
    }
    return { pairs, gone, come };
  }
  if (gone.length * come.length > mostTrials) {
    for (const at of [...gone]) if (come.includes(at)) take(at, at);
    return { pairs, gone, come };
  }
  const distances = gone
    .flatMap((at) => come.map((other) => ({ at, other, far: distance(at, other) })))
    .sort((x, y) => x.far - y.far);
  const near = ({ at, other, far }: (typeof distances)[number]) =>
    left[type].length === right[type].length || far <= sizeOf(left[type][at]!) + sizeOf(right[type][other]!);
  for (const pair of distances)
    if (near(pair) && gone.includes(pair.at) && come.includes(pair.other)) take(pair.at, pair.other);
  return { pairs, gone, come };
}

/** Half as many differences as both have fields together still make a pair. */
const sizeOf = (rule: object): number => ('fields' in rule ? (rule as ObjectRule).fields.size / 4 : 0);

/** The value by which each alternative names itself, where one field does that on both sides. */
function selfNames(left: readonly ObjectRule[], right: readonly ObjectRule[]) {
  const all = [...left, ...right];
  for (const field of all[0]?.required ?? []) {
    const nameOf = (rule: ObjectRule): string | undefined => {
      const node = rule.required.has(field) ? rule.fields.get(field) : undefined;
      const values = node === undefined ? [] : shapeOf(node).string.flatMap(({ values: list }) => list ?? []);
      return values.length === 1 ? values[0] : undefined;
    };
    const names = { left: left.map(nameOf), right: right.map(nameOf) };
    const distinct = (list: (string | undefined)[]) => !list.includes(undefined) && new Set(list).size === list.length;
    if (distinct(names.left) && distinct(names.right)) return names;
  }
  return undefined;
}

function reportOption(sides: Alternatives, side: Side, at: number, place: Place, { report }: Search): void {
  const { type, left, right } = sides;
  const shape = side === 'a' ? left : right;
  const alone = { ...shape, [type]: [shape[type][at]] } as Shape;
  report(place, {
    kind: 'option',
    rule: side === 'a' ? `one way to be ${withArticle(type)} removed` : `another way to be ${withArticle(type)} added`,
    before: `${left[type].length} ways`,
    after: `${right[type].length} ways`,
    effect: effectOf(side === 'a', side === 'b'),
    tries: () => draws((choose) => drawType(alone, type, choose)),
  });
}

const withArticle = (type: ShapeType): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

function compareRules(sides: Alternatives, at: number, other: number, place: Place, search: Search): void {
  const { type, left, right } = sides;
  compareConditions(sides, left[type][at]!.conditions, right[type][other]!.conditions, place, search);
  switch (type) {
    case 'boolean':
      compareBooleans(left.boolean[at]!, right.boolean[other]!, place, search);
      break;
    case 'number':
      compareNumbers(left.number[at]!, right.number[other]!, place, search);
      break;
    case 'string':
      compareStrings(left.string[at]!, right.string[other]!, place, search);
      break;
    case 'array':
      compareArrays(left.array[at]!, right.array[other]!, place, search);
      break;
    case 'object':
      compareObjects(left.object[at]!, right.object[other]!, place, search);
      break;
  }
}

function compareConditions(
  { a, b }: Alternatives,
  left: readonly string[],
  right: readonly string[],
  place: Place,
  { report }: Search,
): void {
  const gone = left.filter((text) => !right.includes(text));
  const come = right.filter((text) => !left.includes(text));
  if (gone.length + come.length === 0) return;
  const keyword = (text: string) => text.slice(0, text.indexOf(':'));
  const [before, after] = [gone, come].map((texts) => texts.map(keyword).join(', ') || 'none') as [string, string];
  report(place, {
    kind: 'condition',
    rule: `condition ${before} → ${after}`,
    before: gone.join('; ') || 'none',
    after: come.join('; ') || 'none',
    effect: effectOf(come.length > 0, gone.length > 0),
    tries: (side) => draws((choose) => draw(side === 'a' ? a : b, choose)),
  });
}

/** How many values are drawn where nothing says which one would show a difference. */
const drawn = 200;

/** The smallest value, then others, always the same ones. */
export function* draws(value: (choose: (count: number) => number) => unknown): Iterable<unknown> {
  yield value(() => 0);
  const dice = new Dice(1, 2);
  for (let at = 0; at < drawn; at++) yield value((count) => dice.below(count));
}
