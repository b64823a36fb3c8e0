import type { ZodType } from 'zod';
import { HarnessError } from '../errors.js';
import type { Endpoint } from './endpoint.js';
import { parametersOf, pathPattern } from './route.js';
import { toWire } from './wire.js';

/** Whose fault an answer is; only `contract` and `connector` findings speak about the promise itself. */
export type Attribution = 'contract' | 'connector' | 'auth' | 'rate' | 'transport';

/** A status the published document leaves out although other documentation or plain HTTP names it. */
export interface StatusPolicy {
  /** A status (`401`) or a class (`5xx`). An exact status wins over its class. */
  readonly status: number | '4xx' | '5xx';
  /**
   * `tolerated`: no finding by itself; `unjudged`: says nothing about the contract, counted with the reason;
   * `violation`: a finding.
   */
  readonly verdict: 'tolerated' | 'unjudged' | 'violation';
  /** Shape of the body where one is documented; null leaves it unchecked. */
  readonly body: ZodType | null;
  /** Documented bodies that a client must tell apart, by name. */
  readonly examples?: Readonly<Record<string, unknown>>;
  readonly attribution: Attribution;
  /** Endpoint ids this applies to; all when absent. */
  readonly endpoints?: readonly string[];
  readonly reason: string;
  readonly source: string;
}

/** What a token is exchanged for; from the environment only, never shown. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly accountId: string;
}

/** What a run needs to know about the provider beyond its promises. */
export interface ProviderProfile {
  readonly name: string;
  readonly baseUrl: string;
  /** The documented token exchange. */
  readonly token: {
    readonly endpoint: string;
    request(credentials: Credentials): unknown;
    /** Reads a 200 answer; seconds of life. Throws on any other shape. */
    read(answer: unknown): { token: string; expiresInSeconds: number };
  };
  readonly headers: {
    /** Client request id: makes a create recognisable, a repeat is refused. */
    readonly requestId: string;
    readonly connection: string;
    /** Asks a read to bypass the provider's cache. */
    readonly fresh: readonly [name: string, value: string];
  };
  /** Path parameter that names the tenant, and the endpoint ids the stateful properties work with. */
  readonly tenant: string;
  readonly resource: {
    readonly create: string;
    readonly readOne: string;
    readonly list: string;
    readonly idParam: string;
  };
  /**
   * Whether the provider's own parser is known to turn `value` into the expected kind, although the promise does
   * not allow it. Accepting such a value is laxness (a warning), not a breach.
   */
  coercible(expected: string, value: unknown): boolean;
  /** JSON pointers of fields that the provider is known not to repeat as sent. */
  readonly echoWaivers: readonly string[];
  /** Whose fault an error answer is, from status and parsed body. */
  attribute(status: number, body: unknown): Attribution;
}

/** Where the contract says something else than the published document on purpose; the comparison of both shows it. */
export interface Deviation {
  /** Endpoint ids; all when absent. */
  readonly endpoints?: readonly string[];
  /** JSON pointer within the part that differs; every place when absent. */
  readonly pointer?: string;
  /** The change as the comparison names it: `422: one way to be an object removed`. */
  readonly rule: string;
  readonly reason: string;
  readonly source: string;
}

/** What one provider promises, and the little the engine must know to speak with it. */
export interface Contract {
  /** `provider/resource`, e.g. `chift/contacts`. */
  readonly name: string;
  /** Date of the published document the model follows. */
  readonly version: string;
  readonly endpoints: readonly Endpoint[];
  readonly statuses: readonly StatusPolicy[];
  readonly deviations?: readonly Deviation[];
  readonly provider: ProviderProfile;
}

/**
 * Checks that a contract can be kept: unique ids and routes, path parameters with a schema each, schemas within JSON,
 * and no name of an endpoint that is none. Throws a usage error that says where.
 */
export function defineContract(contract: Contract): Contract {
  const refuse = (what: string): never => {
    throw new HarnessError('usage', `contract ${contract.name}: ${what}`);
  };
  const routes = new Map<string, string>();
  const ids = new Set<string>();
  for (const endpoint of contract.endpoints) {
    if (ids.has(endpoint.id)) refuse(`endpoint ${endpoint.id} is defined twice`);
    ids.add(endpoint.id);
    checkParameters(endpoint, refuse);
    const shape = `${endpoint.method} ${pathPattern(endpoint.path).source.replace(/\?<\w+>/g, '')}`;
    if (routes.has(shape)) refuse(`${endpoint.id} and ${routes.get(shape)} have one route`);
    routes.set(shape, endpoint.id);
    for (const [where, schema] of schemasOf(endpoint)) toWire(schema, `${endpoint.id} ${where}`);
  }
  for (const [who, id] of named(contract)) if (!ids.has(id)) refuse(`${who} names the unknown endpoint ${id}`);
  return contract;
}

function checkParameters({ id, path, request }: Endpoint, refuse: (what: string) => never): void {
  pathPattern(path);
  const inPath = new Set(parametersOf(path));
  const described = new Set(Object.keys(request.params ?? {}));
  for (const name of inPath) if (!described.has(name)) refuse(`${id} has no schema for the path parameter ${name}`);
  for (const name of described) if (!inPath.has(name)) refuse(`${id} describes ${name}, which its path does not have`);
}

/** Endpoint ids that the rest of a contract relies on, with who names them. */
function named({ provider, statuses }: Contract): [who: string, id: string][] {
  const { create, readOne, list } = provider.resource;
  const profile = [provider.token.endpoint, create, readOne, list];
  return [
    ...profile.map((id): [string, string] => ['provider profile', id]),
    ...statuses.flatMap(({ status, endpoints = [] }) =>
      endpoints.map((id): [string, string] => [`status policy ${status}`, id]),
    ),
  ];
}

/** Every schema of an endpoint with the place it stands in. */
export function schemasOf(endpoint: Endpoint): [where: string, schema: ZodType][] {
  const { params = {}, query = {}, body } = endpoint.request;
  return [
    ...Object.entries(params).map(([name, schema]): [string, ZodType] => [`path parameter ${name}`, schema]),
    ...Object.entries(query).map(([name, schema]): [string, ZodType] => [`query parameter ${name}`, schema]),
    ...(body ? [['request body', body] as [string, ZodType]] : []),
    ...Object.entries(endpoint.responses).flatMap(([status, schema]): [string, ZodType][] =>
      schema ? [[`response ${status}`, schema]] : [],
    ),
  ];
}

export function endpointById(contract: Contract, id: string): Endpoint {
  const endpoint = contract.endpoints.find((candidate) => candidate.id === id);
  if (endpoint === undefined) throw new HarnessError('usage', `contract ${contract.name} has no endpoint ${id}`);
  return endpoint;
}

/** The policy for a status the endpoint does not promise; undefined when nothing documents it. */
export function policyFor(contract: Contract, endpoint: Endpoint, status: number): StatusPolicy | undefined {
  const applies = contract.statuses.filter((policy) => policy.endpoints?.includes(endpoint.id) ?? true);
  return (
    applies.find((policy) => policy.status === status) ??
    applies.find((policy) => policy.status === `${Math.floor(status / 100)}xx`)
  );
}
