import type { ZodType } from 'zod';
import type { Endpoint } from '../contract/endpoint.js';

/** Which fields of an answer are present, null and absent, as a team names them. */
export interface Shape {
  readonly present: readonly string[];
  readonly null: readonly string[];
  readonly absent: readonly string[];
}

/** What must hold at the provider before the request; the handler may answer with real values for the params. */
export interface PactState {
  readonly name: string;
  readonly params?: Readonly<Record<string, string>>;
}

/** One promised conversation as data; matchers are derived from the endpoint's model. */
export interface PactInteraction {
  readonly description: string;
  readonly states: readonly PactState[];
  readonly endpoint: Endpoint;
  readonly request: {
    /** Path parameters; one that a state names as well is replaced by the provider's own value on verification. */
    readonly params: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
    readonly authorized: boolean;
    /** A body outside the model is pinned to the letter: a refusal is about that very body. */
    readonly body?: unknown;
  };
  readonly response: {
    readonly status: number;
    /** An answer within the model, holding only what the consumer reads. */
    readonly body?: unknown;
    /** Key of the list in which the answer holds what the endpoint is about; the answer itself when left out. */
    readonly resource?: string;
  };
  /** Remarks that travel in the pact file. */
  readonly notes?: readonly string[];
  /** A failure is told and fails nothing: for what the provider never published. */
  readonly pending?: boolean;
  /** Has variants of its own, in which fields of the answer are present, null or absent. */
  readonly varied?: {
    /** Before the colon: `get a contact`. */
    readonly description: string;
    /** The model of what can be asked for; what the provider makes up by itself has no variants. */
    readonly settable: ZodType;
    /** What must hold at the provider for an answer of this shape. */
    readonly states: (shape: Shape) => readonly PactState[];
  };
}

/** Identity of an interaction within a pact. */
export function interactionKey(interaction: Pick<PactInteraction, 'description' | 'states'>): string {
  return JSON.stringify([interaction.description, interaction.states.map(({ name, params }) => [name, params ?? {}])]);
}
