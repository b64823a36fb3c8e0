import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

/** HAR 1.2 by the schemas of har-schema. */
export function harValidator(): ValidateFunction {
  const require = createRequire(import.meta.url);
  const schemas = Object.values(require('har-schema') as Record<string, { $id: string }>);
  const ajv = new Ajv({ strict: false });
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  formats.default(ajv);
  ajv.addSchema(schemas);
  return ajv.getSchema('har.json#')!;
}
