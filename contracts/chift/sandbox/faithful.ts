import type { ZodType } from 'zod';
import { addressOut } from '../address.js';
import { contactIn, contactOut } from '../contact.js';
import { createContact, getTransaction, listContacts } from '../endpoints.js';
import { alreadyProcessed, chiftError, type Problem } from './answers.js';
import type { Behaviour, Visit } from './behaviour.js';
import { choices } from './choices.js';
import { connectionOf, demo } from './demo.js';
import { problemsOf } from './problems.js';
import { readBody } from './reading.js';
import type { Contact, Tenant } from './state.js';

/** The provider as it is documented; where it is not, as `choices` says. */
export const faithful: Behaviour = {
  admits({ request, state }) {
    const token = /^bearer +(\S+)$/i.exec(header(request.headers, 'authorization') ?? '')?.[1];
    return token !== undefined && state.isGood(token, request.receivedAt);
  },
  reaches({ params }) {
    const consumer = params['consumer_id']?.toLowerCase();
    const refusal = consumer === undefined ? undefined : outOfReach.get(consumer);
    return refusal && chiftError(refusal.status, refusal);
  },
  parameters(visit) {
    const uuids = Object.entries(visit.params).filter(([name]) => uuidParams.has(name));
    return [
      ...uuids.flatMap(([name, text]) => uuidProblems(['path', name], text)),
      ...queryProblems(visit),
      ...uuidProblems(['header', connectionHeader], header(visit.request.headers, connectionHeader)),
    ];
  },
  read: ({ request }) => readBody(request),
  converted: (value) => value,
  problems: (value) => problemsOf(contactIn, value, ['body']),
  repeat(visit) {
    const id = requestIdOf(visit);
    const earlier = id === undefined ? undefined : tenantOf(visit).transactions.get(transactionKey(visit, id));
    return earlier && alreadyProcessed(id!, earlier.status_code);
  },
  newId: ({ state }) => `contact-${String(state.nextNumber()).padStart(6, '0')}`,
  made: (visit, id) => contactFrom(visit.sent, id),
  keep(contact, visit) {
    const tenant = tenantOf(visit);
    tenant.contacts.push(contact);
    remember(contact, visit, tenant);
  },
  /** From the end, because what was just created is asked for most. */
  find: (visit) => tenantOf(visit).contacts.findLast(({ id }) => id === visit.params['contact_id']),
  shown: (contact) => contact,
  filtered(visit) {
    const type = visit.query.get('contact_type') ?? 'all';
    const { contacts } = tenantOf(visit);
    return type === 'all' ? contacts : contacts.filter((contact) => contact[`is_${type}`] === true);
  },
  page(contacts, { query }) {
    const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('size') ?? 50)];
    return { items: contacts.slice((page - 1) * size, page * size), total: contacts.length, page, size };
  },
  lookedUp(visit) {
    const id = visit.query.get('client_request_id') ?? '';
    return tenantOf(visit).transactions.get(`${visit.params['connection_id']!.toLowerCase()} ${id}`);
  },
  answer: (answer) => answer,
  text: (body) => JSON.stringify(body),
  reply: (reply) => reply,
};

/** Any other id is opaque. */
const uuidParams: ReadonlySet<string> = new Set(['consumer_id', 'connection_id']);
const connectionHeader = 'x-chift-connectionid';
const requestIdHeader = 'x-chift-client-requestid';

const outOfReach = new Map<string, typeof choices.unknownConsumer.is | typeof choices.foreignConsumer.is>([
  [demo.unknownConsumerId, choices.unknownConsumer.is],
  [demo.foreignConsumerId, choices.foreignConsumer.is],
]);

export function header(headers: Visit['request']['headers'], name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

export function tenantOf({ state, params }: Visit): Tenant {
  return state.tenant(params['consumer_id']!);
}

/** The client request id of a request, when it has one. */
export function requestIdOf({ request }: Visit): string | undefined {
  return header(request.headers, requestIdHeader) || undefined;
}

function transactionKey({ request, params }: Visit, requestId: string): string {
  const connection = header(request.headers, connectionHeader) ?? connectionOf(params['consumer_id']!);
  return `${connection.toLowerCase()} ${requestId}`;
}

function remember(contact: Contact, visit: Visit, tenant: Tenant): void {
  const { request } = visit;
  const id = requestIdOf(visit);
  if (id === undefined) return;
  tenant.transactions.set(transactionKey(visit, id), {
    created_on: new Date(request.receivedAt).toISOString(),
    method: request.method,
    route: createContact.path,
    status_code: 200,
    created_entity_id: contact.id,
  });
}

/** All documented fields of a contact, null where nothing was sent; unknown keys are left out. */
function contactFrom(sent: unknown, id: string): Contact {
  const addresses = own(sent, 'addresses');
  return {
    ...fieldsOf(contactOut.shape, sent),
    id,
    source_ref: { id: id.replace(/\D/g, ''), model: 'contact' },
    addresses: Array.isArray(addresses) ? addresses.map((address) => fieldsOf(addressOut.shape, address)) : [],
    external_reference: null,
  };
}

function fieldsOf(shape: Readonly<Record<string, ZodType>>, sent: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.keys(shape).map((name) => [name, own(sent, name)]));
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : null;
}

/** 8-4-4-4-12 hexadecimal digits, of any version. */
function uuidProblems(loc: Problem['loc'], text: string | undefined): Problem[] {
  if (text === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return [];
  const error = 'invalid length or character';
  return [{ type: 'uuid_parsing', loc, msg: `Input should be a valid UUID, ${error}`, input: text, ctx: { error } }];
}

function queryProblems({ operation, query }: Visit): Problem[] {
  const endpoint = [listContacts, getTransaction].find(({ id }) => id === operation);
  return Object.entries(endpoint?.request.query ?? {}).flatMap(([name, schema]) => {
    const loc = ['query', name];
    const text = query.get(name);
    if (text !== null) return problemsOf(schema, numeric.has(name) ? numberOf(text) : text, loc).map(inputIs(text));
    return operation === 'getTransaction' ? [{ type: 'missing', loc, msg: 'Field required', input: null }] : [];
  });
}

const numeric = new Set(['page', 'size']);
const numberOf = (text: string): unknown => (/^-?\d+$/.test(text) ? Number(text) : text);
const inputIs =
  (input: string) =>
  (problem: Problem): Problem => ({ ...problem, input });
