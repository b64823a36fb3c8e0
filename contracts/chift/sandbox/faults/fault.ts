import type { FindingCode } from '../../../../src/index.js';
import type { Answer } from '../answers.js';
import type { Behaviour, Change, Visit } from '../behaviour.js';
import type { Operation } from '../routes.js';
import type { Contact } from '../state.js';

/** One named breach of one promise. */
export interface Fault {
  /** Kebab-case, stable. */
  readonly name: string;
  /** The finding that a run on it must give, whatever else it gives. */
  readonly finding: FindingCode;
  readonly description: string;
  readonly change: Change;
}

type Json = Readonly<Record<string, unknown>>;

/** Rewrites the body of one operation's successes. */
export function inAnswer(operation: Operation, rewrite: (body: Json, visit: Visit) => unknown): Change {
  return onAnswer((answer, visit) =>
    visit.operation === operation && answer.status === 200
      ? { ...answer, body: rewrite(answer.body as Json, visit) }
      : answer,
  );
}

/** Rewrites answers as a whole. */
export function onAnswer(rewrite: (answer: Answer, visit: Visit) => Answer): Change {
  return (base) => ({ answer: (answer, visit) => rewrite(base.answer(answer, visit), visit) });
}

/** Rewrites a contact wherever it leaves the provider: in the answer to the create, alone, and in lists. */
export function inContacts(rewrite: (contact: Contact, visit: Visit) => Contact): Change {
  return (base) => ({ shown: (contact, visit) => rewrite(base.shown(contact, visit), visit) });
}

/** Rewrites a contact when it is made, so that the provider believes it itself. */
export function whenMade(rewrite: (contact: Contact, sent: Json) => Contact): Change {
  return (base) => ({ made: (visit, id) => rewrite(base.made(visit, id), visit.sent as Json) });
}

/** Answers otherwise to a create of these valid bodies, and creates nothing. */
export function refusing(when: (sent: Json) => boolean, answer: () => Answer): Change {
  return (base: Behaviour) => ({
    repeat: (visit) => (when(visit.sent as Json) ? answer() : base.repeat(visit)),
  });
}

/** Every text in a value, wherever it stands. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** A copy with every text of the documented fields rewritten; ids and enumerated values stay. */
export function withTexts(contact: Contact, rewrite: (text: string) => string): Contact {
  const inner = (value: unknown, key: string): unknown => {
    if (kept.has(key)) return value;
    if (typeof value === 'string') return rewrite(value);
    if (Array.isArray(value)) return value.map((item) => inner(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inner(each, name)]));
  };
  return inner(contact, '') as Contact;
}

const kept = new Set(['id', 'source_ref', 'gender', 'address_type', 'birthdate']);

/** The answer of a server that fell over. */
export function crashed(): Answer {
  return { status: 500, headers: [], body: { message: 'Internal Server Error', status: 'error', detail: '' } };
}
