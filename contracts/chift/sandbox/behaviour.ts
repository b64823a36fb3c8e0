import type { EmulatedRequest, Reply } from '../../../src/index.js';
import type { Answer, Problem } from './answers.js';
import type { Reading } from './reading.js';
import type { Operation } from './routes.js';
import type { Contact, State, Transaction } from './state.js';

/** One request on its way through the provider. */
export interface Visit {
  readonly request: EmulatedRequest;
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly state: State;
  /** Parsed body; undefined until it is read. */
  readonly sent: unknown;
}

export interface Page {
  readonly items: readonly Contact[];
  readonly total: number;
  readonly page: number;
  readonly size: number;
}

/**
 * The provider in replaceable pieces, in the order a create passes through them. A fault or a variation replaces
 * one piece and may ask the one it replaced.
 */
export interface Behaviour {
  /** Whether the credentials of the request open the door. */
  admits(visit: Visit): boolean;
  /** Whether this consumer may be spoken to; an answer when not. */
  reaches(visit: Visit): Answer | undefined;
  /** What is wrong with path, query and headers. */
  parameters(visit: Visit): readonly Problem[];
  read(visit: Visit): Reading;
  /** What the parser makes of the JSON value before it is judged. */
  converted(value: unknown, visit: Visit): unknown;
  /** What is wrong with the body of a create. */
  problems(value: unknown, visit: Visit): readonly Problem[];
  /** The 409 of a client request id that was used before. */
  repeat(visit: Visit): Answer | undefined;
  newId(visit: Visit): string;
  /** The contact that a valid body makes. */
  made(visit: Visit, id: string): Contact;
  keep(contact: Contact, visit: Visit): void;
  find(visit: Visit): Contact | undefined;
  /** A contact as it leaves the provider. */
  shown(contact: Contact, visit: Visit): Contact;
  /** Contacts of the consumer that the filter lets through. */
  filtered(visit: Visit): readonly Contact[];
  page(contacts: readonly Contact[], visit: Visit): Page;
  lookedUp(visit: Visit): Transaction | undefined;
  /** Last touch on the answer as a value. */
  answer(answer: Answer, visit: Visit): Answer;
  text(body: unknown, visit: Visit): string;
  /** Last touch on the answer as bytes. */
  reply(reply: Reply, visit: Visit): Reply;
}

/** Replaces pieces of the behaviour; gets the one it stands on. */
export type Change = (base: Behaviour) => Partial<Behaviour>;

/** The changes one upon the other, the last one outermost. */
export function changed(base: Behaviour, changes: readonly Change[]): Behaviour {
  let behaviour = base;
  for (const change of changes) behaviour = { ...behaviour, ...change(behaviour) };
  return behaviour;
}
