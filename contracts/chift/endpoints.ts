import { z } from 'zod';
import type { Endpoint } from '../../src/index.js';
import { connection, consumer } from './consumer.js';
import { contactIn, contactOut, contactPage } from './contact.js';
import { chiftError, unprocessable } from './error.js';
import { published } from './source.js';
import { authItem, token } from './token.js';
import { transaction } from './transaction.js';

const consumerId = z.guid().meta({ description: 'Consumer id', source: published('parameter consumer_id') });
const contacts = '/consumers/{consumer_id}/invoicing/contacts';

/** Creates one contact: `contactIn` in the body, `contactOut` in a 200. */
export const createContact: Endpoint = {
  id: 'createContact',
  method: 'POST',
  path: contacts,
  effect: 'writes',
  auth: 'bearer',
  summary: 'Create a contact',
  source: published('invoicing_post_contacts'),
  request: { params: { consumer_id: consumerId }, body: contactIn },
  responses: { 200: contactOut, 400: chiftError, 422: unprocessable },
};

/** Reads one contact by its id in Chift. */
export const getContact: Endpoint = {
  id: 'getContact',
  method: 'GET',
  path: `${contacts}/{contact_id}`,
  effect: 'reads',
  auth: 'bearer',
  summary: 'Retrieve one contact',
  source: published('invoicing_get_contact'),
  request: { params: { consumer_id: consumerId, contact_id: z.string() } },
  responses: { 200: contactOut, 400: chiftError, 404: chiftError, 422: unprocessable },
};

/** Reads the contacts of a consumer, a page at a time. */
export const listContacts: Endpoint = {
  id: 'listContacts',
  method: 'GET',
  path: contacts,
  effect: 'reads',
  auth: 'bearer',
  summary: 'Retrieve all contacts',
  source: published('invoicing_get_contacts'),
  request: {
    params: { consumer_id: consumerId },
    query: {
      page: z.int().min(1).meta({ default: 1 }),
      size: z.int().min(1).max(100).meta({ default: 50 }),
      contact_type: z.enum(['prospect', 'customer', 'supplier', 'all']).meta({ default: 'all' }),
    },
  },
  responses: { 200: contactPage, 400: chiftError, 422: unprocessable },
};

/** Exchanges credentials for a bearer token. */
export const createToken: Endpoint = {
  id: 'createToken',
  method: 'POST',
  path: '/token',
  effect: 'reads',
  auth: 'none',
  summary: 'Get access token',
  source: published('generate_access_token_token_post'),
  request: { body: authItem },
  responses: { 200: token, 422: unprocessable },
};

/** Tells what became of a request that was sent with a client request id. */
export const getTransaction: Endpoint = {
  id: 'getTransaction',
  method: 'GET',
  path: '/consumers/{consumer_id}/connections/{connection_id}/transactions',
  effect: 'reads',
  auth: 'bearer',
  summary: 'What became of a client request id',
  source: published('transactions by client_request_id'),
  request: { params: { consumer_id: consumerId, connection_id: z.guid() }, query: { client_request_id: z.string() } },
  responses: { 200: transaction, 404: chiftError, 422: unprocessable },
};

export const getConsumer: Endpoint = {
  id: 'getConsumer',
  method: 'GET',
  path: '/consumers/{consumer_id}',
  effect: 'reads',
  auth: 'bearer',
  summary: 'Retrieve one consumer',
  source: published('consumers_get_consumer'),
  request: { params: { consumer_id: consumerId } },
  responses: { 200: consumer, 404: chiftError, 422: unprocessable },
};

export const listConnections: Endpoint = {
  id: 'listConnections',
  method: 'GET',
  path: '/consumers/{consumer_id}/connections',
  effect: 'reads',
  auth: 'bearer',
  summary: 'What software a consumer has connected',
  source: published('connections_get_connections'),
  request: { params: { consumer_id: consumerId } },
  responses: { 200: z.array(connection), 404: chiftError, 422: unprocessable },
};

export const endpoints: readonly Endpoint[] = [
  createContact,
  getContact,
  listContacts,
  createToken,
  getTransaction,
  getConsumer,
  listConnections,
];
