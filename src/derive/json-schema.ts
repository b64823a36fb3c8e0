import { regexes, registry, type ZodType, z } from 'zod';
import { toWire } from '../contract/wire.js';

/** A JSON Schema object, draft-07. */
export type JsonSchema = { [keyword: string]: unknown };

export interface JsonSchemaOptions {
  /** Schemas with an id become definitions with a reference to them; default true. False writes everything in place. */
  readonly named?: boolean;
}

/**
 * The schema as JSON Schema draft-07, the draft that ajv judges most exactly. Nullable places are `type: [x, "null"]`, so
 * that a validator says one thing about them; what the model says about a place is kept (`$comment` cites the source).
 */
export function jsonSchemaOf(schema: ZodType, { named = true }: JsonSchemaOptions = {}): JsonSchema {
  toWire(schema, 'schema');
  const raw = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'throw',
    ...(named ? {} : { metadata: registry<Record<string, never>>() }),
  });
  return tidy(raw as JsonSchema) as JsonSchema;
}

/** Keywords whose values are data, and keywords whose values are schemas by name. */
const data = new Set(['enum', 'const', 'default', 'examples', 'required']);
const maps = new Set(['properties', 'patternProperties', 'definitions']);

/** What zod wrote, in the spelling of every derived schema: formats without their patterns, null within `type`. */
export function tidy(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(tidy);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => [key, tidyKeyword(key, value)]);
  return nullInType(spelled(Object.fromEntries(entries)));
}

function tidyKeyword(key: string, value: unknown): unknown {
  if (data.has(key)) return value;
  if (!maps.has(key)) return tidy(value);
  return Object.fromEntries(Object.entries(value as object).map(([name, schema]) => [name, tidy(schema)]));
}

/** How zod spells the formats; written beside the name of the format they would only repeat it. */
const patterns: Readonly<Record<string, readonly string[] | undefined>> = {
  date: [regexes.date.source],
  email: [regexes.email.source],
  uuid: [regexes.uuid().source, regexes.guid.source],
};

/** Formats stand alone where both validators know them; zod's names for patterns are no formats. */
function spelled(node: JsonSchema): JsonSchema {
  const { format, pattern, domain, source, ...rest } = node as { format?: string; pattern?: string } & JsonSchema;
  const keeps =
    format !== undefined &&
    (format === 'date-time' || pattern === undefined || patterns[format]?.includes(pattern) === true);
  return {
    ...rest,
    ...(keeps ? { format } : pattern === undefined ? {} : { pattern }),
    ...(source === undefined ? {} : { $comment: source }),
  };
}

/** `anyOf: [{type: "x"}, {type: "null"}]` says the same as `type: ["x", "null"]`, and gives one error instead of three. */
function nullInType(node: JsonSchema): JsonSchema {
  const { anyOf, ...outer } = node;
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return node;
  const [inner, other] = anyOf as [JsonSchema, JsonSchema];
  if (other['type'] !== 'null' || Object.keys(other).length !== 1) return node;
  if (typeof inner['type'] !== 'string' || 'const' in inner) return node;
  const values = inner['enum'] as unknown[] | undefined;
  return { ...inner, type: [inner['type'], 'null'], ...(values ? { enum: [...values, null] } : {}), ...outer };
}
