import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { ZodType } from 'zod';
import { toWire } from '../contract/wire.js';
import { escapePointer } from '../exchange/json.js';
import { jsonSchemaOf } from './json-schema.js';
import { judgesAgree } from './judges-agree.js';
import { regexOf } from './membership.js';
import { violationsOf } from './violation.js';

/** One place where a value leaves its schema. */
export interface Violation {
  /** JSON pointer; for a missing field the place where it should be. */
  readonly pointer: string;
  readonly kind: 'required' | 'null' | 'type' | 'enum' | 'format' | 'other';
  /** The promise, stable across values: `type string|null`, `required`, `format date`. */
  readonly rule: string;
  readonly message: string;
  /** What the place asks for: a type, a format, or `enum`. */
  readonly expected: string;
}

export interface Validator {
  accepts(value: unknown): boolean;
  /** Empty exactly when the value is accepted. */
  violations(value: unknown): readonly Violation[];
}

const common = {
  strict: false,
  strictNumbers: true,
  logger: false,
  // What is compiled is derived from zod, and a law has the meta-schema judge that.
  validateSchema: false,
  code: { regExp: Object.assign((source: string) => regexOf(source), { code: 'regexOf' }) },
} as const;

/**
 * Says yes or no and stops at the first mistake; `teller` finds and describes all of them, and is asked after a no. It
 * may look at inherited keys, which takes half the time: no contract names one (`toWire` refuses them).
 */
const judge = new Ajv(common);
const teller = new Ajv({ ...common, ownProperties: true, allErrors: true, verbose: true });
for (const ajv of [judge, teller]) formats.default(ajv, ['date', 'date-time', 'email', 'uuid']);

const validators = new WeakMap<ZodType, Validator>();

/**
 * Both judges of a schema: ajv on its JSON Schema, which locates, and zod, which catches what the two read differently.
 * A value is accepted when both accept it; where they cannot differ (`judgesAgree`), ajv alone is asked.
 */
export function validatorOf(schema: ZodType): Validator {
  let validator = validators.get(schema);
  if (validator === undefined) {
    validator = build(schema);
    validators.set(schema, validator);
  }
  return validator;
}

function build(schema: ZodType): Validator {
  const json = jsonSchemaOf(schema, { named: false });
  const byAjv = judge.compile(json) as (value: unknown) => boolean;
  const byZod = (value: unknown) => schema.safeParse(value).success;
  const accepts = judgesAgree(toWire(schema, 'schema')) ? byAjv : (value: unknown) => byAjv(value) && byZod(value);
  let tell: ValidateFunction | undefined;
  return {
    accepts,
    violations(value) {
      if (accepts(value)) return [];
      tell ??= teller.compile(json);
      return tell(value) ? issuesOf(schema, value) : violationsOf(tell.errors!, value);
    },
  };
}

/** What zod alone has against a value. */
function issuesOf(schema: ZodType, value: unknown): Violation[] {
  const { error } = schema.safeParse(value);
  return error!.issues.map(({ path, code, message }) => ({
    pointer: path.map((step) => `/${escapePointer(String(step))}`).join(''),
    kind: 'other',
    rule: `zod ${code}`,
    message,
    expected: code,
  }));
}
