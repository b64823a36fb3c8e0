import { type Fault, inAnswer, inContacts, inRefusal, type Json, onStatus, withAddresses, withField } from './fault.js';

const without = (key: string) => (body: Json) =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== key));
const inItems = (rewrite: (item: Json) => unknown) => (body: Json) => ({
  ...body,
  items: (body['items'] as Json[]).map(rewrite),
});
const inDetail = (rewrite: (entry: Json) => unknown) => (body: Json) => ({
  ...body,
  detail: (body['detail'] as Json[]).map(rewrite),
});

/** Answers that break the published schema. */
export const responseBodyFaults: readonly Fault[] = [
  {
    name: 'id-missing',
    finding: 'response.body.required',
    description: 'the answer to a create has no id',
    change: inAnswer('createContact', without('id')),
  },
  {
    name: 'id-null',
    finding: 'response.body.null',
    description: 'the answer to a create has the id null',
    change: inAnswer('createContact', (body) => ({ ...body, id: null })),
  },
  {
    name: 'id-number',
    finding: 'response.body.type',
    description: 'the id of a new contact is a number',
    change: inAnswer('createContact', (body) => ({ ...body, id: Number(String(body['id']).replace(/\D/g, '')) })),
  },
  {
    name: 'listed-id-missing',
    finding: 'response.body.required',
    description: 'contacts in a list have no id',
    change: inAnswer('listContacts', inItems(without('id'))),
  },
  {
    name: 'source-ref-missing',
    finding: 'response.body.required',
    description: 'the answer to a create has no source_ref',
    change: inAnswer('createContact', without('source_ref')),
  },
  {
    name: 'source-ref-null',
    finding: 'response.body.null',
    description: 'source_ref is null in a contact that is read',
    change: inAnswer('getContact', (body) => ({ ...body, source_ref: null })),
  },
  {
    name: 'source-ref-text',
    finding: 'response.body.type',
    description: 'source_ref is the technical id itself, not an object',
    change: inContacts((contact) => ({ ...contact, source_ref: (contact['source_ref'] as Json)['id'] })),
  },
  {
    name: 'flags-as-text',
    finding: 'response.body.type',
    description: 'flags are answered as "True" and "False"',
    change: inContacts((contact) =>
      typeof contact['is_company'] === 'boolean'
        ? { ...contact, is_company: contact['is_company'] ? 'True' : 'False' }
        : contact,
    ),
  },
  {
    name: 'postal-code-number',
    finding: 'response.body.type',
    description: 'postal codes of digits are answered as numbers',
    change: inContacts((contact) =>
      withAddresses(contact, (addresses) =>
        addresses.map((address) =>
          /^\d+$/.test(String(address['postal_code']))
            ? { ...address, postal_code: Number(address['postal_code']) }
            : address,
        ),
      ),
    ),
  },
  {
    name: 'gender-spelled-out',
    finding: 'response.body.enum',
    description: 'gender F is answered as "female"',
    change: inContacts((contact) => withField(contact, 'gender', (gender) => (gender === 'F' ? 'female' : gender))),
  },
  {
    name: 'address-type-unknown',
    finding: 'response.body.enum',
    description: 'delivery addresses are answered with the type "shipping"',
    change: inContacts((contact) =>
      withAddresses(contact, (addresses) =>
        addresses.map((address) =>
          address['address_type'] === 'delivery' ? { ...address, address_type: 'shipping' } : address,
        ),
      ),
    ),
  },
  {
    name: 'address-type-missing',
    finding: 'response.body.required',
    description: 'addresses are answered without their type',
    change: inContacts((contact) => withAddresses(contact, (addresses) => addresses.map(without('address_type')))),
  },
  {
    name: 'address-instead-of-list',
    finding: 'response.body.type',
    description: 'a single address is answered as an object instead of a list',
    change: inContacts((contact) => {
      const [only, ...more] = contact['addresses'] as Json[];
      return only === undefined || more.length > 0 ? contact : { ...contact, addresses: only };
    }),
  },
  {
    name: 'birthdate-day-first',
    finding: 'response.body.format',
    description: 'birthdates are answered as day/month/year',
    change: inContacts((contact) => withField(contact, 'birthdate', (date) => date.split('-').reverse().join('/'))),
  },
  {
    name: 'birthdate-with-time',
    finding: 'response.body.format',
    description: 'birthdates are answered as date-times',
    change: inContacts((contact) => withField(contact, 'birthdate', (date) => `${date}T00:00:00`)),
  },
  {
    name: 'birthdate-as-seconds',
    finding: 'response.body.type',
    description: 'birthdates are answered as seconds since 1970',
    change: inContacts((contact) => withField(contact, 'birthdate', (date) => Date.parse(date) / 1000)),
  },
  {
    name: 'total-as-text',
    finding: 'response.body.type',
    description: 'the total of a list is a text',
    change: inAnswer('listContacts', (body) => ({ ...body, total: String(body['total']) })),
  },
  {
    name: 'total-missing',
    finding: 'response.body.required',
    description: 'a list does not say its total',
    change: inAnswer('listContacts', without('total')),
  },
  {
    name: 'page-from-zero',
    finding: 'response.body.schema',
    description: 'the first page of a list says it is page 0',
    change: inAnswer('listContacts', (body) => ({ ...body, page: Number(body['page']) - 1 })),
  },
  {
    name: 'no-items-null',
    finding: 'response.body.null',
    description: 'a page without contacts has null for its items',
    change: inAnswer('listContacts', (body) =>
      (body['items'] as Json[]).length > 0 ? body : { ...body, items: null },
    ),
  },
  {
    name: 'list-unwrapped',
    finding: 'response.body.type',
    description: 'a list is answered as the bare items',
    change: inAnswer('listContacts', (body) => body['items']),
  },
  {
    name: 'transaction-route-missing',
    finding: 'response.body.required',
    description: 'a look-up does not say its route',
    change: inAnswer('getTransaction', without('route')),
  },
  {
    name: 'connection-status-unknown',
    finding: 'response.body.enum',
    description: 'a connection has the status "enabled"',
    change: onStatus('listConnections', 200, (answer) => ({
      ...answer,
      body: (answer.body as Json[]).map((connection) => ({ ...connection, status: 'enabled' })),
    })),
  },
  {
    name: 'answer-wrapped',
    finding: 'response.body.required',
    description: 'the new contact stands in an envelope, {"data": …}',
    change: inAnswer('createContact', (body) => ({ data: body })),
  },
  {
    name: 'answer-in-list',
    finding: 'response.body.type',
    description: 'the contact that is read stands in a list of one',
    change: inAnswer('getContact', (body) => [body]),
  },
  {
    name: 'answer-null',
    finding: 'response.body.null',
    description: 'the answer to a create is null',
    change: inAnswer('createContact', () => null),
  },
  {
    name: 'error-without-message',
    finding: 'response.body.required',
    description: 'a contact that is not found is answered without a message',
    change: onStatus('getContact', 404, (answer) => ({ ...answer, body: without('message')(answer.body as Json) })),
  },
  {
    name: 'error-code-number',
    finding: 'response.body.type',
    description: 'the error_code of a contact that is not found is a number',
    change: onStatus('getContact', 404, (answer) => ({
      ...answer,
      body: { ...(answer.body as Json), error_code: 40401 },
    })),
  },
  {
    name: 'error-places-missing',
    finding: 'response.body.required',
    description: 'the entries of a validation error have no loc',
    change: inRefusal(inDetail(without('loc'))),
  },
  {
    name: 'error-places-text',
    finding: 'response.body.type',
    description: 'the places of a validation error are dotted texts instead of lists',
    change: inRefusal(inDetail((entry) => ({ ...entry, loc: (entry['loc'] as unknown[]).join('.') }))),
  },
];
