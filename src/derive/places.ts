import { resolved, type Wire } from '../contract/wire.js';
import { escapePointer } from '../exchange/json.js';
import { exampleOf } from './example.js';
import { merged } from './intersection.js';
import { isObject } from './membership.js';

type Change = (value: unknown) => unknown;

/** One place of a body, with the way to change it in any valid body: what is missing on the way is made. */
export interface Place {
  /** Never lazy; an intersection of objects stands as one object. */
  readonly wire: Wire;
  readonly pointer: string;
  /** The same for all items of a list and all keys of a record: `/addresses/*`. */
  readonly general: string;
  /** `@2` inside the second alternative of a union. */
  readonly branch: string;
  readonly role: 'root' | 'field' | 'item' | 'option';
  /** Whether a valid body may do without it. */
  readonly mayLack: boolean;
  /** A copy of the body with the value of this place changed. */
  edit(body: unknown, change: Change): unknown;
  /** A copy without this place; undefined where the tree allows that it is left out, or it cannot be. */
  readonly omit: ((body: unknown) => unknown) | undefined;
}

/** Every place of the tree, lists by their first and second item, recursive places once. */
export function placesOf(wire: Wire): Place[] {
  const root: Place = {
    wire: plain(wire),
    pointer: '',
    general: '',
    branch: '',
    role: 'root',
    mayLack: false,
    edit: (body, change) => change(body),
    omit: undefined,
  };
  return withInner(root, namesOf(wire));
}

function withInner(place: Place, open: ReadonlySet<string>): Place[] {
  return [
    place,
    ...innerOf(place).flatMap(({ wire, ...inner }) => {
      const names = namesOf(wire);
      if ([...names].some((name) => open.has(name))) return [];
      return withInner({ ...inner, wire: plain(wire) }, new Set([...open, ...names]));
    }),
  ];
}

function namesOf(wire: Wire): ReadonlySet<string> {
  return new Set(wire.kind === 'lazy' ? [wire.id, ...namesOf(wire.target())] : []);
}

function plain(wire: Wire): Wire {
  const node = resolved(wire);
  if (node.kind !== 'intersection') return node;
  const whole = merged(node);
  return whole === undefined ? node : whole;
}

function innerOf(place: Place): Place[] {
  const { wire } = place;
  switch (wire.kind) {
    case 'object':
      return Object.entries(wire.fields).map(([key, field]) => fieldPlace(place, key, key, field.wire, field.optional));
    case 'record':
      return recordPlaces(place, wire);
    case 'array':
      return [0, 1].filter((at) => at < (wire.max ?? 2)).map((at) => itemPlace(place, at, '*', wire.item));
    case 'tuple':
      return wire.items.map((item, at) => itemPlace(place, at, String(at), item));
    case 'union':
      return wire.options.map((option, at) => optionPlace(place, at, option));
    default:
      return [];
  }
}

function recordPlaces(place: Place, wire: Extract<Wire, { kind: 'record' }>): Place[] {
  if (wire.key.kind === 'enum')
    return wire.key.values.map((key) => fieldPlace(place, String(key), String(key), wire.value, false));
  const key = exampleOf(wire.key, { optional: 'present' });
  return typeof key === 'string' ? [fieldPlace(place, key, '*', wire.value, true)] : [];
}

/** JSON Schema asks for a required key all the same; zod takes what is not there for a value, so leaving it out is no defect. */
function takesAnything(wire: Wire): boolean {
  return wire.kind === 'any' || (wire.kind === 'union' && wire.options.some(takesAnything));
}

function fieldPlace(parent: Place, key: string, step: string, wire: Wire, optional: boolean): Place {
  const owner = (value: unknown) => (isObject(value) ? value : (freshly(parent.wire) as Record<string, unknown>));
  return {
    wire,
    pointer: `${parent.pointer}/${escapePointer(key)}`,
    general: `${parent.general}/${escapePointer(step)}`,
    branch: parent.branch,
    role: 'field',
    mayLack: optional && step === key,
    edit: (body, change) => parent.edit(body, (value) => withKey(owner(value), key, change)),
    omit:
      optional || takesAnything(wire) ? undefined : (body) => parent.edit(body, (value) => without(owner(value), key)),
  };
}

/** The key goes to the end. */
function withKey(owner: Record<string, unknown>, key: string, change: Change): Record<string, unknown> {
  return { ...without(owner, key), [key]: change(owner[key]) };
}

function without(owner: Record<string, unknown>, key: string): Record<string, unknown> {
  const { [key]: _, ...others } = owner;
  return others;
}

function itemPlace(parent: Place, at: number, step: string, wire: Wire): Place {
  const items = (value: unknown): unknown[] => {
    const list = Array.isArray(value) ? [...value] : [...(freshly(parent.wire) as unknown[])];
    while (list.length <= at) list.push(exampleOf(wire, { optional: 'present' }));
    return list;
  };
  return {
    wire,
    pointer: `${parent.pointer}/${at}`,
    general: `${parent.general}/${step}`,
    branch: parent.branch,
    role: 'item',
    mayLack: false,
    edit: (body, change) =>
      parent.edit(body, (value) => {
        const list = items(value);
        return list.with(at, change(list[at]));
      }),
    omit: undefined,
  };
}

/** An alternative is always made afresh, so that a defect in it cannot turn it into another alternative. */
function optionPlace(parent: Place, at: number, wire: Wire): Place {
  return {
    wire,
    pointer: parent.pointer,
    general: parent.general,
    branch: `${at === 0 ? '' : `@${at + 1}`}${parent.branch}`,
    role: 'option',
    mayLack: false,
    edit: (body, change) => parent.edit(body, () => change(freshly(wire))),
    omit: undefined,
  };
}

function freshly(wire: Wire): unknown {
  return exampleOf({ ...wire, nullable: undefined } as Wire, { optional: 'present' });
}
