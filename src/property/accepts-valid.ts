import { type Contract, endpointById } from '../contract/contract.js';
import { toWire, type Wire } from '../contract/wire.js';
import { arbitraryOf, valueAt } from '../derive/arbitrary.js';
import { edgePlan } from '../derive/edges.js';
import { shrinkBody } from '../derive/shrink.js';
import type { Finding } from '../finding/finding.js';
import type { Call, Called, Covered, Property } from './property.js';
import { unexpected } from './unexpected.js';

export interface ValidInput {
  readonly body: unknown;
  readonly covers: readonly Covered[];
}

/** How many random bodies the plan holds at most; the budget ends it long before. */
const randomBodies = 1_000_000;

/** Every valid body is accepted: the random ones, which fill what the budget leaves. */
export function acceptsRandom(contract: Contract): Property<ValidInput> {
  const wire = bodyOf(contract);
  const id = `${contract.provider.resource.create}.accepts-random`;
  return {
    id,
    kind: 'valid',
    filler: true,
    inputs: ({ seed, hostile }) => {
      const bodies = arbitraryOf(wire, { hostile });
      return {
        count: randomBodies,
        at: (index) => ({ body: valueAt(bodies, seed, id, index), covers: [] }),
        shrink: (input) => shrunk(wire, input),
        bodyOf: ({ body }) => body,
        covers: () => [],
      };
    },
    run: (input, call) => accepted(contract, input, call),
  };
}

/** Every valid body is accepted: the named edges of every field, alone and in pairs. */
export function acceptsEdges(contract: Contract): Property<ValidInput> {
  const wire = bodyOf(contract);
  return {
    id: `${contract.provider.resource.create}.accepts-edges`,
    kind: 'edge',
    inputs: ({ hostile }) => {
      const plan = edgePlan(wire, { hostile });
      return {
        count: plan.length,
        at: (index) => ({
          body: plan[index]!.body,
          covers: plan[index]!.covers.map(({ pointer, name }) => ({ axis: 'field', pointer, name })),
        }),
        shrink: (input) => shrunk(wire, input),
        bodyOf: ({ body }) => body,
        covers: (input) => input.covers,
      };
    },
    run: (input, call) => accepted(contract, input, call),
  };
}

function* shrunk(wire: Wire, input: ValidInput): Iterable<ValidInput> {
  for (const body of shrinkBody(wire, input.body)) yield { body, covers: [] };
}

function bodyOf(contract: Contract): Wire {
  const endpoint = endpointById(contract, contract.provider.resource.create);
  return toWire(endpoint.request.body!, `${endpoint.id} request body`);
}

/** Statuses that the checks forgive because the request does not show their cause; here the cause is excluded. */
const unexplained = new Set([401, 403, 404, 405, 409]);

/** The token is good, the tenant is known and the request id is fresh: nothing explains a refusal. */
async function accepted(contract: Contract, input: ValidInput, call: Call): Promise<readonly Finding[]> {
  const endpoint = contract.provider.resource.create;
  const called = await call({ endpoint, body: input.body });
  if (called.status === 200) return readsBack(contract, called, call);
  if (!unexplained.has(called.status)) return [];
  const connector = contract.provider.attribute(called.status, called.json) === 'connector';
  const code = connector ? 'request.valid.connector-refused' : 'request.valid.refused';
  const sentence = `${connector ? 'the connected software refused a valid request with' : 'a valid request was answered'} ${called.status}`;
  return [unexpected(called, endpoint, code, `status ${called.status}`, sentence, { part: 'request.body' })];
}

/** The contact can be read by the id it was answered with, past the cache; the checks compare the two. */
export async function readsBack(contract: Contract, created: Called, call: Call): Promise<readonly Finding[]> {
  const { readOne, idParam } = contract.provider.resource;
  const id = (created.json as { id?: unknown } | null | undefined)?.id;
  if (typeof id !== 'string' || id === '') return [];
  const read = await call({
    endpoint: readOne,
    params: { [idParam]: id },
    headers: [contract.provider.headers.fresh],
    before: [created.exchange],
  });
  if (read.status === 200) {
    const back = (read.json as { id?: unknown } | null | undefined)?.id;
    if (back === id) return [];
    return [
      unexpected(
        read,
        readOne,
        'state.read-back',
        'the id asked for',
        `asked for ${id}, answered with the id ${JSON.stringify(back)}`,
      ),
    ];
  }
  if (read.status < 400 || read.status >= 500) return [];
  return [
    unexpected(
      read,
      readOne,
      'state.read-back',
      'a created contact can be read',
      `the contact just created cannot be read: status ${read.status}`,
    ),
  ];
}
