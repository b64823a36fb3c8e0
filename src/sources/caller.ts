import { type Contract, endpointById } from '../contract/contract.js';
import { fillPath } from '../contract/route.js';
import { jsonOf } from '../exchange/body.js';
import type { Header } from '../exchange/headers.js';
import type { Call, CallRequest, Surroundings } from '../property/property.js';
import type { Door, Outgoing } from '../transport/door.js';
import type { Sink } from './source.js';

export interface CaseContext {
  readonly property: string;
  /** Where the input is found again, see `CasePath`. */
  readonly casePath: string;
  readonly purpose: 'plan' | 'shrink';
}

/** Turns requests in the words of the contract into requests at the door, and hands every attempt to the sink. */
export function caller(
  contract: Contract,
  door: Door,
  sink: Sink,
  around: Surroundings,
): (context: CaseContext) => Call {
  return (context) => async (request) => {
    const sent = await door.send(outgoing(contract, around, request, context));
    for (const earlier of sent.earlier) sink.exchange(earlier, true);
    const { exchange } = sent;
    const findings = sink.exchange(exchange);
    const { outcome } = exchange;
    if (outcome.kind === 'unanswered' || outcome.status === 429 || outcome.status === 503)
      return { exchange, findings, status: 0, json: undefined };
    const reading = outcome.body.state === 'present' ? jsonOf(outcome.body) : undefined;
    return { exchange, findings, status: outcome.status, json: reading?.ok ? reading.value : undefined };
  };
}

function outgoing(contract: Contract, around: Surroundings, request: CallRequest, context: CaseContext): Outgoing {
  const endpoint = endpointById(contract, request.endpoint);
  const { provider } = contract;
  const path = fillPath(endpoint.path, { [provider.tenant]: around.tenant, ...request.params });
  const query = request.query === undefined ? '' : new URLSearchParams(request.query).toString();
  const content = request.raw?.content ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
  const contentType = request.raw ? request.raw.contentType : content === undefined ? null : 'application/json';
  const given = new Set((request.headers ?? []).map(([name]) => name.toLowerCase()));
  const standard: Header[] = [
    ['accept', 'application/json'],
    ['accept-encoding', 'identity'],
    ...(contentType === null ? [] : [['content-type', contentType] as const]),
    ...(around.connection === undefined ? [] : [[provider.headers.connection, around.connection] as const]),
    ...(endpoint.effect === 'writes'
      ? [[provider.headers.requestId, request.requestId ?? around.nextRequestId()] as const]
      : []),
  ];
  return {
    method: endpoint.method,
    path: query === '' ? path : `${path}?${query}`,
    writes: endpoint.effect === 'writes',
    headers: [...standard.filter(([name]) => !given.has(name)), ...(request.headers ?? [])],
    body: content,
    auth: request.auth ?? (endpoint.auth === 'bearer' ? 'token' : 'none'),
    property: context.property,
    casePath: context.casePath,
    before: request.before ?? [],
    purpose: context.purpose,
  };
}
