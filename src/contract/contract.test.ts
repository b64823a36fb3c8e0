import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from '../../contracts/chift/index.js';
import { HarnessError } from '../errors.js';
import { type Contract, defineContract, endpointById, policyFor, schemasOf } from './contract.js';
import type { Endpoint } from './endpoint.js';

const create = endpointById(contract, 'createContact');
const readOne = endpointById(contract, 'getContact');
const withEndpoint = (endpoint: Endpoint): Contract => ({ ...contract, endpoints: [...contract.endpoints, endpoint] });

describe('a contract', () => {
  it('that can be kept is given back as it is', () => expect(defineContract(contract)).toBe(contract));

  it.each<[string, Contract, string]>([
    ['an id twice', withEndpoint(create), 'endpoint createContact is defined twice'],
    ['a route twice', withEndpoint({ ...create, id: 'again' }), 'again and createContact have one route'],
    [
      'a route twice under another name of its parameter',
      withEndpoint({
        ...create,
        id: 'again',
        path: create.path.replace('consumer_id', 'tenant'),
        request: { params: { tenant: z.uuid() } },
      }),
      'again and createContact have one route',
    ],
    [
      'a path parameter without a schema',
      withEndpoint({ ...create, id: 'b', path: '/b/{c}', request: {} }),
      'b has no schema for the path parameter c',
    ],
    [
      'a schema for no parameter',
      withEndpoint({ ...create, id: 'b', path: '/b', request: { params: { c: z.string() } } }),
      'b describes c, which its path does not have',
    ],
    ['a path without a slash', withEndpoint({ ...create, id: 'b', path: 'b' }), 'must start with a slash'],
    [
      'a schema outside JSON',
      withEndpoint({ ...create, id: 'b', path: '/b', request: { body: z.object({ at: z.date() }) } }),
      'b request body at /at: z.date cannot be part of a contract',
    ],
    [
      'an answer outside JSON',
      withEndpoint({ ...create, id: 'b', path: '/b', request: {}, responses: { 200: z.bigint() } }),
      'b response 200: z.bigint cannot',
    ],
    [
      'a profile that names no endpoint',
      { ...contract, provider: { ...contract.provider, resource: { ...contract.provider.resource, list: 'nothing' } } },
      'provider profile names the unknown endpoint nothing',
    ],
    [
      'a policy that names no endpoint',
      { ...contract, statuses: [{ ...contract.statuses[0]!, endpoints: ['nothing'] }] },
      'status policy 401 names the unknown endpoint nothing',
    ],
  ])('with %s is refused', (_, broken, message) => {
    expect(() => defineContract(broken)).toThrow(HarnessError);
    expect(() => defineContract(broken)).toThrow(message);
  });

  it('tells each schema with its place', () => {
    expect(schemasOf(readOne).map(([where]) => where)).toEqual([
      'path parameter consumer_id',
      'path parameter contact_id',
      'response 200',
      'response 400',
      'response 404',
      'response 422',
    ]);
  });

  it('has an endpoint by its id, or says that it has not', () => {
    expect(endpointById(contract, 'createContact')).toBe(create);
    expect(() => endpointById(contract, 'nothing')).toThrow('contract chift/contacts has no endpoint nothing');
  });
});

describe('the policy for a status', () => {
  it.each([
    ['createContact', 401, 401],
    ['createContact', 409, 409],
    ['getContact', 409, undefined],
    ['createContact', 500, '5xx'],
    ['createContact', 503, 503],
    ['createContact', 599, '5xx'],
    ['createContact', 418, undefined],
    ['createContact', 201, undefined],
    ['createContact', 600, undefined],
  ] as const)('of %s and %s is %s', (id, status, named) => {
    expect(policyFor(contract, endpointById(contract, id), status)?.status).toBe(named);
  });
});
