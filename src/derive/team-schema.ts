import { type ZodType, z } from 'zod';
import { zodToJsonSchema } from 'zod-to-json-schema';
import { HarnessError } from '../errors.js';
import { escapePointer } from '../exchange/json.js';
import { type JsonSchema, tidy } from './json-schema.js';

/** A schema that a team wrote for its own code. */
export interface TeamSchema {
  readonly kind: 'zod 4' | 'zod 3' | 'JSON Schema';
  readonly schema: JsonSchema;
  /** The team's own verdict: places (JSON pointers) at which a value is refused. A JSON Schema has no other judge. */
  readonly judge: ((value: unknown) => readonly string[]) | undefined;
}

interface Verdict {
  readonly success: boolean;
  readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] };
}

interface Zod3 {
  readonly _def: { readonly typeName: string };
  safeParse(value: unknown): Verdict;
}

/**
 * Tells what a value is by what it has, because a team brings its own copy of zod. `zod-to-json-schema` gives `{}` for
 * zod 4, which accepts everything, so it only ever sees zod 3. Throws `usage` for anything else, and for what says nothing.
 */
export function teamSchema(value: unknown, name: string): TeamSchema {
  const found = read(value, name);
  const said = Object.keys(found.schema).filter((keyword) => !silent.has(keyword));
  if (said.length > 0) return found;
  throw new HarnessError('usage', `${name}: the ${found.kind} schema comes out empty: it accepts everything`, {
    hint: 'Compare a schema that says what a body looks like.',
  });
}

const silent = new Set([
  '$schema',
  '$id',
  'id',
  '$comment',
  'title',
  'description',
  'definitions',
  '$defs',
  'examples',
]);

function read(value: unknown, name: string): TeamSchema {
  if (value instanceof z.core.$ZodType) return ofZod4(value as ZodType, name);
  if (isZod3(value)) return ofZod3(value, name);
  if (isPlain(value) && !('~standard' in value)) return { kind: 'JSON Schema', schema: value, judge: undefined };
  throw new HarnessError('usage', `${name} is neither a zod schema nor a JSON Schema`, {
    hint: 'Export a schema of zod 3 or zod 4, or a JSON Schema as an object.',
  });
}

function isZod3(value: unknown): value is Zod3 {
  const typeName = (value as Partial<Zod3> | null | undefined)?._def?.typeName;
  return typeof typeName === 'string' && typeName.startsWith('Zod');
}

function isPlain(value: unknown): value is JsonSchema {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function ofZod4(schema: ZodType, name: string): TeamSchema {
  const convert = () => z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'throw' });
  const written = tidy(attempt(convert, name)) as JsonSchema;
  return { kind: 'zod 4', schema: written, judge: judgeOf((value) => z.safeParse(schema, value), name) };
}

/** Unknown keys are stripped by zod 3 unless the object is strict, so they are accepted. */
function ofZod3(schema: Zod3, name: string): TeamSchema {
  const options = {
    target: 'jsonSchema7',
    removeAdditionalStrategy: 'strict',
    effectStrategy: 'input',
    pipeStrategy: 'input',
  } as const;
  const convert = () => zodToJsonSchema(schema as unknown as Parameters<typeof zodToJsonSchema>[0], options);
  const written = attempt(convert, name) as JsonSchema;
  return { kind: 'zod 3', schema: written, judge: judgeOf((value) => schema.safeParse(value), name) };
}

function attempt<T>(convert: () => T, name: string): T {
  try {
    return convert();
  } catch (cause) {
    throw new HarnessError('usage', `${name} cannot be written as JSON Schema: ${(cause as Error).message}`, {
      hint: 'Compare the schema of the JSON on the wire, before transforms and dates.',
      cause,
    });
  }
}

function judgeOf(parse: (value: unknown) => Verdict, name: string): TeamSchema['judge'] {
  return (value) => {
    let verdict: Verdict;
    try {
      verdict = parse(value);
    } catch (cause) {
      throw new HarnessError('usage', `${name} cannot be tried: ${(cause as Error).message}`, {
        hint: 'A check that throws, or that is asynchronous, gives no verdict on a value.',
        cause,
      });
    }
    if (verdict.success) return [];
    return (verdict.error?.issues ?? [{ path: [] }]).map(({ path }) =>
      path.map((step) => `/${escapePointer(String(step))}`).join(''),
    );
  };
}
