import { createHash } from 'node:crypto';
import { type Contract, schemasOf } from '../contract/contract.js';
import { jsonSchemaOf } from '../derive/json-schema.js';

/** Identity of everything a contract promises: results of different contracts are never merged. */
export function contractHash(contract: Contract): string {
  const promise = {
    name: contract.name,
    version: contract.version,
    endpoints: contract.endpoints.map((endpoint) => [
      endpoint.id,
      endpoint.method,
      endpoint.path,
      Object.keys(endpoint.responses),
      schemasOf(endpoint).map(([where, schema]) => [where, jsonSchemaOf(schema)]),
    ]),
    statuses: contract.statuses.map(({ status, verdict, endpoints }) => [status, verdict, endpoints ?? null]),
  };
  return `sha256:${createHash('sha256').update(JSON.stringify(promise)).digest('hex')}`;
}
