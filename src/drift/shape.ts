import type { Schema } from './normal-schema.js';

/** Schemas that a value must all satisfy; none of them refuses nothing. */
export type Node = readonly Schema[];

/** What a schema says, type by type: a value of a type must satisfy one of the rules listed for it. */
export interface Shape {
  readonly null: readonly NullRule[];
  readonly boolean: readonly BooleanRule[];
  readonly number: readonly NumberRule[];
  readonly string: readonly StringRule[];
  readonly array: readonly ArrayRule[];
  readonly object: readonly ObjectRule[];
}

export type ShapeType = keyof Shape;

/** The types in the order in which a person lists them. */
export const shapeTypes = ['string', 'number', 'boolean', 'object', 'array', 'null'] as const satisfies ShapeType[];

interface Rule {
  /** Conditions that are not read any further (`not`, `if`, `contains`, …), as canonical text. */
  readonly conditions: readonly string[];
}

export type NullRule = Rule;

export interface BooleanRule extends Rule {
  readonly values: readonly boolean[];
}

export interface NumberRule extends Rule {
  /** The listed values, where there is a list. */
  readonly values: readonly number[] | undefined;
  readonly integer: boolean;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly above: number | undefined;
  readonly below: number | undefined;
  readonly multiples: readonly number[];
  readonly formats: readonly string[];
}

export interface StringRule extends Rule {
  readonly values: readonly string[] | undefined;
  readonly min: number;
  readonly max: number | undefined;
  readonly patterns: readonly string[];
  readonly formats: readonly string[];
}

export interface ArrayRule extends Rule {
  /** The first items, each by its own schema. */
  readonly first: readonly Node[];
  /** Every item after them. */
  readonly rest: Node;
  readonly min: number;
  readonly max: number | undefined;
  readonly unique: boolean;
}

export interface ObjectRule extends Rule {
  readonly fields: ReadonlyMap<string, Node>;
  readonly required: ReadonlySet<string>;
  /** Fields by the pattern of their names. */
  readonly patterns: readonly (readonly [pattern: string, node: Node])[];
  /** Every other field. */
  readonly rest: Node;
  readonly min: number;
  readonly max: number | undefined;
}

const free = { conditions: [] };
export const anyNumber: NumberRule = {
  ...free,
  values: undefined,
  integer: false,
  min: undefined,
  max: undefined,
  above: undefined,
  below: undefined,
  multiples: [],
  formats: [],
};
export const anyString: StringRule = { ...free, values: undefined, min: 0, max: undefined, patterns: [], formats: [] };
export const anyArray: ArrayRule = { ...free, first: [], rest: [], min: 0, max: undefined, unique: false };
export const anyObject: ObjectRule = {
  ...free,
  fields: new Map(),
  required: new Set(),
  patterns: [],
  rest: [],
  min: 0,
  max: undefined,
};

export const anything: Shape = {
  null: [free],
  boolean: [{ ...free, values: [false, true] }],
  number: [anyNumber],
  string: [anyString],
  array: [anyArray],
  object: [anyObject],
};

export const nothing: Shape = { null: [], boolean: [], number: [], string: [], array: [], object: [] };

/** What a field of this name must satisfy. */
export function fieldOf(rule: ObjectRule, name: string): Node {
  const own = rule.fields.get(name);
  if (own !== undefined) return own;
  const matching = rule.patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(name));
  return matching.length === 0 ? rule.rest : matching.flatMap(([, node]) => node);
}

export function itemOf(rule: ArrayRule, at: number): Node {
  return rule.first[at] ?? rule.rest;
}

export const isNever = (shape: Shape): boolean => shapeTypes.every((type) => shape[type].length === 0);
