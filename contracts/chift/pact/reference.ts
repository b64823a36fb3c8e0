import { HarnessError, type Mock, type PactInteraction } from '../../../src/index.js';
import type { ContactIn } from '../contact.js';
import { type ContactClientOptions, ContactError, contactClient } from './client.js';

/** Has the reference client do what an interaction is about; a refusal that is promised counts as done. */
export async function runReference(
  { endpoint, request, response, description }: PactInteraction,
  { baseUrl, token }: Mock,
  fetch: ContactClientOptions['fetch'],
): Promise<unknown> {
  const client = contactClient({ baseUrl, token, fetch });
  const { consumer_id: consumer = '', contact_id: contact = '' } = request.params;
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    createContact: () => client.createContact(consumer, request.body as ContactIn),
    getContact: () => client.getContact(consumer, contact),
    listContacts: () =>
      client.listContacts(consumer, { page: Number(request.query?.['page']), size: Number(request.query?.['size']) }),
  };
  const call = calls[endpoint.id];
  if (call === undefined) throw new HarnessError('usage', `the reference client has no call for ${endpoint.id}`);
  try {
    return await call();
  } catch (error) {
    if (error instanceof ContactError && error.status !== 200 && error.status === response.status) return error;
    throw new Error(`${description}: ${(error as Error).message}`, { cause: error });
  }
}
