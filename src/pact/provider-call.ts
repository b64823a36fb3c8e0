import { type Contract, endpointById } from '../contract/contract.js';
import { fillPath } from '../contract/route.js';
import { HarnessError } from '../errors.js';
import { jsonOf } from '../exchange/body.js';
import type { Door } from '../transport/door.js';

/** A request in the words of the contract, for bringing a state about. */
export type ProviderCall = (
  endpoint: string,
  request: { readonly params: Readonly<Record<string, string>>; readonly body?: unknown },
) => Promise<{ readonly status: number; readonly json: unknown }>;

/** Through the same door as everything else, so permit and budget hold for states too. */
export function providerCall(contract: Contract, door: Door): ProviderCall {
  return async (id, { params, body }) => {
    const endpoint = endpointById(contract, id);
    const { exchange } = await door.send({
      method: endpoint.method,
      path: fillPath(endpoint.path, params),
      writes: endpoint.effect === 'writes',
      headers: [
        ['accept', 'application/json'],
        ['accept-encoding', 'identity'],
        ...(body === undefined ? [] : [['content-type', 'application/json'] as const]),
      ],
      body: body === undefined ? undefined : JSON.stringify(body),
      auth: endpoint.auth === 'bearer' ? 'token' : 'none',
      property: 'pact-state',
      casePath: id,
      before: [],
      purpose: 'plan',
    });
    if (exchange.outcome.kind === 'unanswered')
      throw new HarnessError('inconclusive', `${id} was not answered: ${exchange.outcome.detail}`);
    const reading = jsonOf(exchange.outcome.body);
    return { status: exchange.outcome.status, json: reading.ok ? reading.value : undefined };
  };
}
