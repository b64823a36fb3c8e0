import { type Contract, endpointById } from '../contract/contract.js';
import { fillPath } from '../contract/route.js';
import { HarnessError } from '../errors.js';
import { jsonOf } from '../exchange/body.js';
import type { Door } from '../transport/door.js';

export interface Answer {
  readonly status: number;
  /** Parsed body; undefined when it is no JSON. */
  readonly json: unknown;
}

export interface Reading {
  readonly endpoint: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

/** One read outside any plan, past the provider's cache; throws `infrastructure` where no answer comes. */
export async function readPlainly(
  contract: Contract,
  door: Door,
  { endpoint, params, query = {} }: Reading,
): Promise<Answer> {
  const { method, path } = endpointById(contract, endpoint);
  const search = new URLSearchParams(query).toString();
  const { exchange } = await door.send({
    method,
    path: `${fillPath(path, params)}${search === '' ? '' : `?${search}`}`,
    writes: false,
    headers: [['accept', 'application/json'], contract.provider.headers.fresh],
    body: undefined,
    auth: 'token',
    property: 'preparation',
    casePath: endpoint,
    before: [],
    purpose: 'plan',
  });
  const { outcome } = exchange;
  if (outcome.kind === 'unanswered')
    throw new HarnessError('infrastructure', `the provider does not answer: ${outcome.detail}`, {
      hint: 'Try again later; nothing is lost.',
    });
  const reading = outcome.body.state === 'present' ? jsonOf(outcome.body) : undefined;
  return { status: outcome.status, json: reading?.ok ? reading.value : undefined };
}
