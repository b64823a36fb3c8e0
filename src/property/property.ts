import type { Exchange } from '../exchange/exchange.js';
import type { Header } from '../exchange/headers.js';
import type { Finding } from '../finding/finding.js';

export const kinds = ['valid', 'edge', 'invalid', 'auth', 'stateful', 'transport'] as const;
export type Kind = (typeof kinds)[number];

/** One request in the words of the contract; the tenant parameter is filled in when it is left out. */
export interface CallRequest {
  /** Endpoint id. */
  readonly endpoint: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: readonly Header[];
  /** A value to be sent as JSON. */
  readonly body?: unknown;
  /** Exact bytes instead of a value, with the content type to claim (null: none). */
  readonly raw?: { readonly content: string | Uint8Array; readonly contentType: string | null };
  readonly auth?: 'token' | 'none' | { readonly authorization: string };
  /** Client request id; every create gets one of the run's own when it is left out. */
  readonly requestId?: string;
  /** The exchanges this request builds on. */
  readonly before?: readonly Exchange[];
}

/** One request that was sent and judged. */
export interface Called {
  readonly exchange: Exchange;
  /** What the checks found in this exchange. */
  readonly findings: readonly Finding[];
  /** 0 when no answer came or the status says nothing (throttled). */
  readonly status: number;
  /** Parsed body; undefined when it is no JSON. */
  readonly json: unknown;
}

/** Sends one request through the door and has the checks judge it. */
export type Call = (request: CallRequest) => Promise<Called>;

/** Inputs by number: input `i` depends on the seed and `i` alone, so cases can be sharded, reordered and replayed. */
export interface Inputs<I> {
  readonly count: number;
  at(index: number): I;
  /** Simpler inputs of the same kind, the boldest first. */
  shrink(input: I): Iterable<I>;
  /** The request body that an input is sent as, where it is one. */
  bodyOf?(input: I): unknown;
  /** What an input covers, for the coverage map. */
  covers(input: I): readonly Covered[];
}

export interface Covered {
  readonly axis: 'field' | 'mutation';
  /** JSON pointer into the request body. */
  readonly pointer: string;
  /** Edge name or mutation class. */
  readonly name: string;
}

/** What a property may know about the run. */
export interface Surroundings {
  readonly seed: number;
  /** Tenant id of this run. */
  readonly tenant: string;
  /** A tenant that these credentials must not reach, when the run has one. */
  readonly foreignTenant: string | undefined;
  readonly connection: string | undefined;
  /** The token in use, for probes that alter it; undefined without one. */
  token(): Promise<string>;
  readonly loopback: boolean;
  /** Whether strings may carry markup, formulas and control characters; never at a real target unless asked for. */
  readonly hostile: boolean;
  /** A client request id of this run, unique among all runs. */
  nextRequestId(): string;
}

/** A statement about the provider that must hold for every input. */
export interface Property<I = unknown> {
  /** `createContact.accepts-valid`. */
  readonly id: string;
  readonly kind: Kind;
  /** Runs before everything else: a target that fails it is not fit for the rest. */
  readonly first?: boolean;
  /** Random cases that fill what the budget leaves. */
  readonly filler?: boolean;
  /** Runs alone: no other case may be in flight, because it compares totals. */
  readonly exclusive?: boolean;
  inputs(around: Surroundings): Inputs<I>;
  /** Findings beyond those of the checks. */
  run(input: I, call: Call, around: Surroundings): Promise<readonly Finding[]>;
}

/** A fixed list that cannot be simplified. */
export function listed<I>(inputs: readonly I[]): Inputs<I> {
  return { count: inputs.length, at: (index) => inputs[index]!, shrink: () => [], covers: () => [] };
}
