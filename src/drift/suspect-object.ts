import { escapePointer } from '../exchange/json.js';
import { draw, drawType, objectOf, unknownName } from './draw.js';
import { meetObjects } from './meet.js';
import { shapeOf } from './read-shape.js';
import { anything, fieldOf, isNever, type Node, type ObjectRule, shapeTypes } from './shape.js';
import { compareLimits } from './suspect-leaf.js';
import { effectOf, type Place, type Search, type Side } from './suspicion.js';

interface Pair {
  readonly a: ObjectRule;
  readonly b: ObjectRule;
}

export function compareObjects(a: ObjectRule, b: ObjectRule, place: Place, search: Search): void {
  const pair = { a, b };
  for (const name of new Set([...a.fields.keys(), ...b.fields.keys(), ...a.required, ...b.required]))
    compareField(pair, name, place, search);
  compareRest(pair, place, search);
  comparePatterns(pair, place, search);
  const sizes: [string, number | undefined, number | undefined][] = [
    ['minProperties', a.min || undefined, b.min || undefined],
    ['maxProperties', a.max, b.max],
  ];
  compareLimits('size', sizes, objectsOfSize(pair), place, search);
}

function compareField(pair: Pair, name: string, place: Place, search: Search): void {
  const [left, right] = [fieldOf(pair.a, name), fieldOf(pair.b, name)];
  const [inA, inB] = [pair.a.fields.has(name), pair.b.fields.has(name)];
  if (inA !== inB && isOpenOrClosed(inA ? right : left)) {
    fieldCameOrWent(pair, name, inB, place, search);
    return;
  }
  compareRequired(pair, name, place, search);
  search.compare(left, right, fieldPlace(pair, name, place));
}

/** A field that one side does not know by name: anything goes there, or nothing does. */
const isOpenOrClosed = (node: Node): boolean => node.length === 0 || isNever(shapeOf(node));

function fieldCameOrWent(pair: Pair, name: string, came: boolean, place: Place, search: Search): void {
  const [knowing, other] = came ? [pair.b, pair.a] : [pair.a, pair.b];
  const needed = knowing.required.has(name) && !other.required.has(name);
  const closed = fieldOf(other, name).length > 0;
  const forbidden = isNever(shapeOf(fieldOf(knowing, name)));
  if (closed && forbidden) return;
  const takes = closed
    ? effectOf(!came || needed, came || needed)
    : forbidden || needed
      ? effectOf(came, !came)
      : undefined;
  const required = knowing.required.has(name) ? 'required ' : '';
  search.report(besideField(name, place), {
    kind: 'field',
    rule: `${required}field ${came ? 'added' : 'removed'}`,
    before: came ? 'absent' : 'described',
    after: came ? 'described' : 'absent',
    effect: takes ?? (came ? 'described' : 'forgotten'),
    tries: (side) => objectsWith(pair, name, side),
  });
}

/** The object without the field, with a good value, and with anything. */
function* objectsWith(pair: Pair, name: string, side: Side): Iterable<unknown> {
  const host = hostOf(pair, name, side);
  if (host === undefined) return;
  yield host;
  const good = draw(fieldOf(pair[side], name));
  if (good !== undefined) yield { ...host, [name]: good };
  for (const type of shapeTypes) yield { ...host, [name]: drawType(anything, type) };
}

function compareRequired(pair: Pair, name: string, place: Place, search: Search): void {
  const [inA, inB] = [pair.a.required.has(name), pair.b.required.has(name)];
  if (inA === inB) return;
  search.report(besideField(name, place), {
    kind: 'required',
    rule: inB ? 'required now' : 'no longer required',
    before: inA ? 'required' : 'optional',
    after: inB ? 'required' : 'optional',
    effect: effectOf(inB, inA),
    tries: (side) => [hostOf(pair, name, side)],
  });
}

/** The place of a field, told by the whole object, because the field may have to be absent. */
function besideField(name: string, place: Place): Place {
  return { ...place, pointer: `${place.pointer}/${escapePointer(name)}` };
}

function compareRest(pair: Pair, place: Place, search: Search): void {
  const { a, b } = pair;
  const [shutA, shutB] = [a, b].map(({ rest }) => rest.length > 0 && isNever(shapeOf(rest)));
  const at = { ...fieldPlace(pair, unknownName(a, b), place), pointer: `${place.pointer}/*` };
  if (shutA === shutB) {
    if (!shutA) search.compare(a.rest, b.rest, at);
    return;
  }
  search.report(at, {
    kind: 'unknown-fields',
    rule: shutB ? 'unknown fields refused' : 'unknown fields allowed',
    before: shutA ? 'refused' : 'allowed',
    after: shutB ? 'refused' : 'allowed',
    effect: effectOf(shutB === true, shutA === true),
    tries: (side) => [draw(pair[side].rest) ?? 'x'],
  });
}

function comparePatterns(pair: Pair, place: Place, search: Search): void {
  const patterns = new Set([...pair.a.patterns, ...pair.b.patterns].map(([pattern]) => pattern));
  for (const pattern of patterns) {
    const nodeIn = (rule: ObjectRule) =>
      rule.patterns.filter(([other]) => other === pattern).flatMap(([, node]) => node);
    const known = (rule: ObjectRule) => rule.patterns.some(([other]) => other === pattern);
    const name = draw([{ pattern, type: ['string'] }]);
    const at = { ...fieldPlace(pair, String(name), place), pointer: `${place.pointer}/*` };
    const node = (rule: ObjectRule) => (known(rule) ? nodeIn(rule) : rule.rest);
    search.compare(node(pair.a), node(pair.b), at);
  }
}

/** A field of both objects, in the smallest object that both would take. */
function fieldPlace(pair: Pair, name: string, place: Place): Place {
  return {
    ...besideField(name, place),
    around: (value, side) => {
      const host = hostOf(pair, name, side);
      return host === undefined || value === undefined ? undefined : place.around({ ...host, [name]: value }, side);
    },
  };
}

/** The smallest object without the field that both sides would take, or this side alone. */
function hostOf({ a, b }: Pair, name: string, side: Side): Record<string, unknown> | undefined {
  for (const rule of [meetObjects(a, b), side === 'a' ? a : b]) {
    if (rule === undefined) continue;
    const fields = new Map([...rule.fields].filter(([other]) => other !== name));
    const required = new Set([...rule.required].filter((other) => other !== name));
    const host = objectOf({ ...rule, fields, required }, required);
    if (host !== undefined) return host;
  }
  return undefined;
}

function* objectsOfSize({ a, b }: Pair): Iterable<unknown> {
  const sizes = [a.min, b.min, a.max, b.max].filter((size) => size !== undefined);
  const rule = meetObjects({ ...a, min: 0, max: undefined }, { ...b, min: 0, max: undefined });
  if (rule === undefined) return;
  for (const size of new Set(sizes.flatMap((each) => [each - 1, each, each + 1])))
    if (size >= 0 && size <= 1000) yield objectOf({ ...rule, min: size }, rule.required);
}
