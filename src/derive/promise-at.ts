import type { ZodType } from 'zod';
import { unescapePointer } from '../exchange/pointer.js';
import { type JsonSchema, jsonSchemaOf } from './json-schema.js';

/** What the model says of a place in words. */
export interface PlacePromise {
  readonly description: string | undefined;
  /** Where the promise was published. */
  readonly source: string | undefined;
}

/** The words of the model about the place that a pointer names in a value; a place it does not know has none. */
export function promiseAt(schema: ZodType, pointer: string): PlacePromise {
  const root = jsonSchemaOf(schema);
  const steps = pointer.split('/').slice(1).map(unescapePointer);
  let nodes = unfolded(root, root);
  for (const step of steps) nodes = nodes.flatMap((node) => below(node, step)).flatMap((node) => unfolded(node, root));
  const text = (key: string) => nodes.map((node) => node[key]).find((value) => typeof value === 'string');
  return { description: text('description'), source: text('$comment') };
}

function below({ properties, items }: JsonSchema, step: string): JsonSchema[] {
  const fields = (properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  if (Object.hasOwn(fields, step)) return [fields[step]!];
  return /^\d+$/.test(step) && isSchema(items) ? [items] : [];
}

/** A node with all that it refers to or combines; the words nearest to the place come first. */
function unfolded(node: JsonSchema, root: JsonSchema): JsonSchema[] {
  const combined = ['anyOf', 'allOf', 'oneOf'].flatMap((key) => (node[key] ?? []) as JsonSchema[]);
  const reference = typeof node['$ref'] === 'string' ? referred(root, node['$ref']) : [];
  return [node, ...[...reference, ...combined].flatMap((inner) => unfolded(inner, root))];
}

function referred(root: JsonSchema, reference: string): JsonSchema[] {
  const definitions = (root['definitions'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const found = definitions[reference.replace('#/definitions/', '')];
  return found === undefined ? [] : [found];
}

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
