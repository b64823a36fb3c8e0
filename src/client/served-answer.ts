import type { Endpoint } from '../contract/endpoint.js';
import type { Wire } from '../contract/wire.js';
import type { Header } from '../exchange/headers.js';
import type { Kind } from '../property/property.js';

/** One answer as it is put on the wire. */
export interface ServedAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string;
  /** `cut`: half of the body, then the connection breaks; `reset`: not even a status. */
  readonly fault?: 'cut' | 'reset';
  readonly delayMs?: number;
  /** Sent to the other server, whose address is known only then. */
  readonly redirect?: true;
}

/** One thing that a client has to cope with: the answers to its requests, one after the other, the last one for ever. */
export interface Sitting {
  /** `createContact/200/edge-12`: depends on the contract and the seed alone. */
  readonly id: string;
  readonly kind: Kind;
  readonly endpoint: Endpoint;
  /** Names what is served, for rules and messages; holds no value. */
  readonly label: string;
  readonly answers: readonly ServedAnswer[];
  /**
   * What the client must make of it: what the last answer says by its status; a refusal, although the status says
   * success; or either, because the answer breaks the contract and only a crash counts.
   */
  readonly expects: 'by-status' | 'refusal' | 'either';
  /** The JSON value of an answer of the model, which can be made smaller. */
  readonly value?: { readonly wire: Wire; readonly json: unknown };
}

export const json: Header = ['content-type', 'application/json'];

export function jsonAnswer(status: number, value: unknown, headers: readonly Header[] = []): ServedAnswer {
  return { status, headers: [json, ...headers], body: JSON.stringify(value) };
}

/** The same sitting around another value. */
export function withValue(sitting: Sitting, value: unknown): Sitting {
  const [first] = sitting.answers;
  return {
    ...sitting,
    answers: [{ ...first!, body: JSON.stringify(value) }],
    value: { wire: sitting.value!.wire, json: value },
  };
}
