import type { FindingCode, Reply, WireForm } from '../../../../src/index.js';
import type { Answer } from '../answers.js';
import type { Change, Visit } from '../behaviour.js';
import { tenantOf } from '../faithful.js';
import type { Operation } from '../routes.js';
import type { Contact } from '../state.js';

/** One named breach of one promise. */
export interface Fault {
  /** Kebab-case, stable. */
  readonly name: string;
  /** The finding that a run on it must give, whatever else it gives. */
  readonly finding: FindingCode;
  /** What the provider does, in words. */
  readonly description: string;
  readonly change: Change;
}

export type Json = Readonly<Record<string, unknown>>;

/** Rewrites answers as a whole. */
export function onAnswer(rewrite: (answer: Answer, visit: Visit) => Answer): Change {
  return (base) => ({ answer: (answer, visit) => rewrite(base.answer(answer, visit), visit) });
}

/** Rewrites one operation's answers of one status. */
export function onStatus(
  operation: Operation,
  status: number,
  rewrite: (answer: Answer, visit: Visit) => Answer,
): Change {
  return onAnswer((answer, visit) =>
    visit.operation === operation && answer.status === status ? rewrite(answer, visit) : answer,
  );
}

/** Rewrites the body of one operation's successes. */
export function inAnswer(operation: Operation, rewrite: (body: Json, visit: Visit) => unknown): Change {
  return onStatus(operation, 200, (answer, visit) => ({ ...answer, body: rewrite(answer.body as Json, visit) }));
}

/** Rewrites the body of refusals to create. */
export function inRefusal(rewrite: (body: Json, visit: Visit) => unknown): Change {
  return onStatus('createContact', 422, (answer, visit) => ({ ...answer, body: rewrite(answer.body as Json, visit) }));
}

/** Rewrites what goes on the wire for one operation's successes. */
export function onWire(operation: Operation, rewrite: (reply: Reply, visit: Visit) => Reply): Change {
  return (base) => ({
    reply(reply, visit) {
      const plain = base.reply(reply, visit);
      return visit.operation === operation && plain.status === 200 ? rewrite(plain, visit) : plain;
    },
  });
}

/** Frames one operation's successes in a way HTTP does not allow. */
export function framed(operation: Operation, wire: WireForm): Change {
  return onWire(operation, (reply) => ({ ...reply, wire }));
}

/** Rewrites the JSON text of one operation's successes. */
export function inText(operation: Operation, rewrite: (text: string) => string | Uint8Array): Change {
  return onWire(operation, (reply) => ({ ...reply, body: rewrite(String(reply.body)) }));
}

/** Replaces a header of an answer; null leaves it out. */
export function withHeader(reply: Reply, name: string, value: string | null): Reply {
  const others = reply.headers.filter(([key]) => key !== name);
  return { ...reply, headers: value === null ? others : [...others, [name, value]] };
}

/** Rewrites a contact wherever it leaves the provider: in the answer to the create, alone, and in lists. */
export function inContacts(rewrite: (contact: Contact) => Contact): Change {
  return (base) => ({ shown: (contact, visit) => rewrite(base.shown(contact, visit)) });
}

/** Rewrites a contact when it is made, so that the provider believes it itself. */
export function whenMade(rewrite: (contact: Contact) => Contact): Change {
  return (base) => ({ made: (visit, id) => rewrite(base.made(visit, id)) });
}

/** Answers otherwise to a create of these valid bodies, and creates nothing. */
export function answering(when: (sent: Json, visit: Visit) => boolean, answer: (visit: Visit) => Answer): Change {
  return (base) => ({
    repeat: (visit) => (when(visit.sent as Json, visit) ? answer(visit) : base.repeat(visit)),
  });
}

/** Refuses these valid bodies as if a rule were broken at `field`. */
export function refusing(field: string, when: (sent: Json, visit: Visit) => boolean): Change {
  return (base) => ({
    problems(value, visit) {
      const problems = base.problems(value, visit);
      if (problems.length > 0 || !when(value as Json, visit)) return problems;
      const msg = 'Value error, not supported';
      return [{ type: 'value_error', loc: ['body', field], msg, input: (value as Json)[field] ?? null }];
    },
  });
}

/** Fails on these valid bodies. */
export function crashingOn(when: (sent: Json) => boolean): Change {
  return answering(when, crashed);
}

/** The answer of a server that fell over. */
export function crashed(): Answer {
  return { status: 500, headers: [], body: { message: 'Internal Server Error', status: 'error', detail: '' } };
}

/** Contacts of the consumer, as they are kept. */
export const keptBy = (visit: Visit): Contact[] => tenantOf(visit).contacts;

/** Every text in a value, wherever it stands. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** Whether any text of a body matches. */
export const saying =
  (pattern: RegExp) =>
  (sent: Json): boolean =>
    textsIn(sent).some((text) => pattern.test(text));

/** A copy with every free text rewritten; ids, dates and enumerated values stay. */
export function withTexts(contact: Contact, rewrite: (text: string) => string | null): Contact {
  const inner = (value: unknown, key: string): unknown => {
    if (fixed.has(key)) return value;
    if (typeof value === 'string') return rewrite(value);
    if (Array.isArray(value)) return value.map((item) => inner(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inner(each, name)]));
  };
  return inner(contact, '') as Contact;
}

const fixed = new Set(['id', 'source_ref', 'gender', 'address_type', 'birthdate']);

/** Addresses of a contact or a body. */
export function addressesOf(holder: Json): readonly Json[] {
  return Array.isArray(holder['addresses']) ? (holder['addresses'] as Json[]) : [];
}

/** A copy with other addresses. */
export function withAddresses(contact: Contact, rewrite: (addresses: readonly Json[]) => readonly Json[]): Contact {
  return { ...contact, addresses: rewrite(addressesOf(contact)) };
}

/** A copy with one field rewritten where it has a text. */
export function withField(contact: Contact, field: string, rewrite: (text: string) => unknown): Contact {
  const value = contact[field];
  return typeof value === 'string' ? { ...contact, [field]: rewrite(value) } : contact;
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Neither left out nor null. */
export const has = (value: unknown): boolean => value !== undefined && value !== null;
