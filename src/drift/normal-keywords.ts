import type { JsonSchema } from '../derive/json-schema.js';
import { regexOf } from '../derive/membership.js';
import type { Dialect, Direction, Schema } from './normal-schema.js';

/** The draft-07 keywords that say something about a value; `default` is kept because its change is a change. */
export interface Keywords {
  readonly $ref?: string;
  readonly type?: readonly TypeName[];
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly items?: Schema | readonly Schema[];
  readonly additionalItems?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly contains?: Schema;
  readonly propertyNames?: Schema;
  readonly dependencies?: Readonly<Record<string, Schema | readonly string[]>>;
  readonly unevaluatedProperties?: Schema;
  readonly unevaluatedItems?: Schema;
  readonly default?: unknown;
}

const typeNames = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'] as const;
export type TypeName = (typeof typeNames)[number];

export interface Reading {
  readonly dialect: Dialect;
  readonly direction: Direction;
  /** Reads a subschema that stands at this step below. */
  readonly child: (schema: unknown, step: string) => Schema;
  readonly refuse: (what: string) => never;
}

/** What one schema object says, in draft-07; keywords that say nothing are left out. */
export function normalKeywords(source: JsonSchema, reading: Reading): Keywords {
  const nullable = reading.dialect === 'openapi-3.0' && source['nullable'] === true;
  const own: Keywords = {
    ...typeKeywords(source, nullable, reading),
    ...numbers(source, reading),
    ...texts(source, reading),
    ...arrays(source, reading),
    ...objects(source, reading),
    ...combinations(source, reading),
    ...(Object.hasOwn(source, 'default') ? { default: source['default'] } : {}),
  };
  if (!nullable || own.type !== undefined) return own;
  return { anyOf: [{ type: ['null'] }, own] };
}

/** `nullable` is meant, so it also admits null beside `enum` and `allOf`, where OpenAPI 3.0 leaves it without effect. */
function typeKeywords(source: JsonSchema, nullable: boolean, { refuse }: Reading): Keywords {
  const { type, enum: values } = source;
  const named = type === undefined ? undefined : Array.isArray(type) ? type : [type];
  for (const name of named ?? [])
    if (!typeNames.includes(name as TypeName)) refuse(`has the unknown type ${JSON.stringify(name)}`);
  if (values !== undefined && !Array.isArray(values)) refuse('has an enum that is no list');
  const all = named as TypeName[] | undefined;
  const listed = [values as unknown[] | undefined, 'const' in source ? [source['const']] : undefined].filter(
    (each) => each !== undefined,
  );
  const meets =
    listed.length === 0 ? undefined : listed.reduce((a, b) => a.filter((each) => b.some((other) => same(each, other))));
  const withNull = <T>(list: readonly T[] | undefined, nothing: T) => (nullable && list ? [...list, nothing] : list);
  const types = withNull(all, 'null');
  const admitted = types === undefined ? undefined : typeNames.filter((name) => types.includes(name));
  const options = withNull(meets, null);
  return {
    ...(admitted === undefined || admitted.length === 0 ? {} : { type: admitted }),
    ...(options === undefined ? {} : { enum: options }),
  };
}

export const same = (a: unknown, b: unknown): boolean => a === b || canonical(a) === canonical(b);

/** One text for one JSON value: keys in order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** Integers beyond 2^53 - 1 are not exact in JSON (RFC 8259, section 6), so a bound there bounds nothing. */
function numbers(source: JsonSchema, { refuse }: Reading): Keywords {
  const read = (key: string) => number(source, key, refuse);
  const [minimum, maximum] = [read('minimum'), read('maximum')];
  const [low, high] = [source['exclusiveMinimum'], source['exclusiveMaximum']];
  const above = low === true ? minimum : typeof low === 'boolean' ? undefined : read('exclusiveMinimum');
  const below = high === true ? maximum : typeof high === 'boolean' ? undefined : read('exclusiveMaximum');
  const whole = [source['type']].flat().includes('integer') && ![source['type']].flat().includes('number');
  const unsafe = (bound: number | undefined) =>
    bound !== undefined && whole && Math.abs(bound) >= Number.MAX_SAFE_INTEGER;
  return defined({
    minimum: low === true || unsafe(minimum) ? undefined : minimum,
    maximum: high === true || unsafe(maximum) ? undefined : maximum,
    exclusiveMinimum: unsafe(above) ? undefined : above,
    exclusiveMaximum: unsafe(below) ? undefined : below,
    multipleOf: whole && source['multipleOf'] === 1 ? undefined : read('multipleOf'),
  });
}

function texts(source: JsonSchema, { refuse }: Reading): Keywords {
  const { pattern, format } = source;
  if (pattern !== undefined) compile(pattern, refuse);
  return defined({
    minLength: count(source, 'minLength', refuse) || undefined,
    maxLength: count(source, 'maxLength', refuse),
    pattern: pattern as string | undefined,
    format: typeof format === 'string' ? format : undefined,
  });
}

function compile(pattern: unknown, refuse: Reading['refuse']): void {
  try {
    regexOf(pattern as string);
  } catch {
    refuse(`has the pattern ${JSON.stringify(pattern)}, which is no regular expression`);
  }
}

function arrays(source: JsonSchema, { child, refuse }: Reading): Keywords {
  const { items, prefixItems, additionalItems, contains, unevaluatedItems } = source;
  const first = prefixItems ?? (Array.isArray(items) ? items : undefined);
  const rest = first === undefined || prefixItems !== undefined ? items : additionalItems;
  const read = (schema: unknown, step: string) => (schema === undefined ? undefined : spoken(child(schema, step)));
  return defined({
    items: Array.isArray(first) ? first.map((each, at) => child(each, `prefixItems/${at}`)) : read(items, 'items'),
    additionalItems: Array.isArray(first) ? read(rest, 'items') : undefined,
    minItems: count(source, 'minItems', refuse) || undefined,
    maxItems: count(source, 'maxItems', refuse),
    uniqueItems: source['uniqueItems'] === true || undefined,
    contains: read(contains, 'contains'),
    unevaluatedItems: read(unevaluatedItems, 'unevaluatedItems'),
  });
}

/** A schema that refuses nothing is as good as none. */
const spoken = (schema: Schema): Schema | undefined =>
  schema === true || (typeof schema === 'object' && Object.keys(schema).length === 0) ? undefined : schema;

const applicators = ['$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'dependentSchemas', 'patternProperties'];

function objects(source: JsonSchema, reading: Reading): Keywords {
  const { child, refuse } = reading;
  const { properties, patternProperties, required, additionalProperties, unevaluatedProperties } = source;
  const read = (schema: unknown, step: string) => (schema === undefined ? undefined : spoken(child(schema, step)));
  if (required !== undefined && !(Array.isArray(required) && required.every((name) => typeof name === 'string')))
    refuse('has a required that is no list of names');
  const alone = additionalProperties === undefined && !applicators.some((keyword) => keyword in source);
  const rest = alone ? unevaluatedProperties : additionalProperties;
  const names = [...new Set((required as string[] | undefined) ?? [])].filter((name) =>
    asked(properties, name, reading),
  );
  for (const pattern of Object.keys((patternProperties as object | undefined) ?? {})) compile(pattern, refuse);
  return defined({
    properties: schemas(properties, 'properties', reading),
    patternProperties: schemas(patternProperties, 'patternProperties', reading),
    additionalProperties: read(rest, 'additionalProperties'),
    unevaluatedProperties: alone ? undefined : read(unevaluatedProperties, 'unevaluatedProperties'),
    required: names.length === 0 ? undefined : names.sort(),
    minProperties: count(source, 'minProperties', refuse) || undefined,
    maxProperties: count(source, 'maxProperties', refuse),
    propertyNames: named(read(source['propertyNames'], 'propertyNames')),
    dependencies: dependencies(source, reading),
  });
}

/** Names are strings anyway. */
const named = (schema: Schema | undefined): Schema | undefined =>
  canonical(schema) === '{"type":["string"]}' ? undefined : schema;

/** A required field that is only read (or only written) is asked for on one side alone (OpenAPI 3, Schema Object). */
function asked(properties: unknown, name: string, { direction }: Reading): boolean {
  const flag = direction === 'request' ? 'readOnly' : 'writeOnly';
  const property = (properties as Record<string, JsonSchema | undefined> | undefined)?.[name];
  return property?.[flag] !== true;
}

function schemas(map: unknown, keyword: string, { child, refuse }: Reading): Record<string, Schema> | undefined {
  if (map === undefined) return undefined;
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return refuse(`has ${keyword} that are no map`);
  const entries = Object.entries(map).map(([name, schema]) => [name, child(schema, `${keyword}/${name}`)] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function dependencies(source: JsonSchema, { child }: Reading): Keywords['dependencies'] {
  const all = ['dependencies', 'dependentRequired', 'dependentSchemas'].flatMap((keyword) =>
    Object.entries((source[keyword] as Record<string, unknown> | undefined) ?? {}),
  );
  if (all.length === 0) return undefined;
  return Object.fromEntries(
    all.map(([name, need]) => [name, Array.isArray(need) ? (need as string[]) : child(need, `dependencies/${name}`)]),
  );
}

function combinations(source: JsonSchema, { child, refuse }: Reading): Keywords {
  const list = (keyword: string) => {
    const options = source[keyword];
    if (options === undefined) return undefined;
    if (!Array.isArray(options) || options.length === 0) return refuse(`has ${keyword} that is no list of schemas`);
    return options.map((option, at) => child(option, `${keyword}/${at}`));
  };
  const one = (keyword: string) => (source[keyword] === undefined ? undefined : child(source[keyword], keyword));
  const branches = source['if'] === undefined ? [] : ['if', 'then', 'else'].map((keyword) => [keyword, one(keyword)]);
  return defined({
    allOf: list('allOf'),
    anyOf: list('anyOf'),
    oneOf: list('oneOf'),
    not: one('not'),
    ...Object.fromEntries(branches),
  });
}

function number(source: JsonSchema, key: string, refuse: Reading['refuse']): number | undefined {
  const value = source[key];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) return refuse(`has a ${key} that is no number`);
  return value;
}

function count(source: JsonSchema, key: string, refuse: Reading['refuse']): number | undefined {
  const value = number(source, key, refuse);
  if (value !== undefined && (!Number.isInteger(value) || value < 0)) refuse(`has a ${key} that is no count`);
  return value;
}

function defined(keywords: { [K in keyof Keywords]: Keywords[K] | undefined }): Keywords {
  return Object.fromEntries(Object.entries(keywords).filter(([, value]) => value !== undefined)) as Keywords;
}
