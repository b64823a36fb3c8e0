import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { ZodType } from 'zod';
import { escapePointer } from '../exchange/json.js';
import { jsonSchemaOf } from './json-schema.js';
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

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: false,
  ownProperties: true,
  validateSchema: false, // The schemas are derived ones, and checking them doubles the time of the first compilation.
  logger: false,
  code: { regExp: Object.assign((source: string) => regexOf(source), { code: 'regexOf' }) },
});
formats.default(ajv, { mode: 'full', formats: ['date', 'date-time', 'email', 'uuid'] });

const validators = new WeakMap<ZodType, Validator>();

/**
 * Both judges of a schema: ajv on its JSON Schema, which locates, and zod, which catches what the two read differently.
 * A value is accepted when both accept it.
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
  const validate: ValidateFunction = ajv.compile(jsonSchemaOf(schema, { named: false }));
  return {
    accepts: (value) => validate(value) && schema.safeParse(value).success,
    violations(value) {
      if (!validate(value)) return violationsOf(validate.errors ?? [], value);
      const { error } = schema.safeParse(value);
      return (error?.issues ?? []).map(({ path, code, message }) => ({
        pointer: path.map((step) => `/${escapePointer(String(step))}`).join(''),
        kind: 'other',
        rule: `zod ${code}`,
        message,
        expected: code,
      }));
    },
  };
}
