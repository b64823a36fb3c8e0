import type { JsonSchema } from '../derive/json-schema.js';
import { HarnessError } from '../errors.js';
import { atPointer } from '../exchange/json.js';
import { type Keywords, normalKeywords } from './normal-keywords.js';

/** How a schema is to be read: OpenAPI 3.0 has `nullable` and ignores what stands beside a `$ref`, as draft-07 does. */
export type Dialect = 'openapi-3.0' | 'draft-07' | '2020-12';

export type Direction = 'request' | 'response';

export type Schema = boolean | Keywords;

/** A schema that stands alone in one dialect, draft-07 without annotations: every reference leads to its definitions. */
export interface NormalSchema {
  readonly root: Schema;
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** By `$schema`, else by a keyword that only one dialect has, else the newest. */
export function dialectOf(schema: unknown): Dialect {
  const named = (schema as JsonSchema | null)?.['$schema'];
  if (typeof named === 'string') return /draft-0[4-7]/.test(named) ? 'draft-07' : '2020-12';
  return /"nullable":true|"exclusive(Min|Max)imum":(true|false)/.test(JSON.stringify(schema) ?? '')
    ? 'openapi-3.0'
    : '2020-12';
}

export interface SchemaSource {
  readonly schema: unknown;
  readonly dialect: Dialect;
  /** Where references lead; the schema itself when left out. */
  readonly document?: unknown;
  /** Shown in errors: file and place. */
  readonly name: string;
}

/** Deeper than any schema a person wrote, and far from the end of the stack. */
const deepest = 400;

/** Throws `unreadable` with the place where the schema is none, or where a reference leads nowhere or out of the document. */
export function normalSchema(source: SchemaSource, direction: Direction): NormalSchema {
  const { schema, dialect, name } = source;
  const document = source.document ?? schema;
  const names = new Map<string, string>();
  const definitions: Record<string, Schema> = {};
  const waiting: [name: string, place: string, schema: unknown][] = [];

  const read = (node: unknown, place: string, depth: number): Schema => {
    if (typeof node === 'boolean') return node;
    if (typeof node !== 'object' || node === null || Array.isArray(node)) throw unreadable(place, 'is no schema');
    if (depth > deepest) throw unreadable(place, `is nested deeper than ${deepest} levels`);
    const child = (each: unknown, step: string) => read(each, `${place}/${step}`, depth + 1);
    const refuse = (what: string): never => {
      throw unreadable(place, what);
    };
    const { $ref, ...rest } = node as JsonSchema;
    if (typeof $ref !== 'string') return normalKeywords(rest, { dialect, direction, child, refuse });
    const own = defined($ref, place);
    const reference = { $ref: `#/definitions/${own}` };
    targets.set(reference, () => definitions[own]!);
    if (dialect !== '2020-12') return reference;
    const beside = normalKeywords(rest, { dialect, direction, child, refuse });
    return Object.keys(beside).length === 0 ? reference : { allOf: [reference, beside] };
  };

  /** The definition that a reference of the source becomes; what it refers to is read once. */
  const defined = ($ref: string, place: string): string => {
    const known = names.get($ref);
    if (known !== undefined) return known;
    const own = `d${names.size}`;
    names.set($ref, own);
    waiting.push([own, $ref, target($ref, document, (what) => unreadable(place, what))]);
    return own;
  };

  const unreadable = (place: string, what: string) =>
    new HarnessError('unreadable', `${name}: ${place || 'the schema'} ${what}`);
  const normal = { root: read(schema, '', 0), definitions };
  for (const [own, place, found] of waiting) definitions[own] = read(found, place, 0);
  refuseLoops(normal, (what) => unreadable('a schema', what));
  return normal;
}

function target($ref: string, document: unknown, unreadable: (what: string) => HarnessError): unknown {
  if (!$ref.startsWith('#')) throw unreadable(`refers to ${$ref} outside the document, which is never loaded`);
  if ($ref === '#') return document;
  const pointer = decoded($ref.slice(1));
  const found = pointer.startsWith('/') ? atPointer(document, pointer) : anchored(document, pointer);
  if (found === undefined) throw unreadable(`refers to ${$ref}, which the document does not have`);
  return found;
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** The subschema that calls itself by this `$anchor`, or by this `$id` as draft-07 wrote it. */
function anchored(node: unknown, name: string): unknown {
  if (typeof node !== 'object' || node === null) return undefined;
  const { $anchor, $id } = node as JsonSchema;
  if ($anchor === name || $id === `#${name}`) return node;
  for (const child of Object.values(node)) {
    const found = anchored(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

const targets = new WeakMap<Schema & object, () => Schema>();

/** The schema a reference stands for, and any other schema itself. */
export function dereferenced(schema: Schema): Schema {
  let node = schema;
  while (typeof node === 'object' && node.$ref !== undefined) node = targets.get(node)!();
  return node;
}

/** A definition that needs itself before it says anything can be read by nobody. */
function refuseLoops({ definitions }: NormalSchema, unreadable: (what: string) => HarnessError): void {
  const done = new Set<Schema>();
  const visit = (schema: Schema, open: readonly Schema[]): void => {
    if (typeof schema === 'boolean' || done.has(schema)) return;
    if (open.includes(schema)) throw unreadable('refers to itself without saying anything');
    const next = [...open, schema];
    if (schema.$ref !== undefined) visit(targets.get(schema)!(), next);
    for (const list of [schema.allOf, schema.anyOf, schema.oneOf]) for (const each of list ?? []) visit(each, next);
    done.add(schema);
  };
  for (const schema of Object.values(definitions)) visit(schema, []);
}
