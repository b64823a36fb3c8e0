import { regexOf } from '../derive/membership.js';
import { meet, united } from './meet.js';
import { canonical, type Keywords } from './normal-keywords.js';
import { dereferenced, type Schema } from './normal-schema.js';
import {
  anyArray,
  anyNumber,
  anyObject,
  anyString,
  anything,
  type Node,
  type NumberRule,
  nothing,
  type Shape,
  type StringRule,
  shapeTypes,
} from './shape.js';

const shapes = new WeakMap<Keywords, Shape>();

const together = new WeakMap<Node, Shape>();

/** What the schemas of a node say together, read one level deep; what stands below is read when somebody goes there. */
export function shapeOf(node: Node): Shape {
  const [only] = node;
  if (only === undefined) return anything;
  if (node.length === 1) return read(only);
  let shape = together.get(node);
  if (shape === undefined) {
    shape = node.map(read).reduce(meet);
    together.set(node, shape);
  }
  return shape;
}

function read(schema: Schema): Shape {
  const own = dereferenced(schema);
  if (typeof own === 'boolean') return own ? anything : nothing;
  let shape = shapes.get(own);
  if (shape === undefined) {
    shape = readKeywords(own);
    shapes.set(own, shape);
  }
  return shape;
}

function readKeywords(schema: Keywords): Shape {
  const parts = (schema.allOf ?? []).map(read);
  const choices = [schema.anyOf, schema.oneOf].filter((options) => options !== undefined);
  const whole = [...parts, ...choices.map((options) => options.map(read).reduce(unite))].reduce(meet, ownShape(schema));
  return withConditions(whole, conditionsOf(schema));
}

const unread = [
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'dependencies',
  'unevaluatedProperties',
  'unevaluatedItems',
] as const;

/** Each as its text with the references written out as far as one step, so that two documents can be compared. */
function conditionsOf(schema: Keywords): string[] {
  return unread
    .filter((keyword) => schema[keyword] !== undefined)
    .map((keyword) => `${keyword}: ${canonical(withoutNames(schema[keyword], 0))}`);
}

/** References have other names in other documents; this deep they are written out, below they are all alike. */
const writtenOut = 4;

function withoutNames(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutNames(each, depth));
  if (typeof value !== 'object' || value === null) return value;
  if ('$ref' in value) return depth < writtenOut ? withoutNames(dereferenced(value as Keywords), depth + 1) : '…';
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutNames(each, depth)]));
}

function withConditions(shape: Shape, conditions: readonly string[]): Shape {
  if (conditions.length === 0) return shape;
  const add = <R extends { readonly conditions: readonly string[] }>(rules: readonly R[]): R[] =>
    rules.map((rule) => ({ ...rule, conditions: united(rule.conditions, conditions) }));
  return {
    null: add(shape.null),
    boolean: add(shape.boolean),
    number: add(shape.number),
    string: add(shape.string),
    array: add(shape.array),
    object: add(shape.object),
  };
}

/** What a schema says by itself, without the schemas it combines. */
function ownShape(schema: Keywords): Shape {
  const { type, enum: values } = schema;
  const typed: Shape = {
    null: anything.null,
    boolean: anything.boolean,
    number: [numberRule(schema)],
    string: [stringRule(schema)],
    array: [arrayRule(schema)],
    object: [objectRule(schema)],
  };
  const whole = values === undefined ? typed : meet(typed, listed(values));
  if (type === undefined) return whole;
  const integers = type.includes('integer') && !type.includes('number');
  const kept = Object.fromEntries(
    shapeTypes.map((name) => [name, type.includes(name) || (name === 'number' && integers) ? whole[name] : []]),
  ) as unknown as Shape;
  return integers
    ? { ...kept, number: meet({ ...nothing, number: [{ ...anyNumber, integer: true }] }, kept).number }
    : kept;
}

/** Values of a list, by type; lists and objects in it are conditions. */
function listed(values: readonly unknown[]): Shape {
  const of = <T>(name: string) => values.filter((value): value is T => typeof value === name);
  const [texts, numbers, truths] = [of<string>('string'), of<number>('number'), of<boolean>('boolean')];
  const condition = (value: unknown) => [`enum: ${canonical(value)}`];
  return {
    null: values.includes(null) ? anything.null : [],
    boolean: truths.length === 0 ? [] : [{ conditions: [], values: truths }],
    number: numbers.length === 0 ? [] : [{ ...anyNumber, values: distinct(numbers) }],
    string: texts.length === 0 ? [] : [{ ...anyString, values: distinct(texts) }],
    array: values.filter(Array.isArray).map((value) => ({ ...anyArray, conditions: condition(value) })),
    object: values
      .filter((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
      .map((value) => ({ ...anyObject, conditions: condition(value) })),
  };
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

function numberRule(schema: Keywords): NumberRule {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  return {
    ...anyNumber,
    min: minimum,
    max: maximum,
    above: exclusiveMinimum,
    below: exclusiveMaximum,
    multiples: multipleOf === undefined ? [] : [multipleOf],
    formats: format !== undefined && numberFormats.has(format) ? [format] : [],
  };
}

const numberFormats = new Set(['int32', 'int64', 'float', 'double']);

function stringRule({ minLength, maxLength, pattern, format }: Keywords): StringRule {
  return {
    ...anyString,
    min: minLength ?? 0,
    max: maxLength,
    patterns: pattern === undefined ? [] : [pattern],
    formats: format !== undefined && !numberFormats.has(format) ? [format] : [],
  };
}

function arrayRule({ items, additionalItems, minItems, maxItems, uniqueItems }: Keywords): Shape['array'][number] {
  const first = Array.isArray(items) ? (items as readonly Schema[]) : [];
  const rest = Array.isArray(items) ? additionalItems : (items as Schema | undefined);
  return {
    ...anyArray,
    first: first.map((item) => [item]),
    rest: rest === undefined ? [] : [rest],
    min: minItems ?? 0,
    max: maxItems,
    unique: uniqueItems === true,
  };
}

function objectRule(schema: Keywords): Shape['object'][number] {
  const { properties = {}, patternProperties = {}, additionalProperties, required = [] } = schema;
  const patterns = Object.entries(patternProperties).map(([pattern, node]) => [pattern, [node]] as const);
  const fields = Object.entries(properties).map(([name, node]) => {
    const matching = patterns.filter(([pattern]) => regexOf(pattern).test(name)).flatMap(([, nodes]) => nodes);
    return [name, [...new Set([node, ...matching])]] as const;
  });
  return {
    ...anyObject,
    fields: new Map(fields),
    required: new Set(required),
    patterns,
    rest: additionalProperties === undefined ? [] : [additionalProperties],
    min: schema.minProperties ?? 0,
    max: schema.maxProperties,
  };
}

/** What one of the shapes admits, without alternatives that say the same or that another one covers. */
function unite(a: Shape, b: Shape): Shape {
  const truths = [...a.boolean, ...b.boolean];
  return {
    null: covered([...a.null, ...b.null]),
    boolean: joined(truths, [false, true]),
    number: joined(covered([...a.number, ...b.number])),
    string: joined(covered([...a.string, ...b.string])),
    array: covered([...a.array, ...b.array]),
    object: covered([...a.object, ...b.object]),
  };
}

/** Alternatives that are lists of values and nothing else are one list. */
function joined<R extends { readonly values: readonly unknown[] | undefined }>(
  rules: readonly R[],
  order?: readonly unknown[],
): R[] {
  const lists = rules.filter((rule) => rule.values !== undefined && isPlain({ ...rule, values: undefined }));
  if (lists.length < 2) return [...rules];
  const values = distinct(lists.flatMap((rule) => rule.values ?? []));
  const whole = {
    ...lists[0]!,
    values: order === undefined ? values : order.filter((value) => values.includes(value)),
  };
  return [...rules.filter((rule) => !lists.includes(rule)), whole];
}

const isPlain = (rule: object): boolean => plainTexts.has(textOf(rule));

/** Alternatives that differ; one that refuses nothing covers all others. */
function covered<R extends object>(rules: readonly R[]): R[] {
  const free = rules.find(isPlain);
  return free === undefined ? [...new Map(rules.map((rule) => [textOf(rule), rule])).values()] : [free];
}

/** Schemas below are named, not written out. */
function textOf(rule: object): string {
  return JSON.stringify(rule, (key, value: unknown) => {
    if (key === 'rest') return idOf(value as Node);
    if (key === 'first') return (value as Node[]).map(idOf);
    if (key === 'patterns')
      return (value as (string | [string, Node])[]).map((each) =>
        typeof each === 'string' ? each : [each[0], idOf(each[1])],
      );
    if (value instanceof Map) return [...value].map(([name, node]) => [name, idOf(node)]).sort();
    return value instanceof Set ? [...value].sort() : value;
  });
}

const ids = new WeakMap<object, number>();
let last = 0;

/** Equal for nodes that are made of the very same schemas. */
export function idOf(node: Node): string {
  return node
    .map((schema) => {
      const own = dereferenced(schema);
      if (typeof own === 'boolean') return String(own);
      if (!ids.has(own)) ids.set(own, ++last);
      return String(ids.get(own));
    })
    .sort()
    .join('&');
}

const plainTexts = new Set([{ conditions: [] }, anyNumber, anyString, anyArray, anyObject].map(textOf));
