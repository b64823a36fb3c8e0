import type { Contract } from '../contract/contract.js';
import { pathPattern } from '../contract/route.js';
import { jsonOf } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Finding } from '../finding/finding.js';

/** Creates remembered, and bytes of a body beyond which one is not: memory stays flat. */
const remembered = 1000;
const maxBytes = 256 * 1024;

/** One exchange seen in the light of those before it in the same recording. */
export interface Related {
  /** A read is handed on after the create it reads back. */
  readonly exchange: Exchange;
  readonly findings: readonly Finding[];
}

export type Relate = (exchange: Exchange) => Related;

/**
 * Relates the exchanges of one recording: an id given out twice, and a read of what was created in it. Only what was
 * observed is related: examples and stubs use the same ids over and over.
 */
export function relationsOf(contract: Contract, basePath: string): Relate {
  const { create, readOne, idParam } = contract.provider.resource;
  const paths = [create, readOne].map((id) => contract.endpoints.find((endpoint) => endpoint.id === id)?.path);
  const [created, readBack] = paths.map((path) => (path === undefined ? undefined : pathPattern(path)));
  const tenantParam = contract.provider.tenant;
  const creates = new Map<string, Exchange>();

  const subject = (pattern: RegExp | undefined, exchange: Exchange) =>
    pattern?.exec(pathOf(exchange.request.url, basePath))?.groups;

  const related = (exchange: Exchange): Related => {
    const method = exchange.request.method.toUpperCase();
    if (method === 'POST') return { exchange, findings: afterCreate(exchange) };
    const read = subject(readBack, exchange);
    if (read === undefined) return { exchange, findings: [] };
    const key = keyOf(exchange, read[tenantParam], decoded(read[idParam] ?? ''));
    if (method === 'GET') return { exchange: after(creates.get(key), exchange), findings: [] };
    creates.delete(key);
    return { exchange, findings: [] };
  };

  const afterCreate = (exchange: Exchange): readonly Finding[] => {
    const params = subject(created, exchange);
    const id = params && idIn(exchange);
    if (id === undefined) return [];
    const key = keyOf(exchange, params![tenantParam], id);
    const first = creates.get(key);
    if (first !== undefined) return sameRequest(first, exchange) ? [] : [duplicate(create, first, exchange, id)];
    creates.set(key, exchange);
    if (creates.size > remembered) creates.delete(creates.keys().next().value!);
    return [];
  };

  return (exchange) => {
    const { origin, before } = exchange;
    const isObserved = origin.kind === 'document' && origin.provenance === 'observation';
    return isObserved && before.length === 0 ? related(exchange) : { exchange, findings: [] };
  };
}

const after = (create: Exchange | undefined, read: Exchange): Exchange =>
  create === undefined ? read : { ...read, before: [create] };

function duplicate(endpoint: string, first: Exchange, second: Exchange, id: string): Finding {
  return {
    code: 'state.duplicate-id',
    endpoint,
    at: { part: 'exchange', pointer: '' },
    rule: 'an id of its own',
    message: `two creates were answered with the id ${JSON.stringify(id)}`,
    evidence: after(first, second),
  };
}

/** A request sent again, or told twice by a recorder, may well be answered alike. */
function sameRequest(one: Exchange, other: Exchange): boolean {
  return Buffer.compare(one.request.body.bytes, other.request.body.bytes) === 0;
}

/** The id that a create was answered with. */
function idIn({ outcome }: Exchange): string | undefined {
  if (outcome.kind !== 'answered' || outcome.status !== 200 || outcome.body.state !== 'present') return undefined;
  const reading = jsonOf(outcome.body);
  const value = reading.ok ? (reading.value as { id?: unknown } | null) : null;
  if (typeof value !== 'object' || value === null || typeof value.id !== 'string') return undefined;
  return outcome.body.bytes.length > maxBytes ? undefined : value.id;
}

/** Ids are told apart by host and tenant. */
function keyOf({ request }: Exchange, tenant: string | undefined, id: string): string {
  return JSON.stringify([/^\w+:\/\/[^/?#]*/.exec(request.url)?.[0].toLowerCase(), tenant?.toLowerCase(), id]);
}

function pathOf(url: string, basePath: string): string {
  const path = url.replace(/^\w+:\/\/[^/?#]*/, '').replace(/[?#].*$/s, '');
  const base = basePath.replace(/\/+$/, '');
  return path.startsWith(base) ? path.slice(base.length) : '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
