import { z } from 'zod';
import { contract as chift } from '../../contracts/chift/index.js';
import type { Contract } from '../contract/contract.js';
import type { Endpoint } from '../contract/endpoint.js';

const shared = {
  name: z.string(),
  size: z.int().optional(),
  free: z.unknown().optional(),
  parts: z.array(z.looseObject({ colour: z.string() })).optional(),
};

/** A thing as it is answered, and as it is sent. */
export const created = z.looseObject({ ...shared, id: z.string(), came: z.string().optional() });
export const sent = z.looseObject({ ...shared, sent: z.string().optional() });

function endpoint(id: string, method: Endpoint['method'], path: string, request: Endpoint['request']): Endpoint {
  const facts = { effect: 'writes', auth: 'none', summary: id, source: 'nowhere' } as const;
  return { id, method, path, ...facts, request, responses: { 200: created } };
}
const byId = { params: { id: z.string() } };

/** A contract that shows what a real one has no example of: two creates and two reads, of which one each counts. */
export const things: Contract = {
  ...chift,
  name: 'things',
  endpoints: [
    endpoint('create', 'POST', '/things', { body: sent }),
    endpoint('other', 'POST', '/others', { body: sent }),
    endpoint('read', 'GET', '/things/{id}', byId),
    endpoint('look', 'GET', '/looks/{id}', byId),
  ],
  provider: {
    ...chift.provider,
    resource: { ...chift.provider.resource, create: 'create', readOne: 'read' },
  },
};
