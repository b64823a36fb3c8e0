import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { regexOf } from '../derive/membership.js';
import { HarnessError } from '../errors.js';
import { escapePointer } from '../exchange/json.js';
import type { NormalSchema } from './normal-schema.js';

/** The places (JSON pointers) at which a value is refused; none where it is accepted. */
export type Acceptor = (value: unknown) => readonly string[];

const ajv = new Ajv({
  allErrors: true,
  strict: false,
  ownProperties: true,
  logger: false,
  code: { regExp: Object.assign((source: string) => regexOf(source), { code: 'regexOf' }) },
});
formats.default(ajv, { mode: 'full' });

/** Ajv's verdict on a schema in its normal form; formats that ajv does not know refuse nothing. */
export function acceptorOf({ root, definitions }: NormalSchema, name: string): Acceptor {
  const schema = { allOf: [root], definitions };
  try {
    const validate = ajv.compile(schema);
    return (value) =>
      validate(value)
        ? []
        : (validate.errors ?? []).map(({ instancePath, params }) => {
            const missing = (params as { missingProperty?: unknown }).missingProperty;
            const extra = (params as { additionalProperty?: unknown }).additionalProperty;
            const key = missing ?? extra;
            return typeof key === 'string' ? `${instancePath}/${escapePointer(key)}` : instancePath;
          });
  } catch (cause) {
    throw new HarnessError('unreadable', `${name}: the schema cannot be compiled: ${(cause as Error).message}`, {
      cause,
    });
  } finally {
    ajv.removeSchema(schema);
  }
}
