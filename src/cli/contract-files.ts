import { type ZodType, z } from 'zod';
import { type Contract, schemasOf } from '../contract/contract.js';
import { type JsonSchema, jsonSchemaOf } from '../derive/json-schema.js';
import { openapiOf } from '../derive/openapi.js';
import { resultSchema } from '../run/result.js';
import { type Artefact, writeIfChanged } from './artefacts.js';

/** Where contract files go, below the working directory. */
export const generatedDir = 'contracts/generated';

/** Path below {@link generatedDir} → content: the named schemas of a contract, its OpenAPI document, the result's schema. */
export function contractFiles(contract: Contract): Map<string, string> {
  const files = new Map<string, string>();
  for (const [name, schema] of namedSchemas(contract))
    files.set(`schemas/${kebab(name)}.schema.json`, pretty(jsonSchemaOf(schema)));
  files.set('schemas/result.schema.json', pretty(z.toJSONSchema(resultSchema, { target: 'draft-7' }) as JsonSchema));
  files.set('openapi.json', pretty(openapiOf(contract)));
  return files;
}

export async function writeContractFiles(cwd: string, contract: Contract): Promise<Artefact[]> {
  const written: Artefact[] = [];
  for (const [path, content] of contractFiles(contract))
    written.push(await writeIfChanged(cwd, `${generatedDir}/${path}`, content));
  return written;
}

/** Every schema of an endpoint that has a name of its own, once. */
function namedSchemas(contract: Contract): Map<string, ZodType> {
  const named = new Map<string, ZodType>();
  for (const endpoint of contract.endpoints)
    for (const [, schema] of schemasOf(endpoint)) {
      const id = schema.meta()?.id;
      if (id !== undefined) named.set(id, schema);
    }
  return new Map([...named].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `ChiftPage_ContactItemOut_` → `chift-page-contact-item-out`. */
function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
}

const pretty = (document: JsonSchema): string => `${JSON.stringify(document, null, 2)}\n`;
