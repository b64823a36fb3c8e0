import type { ZodType, z } from 'zod';
import type { Endpoint } from '../../../src/index.js';
import type { ContactIn, ContactOut, contactPage } from '../contact.js';
import { createContact, getContact, listContacts } from '../endpoints.js';

export type ContactPage = z.infer<typeof contactPage>;

export interface ContactClientOptions {
  /** Without a slash at the end: `https://api.chift.eu`. */
  readonly baseUrl: string;
  /** Sent as bearer token; without one the provider answers 401. */
  readonly token: string | undefined;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** For one request; default 30,000. */
  readonly timeoutMs?: number;
}

export interface ContactClient {
  createContact(consumerId: string, contact: ContactIn): Promise<ContactOut>;
  getContact(consumerId: string, contactId: string): Promise<ContactOut>;
  /** One page, counted from 1; at most 100 contacts. */
  listContacts(consumerId: string, page: { page: number; size: number }): Promise<ContactPage>;
}

/** The provider refused (`status` and its words), or answered what its contract does not allow. */
export class ContactError extends Error {
  override readonly name = 'ContactError';
  constructor(
    message: string,
    readonly status: number,
    /** `error_code` of the answer, where it has one. */
    readonly code: string | undefined,
    readonly body: unknown,
  ) {
    super(message);
  }
}

/**
 * The smallest client that keeps the contract: one request a call, nothing repeated, no redirect followed, and no
 * answer handed on that the model does not allow. It is the consumer of the pact.
 */
export function contactClient(options: ContactClientOptions): ContactClient {
  const contacts = (consumerId: string) => `/consumers/${encodeURIComponent(consumerId)}/invoicing/contacts`;
  return {
    createContact: (consumerId, contact) => call(options, createContact, contacts(consumerId), contact),
    getContact: (consumerId, id) =>
      call(options, getContact, `${contacts(consumerId)}/${encodeURIComponent(id)}`, undefined),
    listContacts: (consumerId, { page, size }) =>
      call(options, listContacts, `${contacts(consumerId)}?page=${page}&size=${size}`, undefined),
  };
}

async function call<T>(options: ContactClientOptions, endpoint: Endpoint, path: string, body: unknown): Promise<T> {
  const response = await options.fetch(options.baseUrl + path, {
    method: endpoint.method,
    headers: {
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: 'manual',
    signal: AbortSignal.timeout(options.timeoutMs ?? 30_000),
  });
  const answer = read(await response.text());
  if (response.status !== 200) throw refusal(endpoint, response.status, answer);
  return promised(endpoint, answer) as T;
}

/** A refusal may come without JSON, so text that is none stays text. */
function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function refusal(endpoint: Endpoint, status: number, body: unknown): ContactError {
  const { message, error_code: code } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  const words = typeof message === 'string' ? message : 'no reason given';
  return new ContactError(
    `${endpoint.summary}: refused with ${status}: ${words}`,
    status,
    typeof code === 'string' ? code : undefined,
    body,
  );
}

function promised(endpoint: Endpoint, answer: unknown): unknown {
  const model = endpoint.responses[200] as ZodType;
  const read = model.safeParse(answer);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new ContactError(
    `${endpoint.summary}: the answer breaks the contract at /${issue?.path.join('/')}: ${issue?.message}`,
    200,
    undefined,
    answer,
  );
}
