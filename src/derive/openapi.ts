import type { ZodType } from 'zod';
import type { Contract } from '../contract/contract.js';
import type { Endpoint } from '../contract/endpoint.js';
import { type JsonSchema, jsonSchemaOf } from './json-schema.js';

/** The contract as an OpenAPI 3.1 document: what is promised, with the source of each fact as `x-source`. */
export function openapiOf(contract: Contract): JsonSchema {
  const components = new Map<string, unknown>();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of contract.endpoints) {
    paths[endpoint.path] ??= {};
    paths[endpoint.path]![endpoint.method.toLowerCase()] = operationOf(endpoint, components);
  }
  return {
    openapi: '3.1.0',
    info: { title: contract.name, version: contract.version },
    jsonSchemaDialect: 'http://json-schema.org/draft-07/schema#',
    servers: [{ url: contract.provider.baseUrl }],
    paths,
    components: {
      schemas: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function operationOf(endpoint: Endpoint, components: Map<string, unknown>): JsonSchema {
  const { params = {}, query = {}, body } = endpoint.request;
  const content = (schema: ZodType) => ({ 'application/json': { schema: referenced(schema, components) } });
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    'x-source': endpoint.source,
    security: endpoint.auth === 'bearer' ? [{ bearer: [] }] : [],
    parameters: [
      ...Object.entries(params).map(([name, schema]) => ({
        name,
        in: 'path',
        required: true,
        schema: referenced(schema, components),
      })),
      ...Object.entries(query).map(([name, schema]) => ({
        name,
        in: 'query',
        required: false,
        schema: referenced(schema, components),
      })),
    ],
    ...(body ? { requestBody: { required: true, content: content(body) } } : {}),
    responses: Object.fromEntries(
      Object.entries(endpoint.responses).map(([status, schema]) => [
        status,
        { description: `Status ${status}`, ...(schema ? { content: content(schema) } : {}) },
      ]),
    ),
  };
}

/** Named schemas move to the components; what is left refers to them. */
function referenced(schema: ZodType, components: Map<string, unknown>): unknown {
  const { $schema, definitions, ...own } = jsonSchemaOf(schema) as JsonSchema & {
    definitions?: Record<string, unknown>;
  };
  for (const [name, definition] of Object.entries(definitions ?? {})) components.set(name, moved(definition));
  return moved(own);
}

function moved(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(moved);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === '$comment') return ['x-source', value];
      if (key === '$ref' && typeof value === 'string')
        return [key, value.replace('#/definitions/', '#/components/schemas/')];
      return [key, moved(value)];
    }),
  );
}
