import { exampleOf, type PactInteraction, type PactState, type Shape, toWire } from '../../../src/index.js';
import { type ContactIn, contactIn, contactOut } from '../contact.js';
import { createContact, getContact, listContacts } from '../endpoints.js';

/** Of no real consumer; verification puts the provider's own id in its place. */
export const exampleConsumer = '3f0c8e7a-1b2d-4c5e-8f90-a1b2c3d4e5f6';
const exampleContact = 'contact-0001';
const strangerConsumer = '00000000-0000-4000-8000-000000000000';

/** The provider states of this pact; `states.ts` brings them about at any provider that keeps the contract. */
export const stateNames = {
  active: 'a consumer with an active invoicing connection',
  contact: 'a contact exists',
  noContact: 'the contact does not exist',
  noConsumer: 'the consumer does not exist',
  shaped: 'a contact exists that was created with some fields null or left out',
} as const;

const active: PactState = { name: stateNames.active, params: { consumer_id: exampleConsumer } };
const contactExists: PactState = {
  name: stateNames.contact,
  params: { consumer_id: exampleConsumer, contact_id: exampleContact },
};
const params = { consumer_id: exampleConsumer };

/** The names travel in the params, so that the state can be brought about at any provider. */
const contactOf = ({ present, null: nulls, absent }: Shape): PactState => ({
  name: stateNames.shaped,
  params: {
    ...contactExists.params,
    with: present.join(),
    null: nulls.join(),
    without: absent.join(),
  },
});

const everyField = exampleOf(toWire(contactIn, 'ContactItemIn'), { optional: 'present' }) as Required<ContactIn>;

function pick<T extends object, K extends keyof T>(whole: T, ...keys: K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, whole[key]])) as Pick<T, K>;
}

const person = {
  ...pick(everyField, 'first_name', 'last_name', 'email', 'phone', 'mobile', 'birthdate', 'gender', 'language'),
  is_company: false,
  is_customer: true,
};

const address = { street: 'Rue du Code', number: '12', postal_code: '1000', city: 'Brussels', country: 'BE' };
const company = {
  ...pick(everyField, 'company_name', 'vat', 'company_number', 'currency', 'customer_account_number', 'comment'),
  is_company: true,
  is_customer: true,
  addresses: [
    { address_type: 'main' as const, ...address },
    { address_type: 'delivery' as const, ...address, number: '14' },
  ],
};

const promised = { id: exampleContact, source_ref: { id: '1', model: 'contact' } };

/** What the reference client asks and reads; nothing here is pinned that it does not read. */
export const interactions: readonly PactInteraction[] = [
  {
    description: 'create a contact with a first name only',
    states: [active],
    endpoint: createContact,
    request: { params, authorized: true, body: { first_name: everyField.first_name } },
    response: { status: 200, body: { id: exampleContact, source_ref: {} } },
    varied: { description: 'create a contact', settable: contactIn, states: () => [active] },
  },
  {
    description: 'create a person',
    states: [active],
    endpoint: createContact,
    request: { params, authorized: true, body: person },
    response: { status: 200, body: { ...promised, ...person } },
  },
  {
    description: 'create a company with two addresses',
    states: [active],
    endpoint: createContact,
    request: { params, authorized: true, body: company },
    response: { status: 200, body: { ...promised, ...company } },
  },
  {
    description: 'create a contact with every field',
    states: [active],
    endpoint: createContact,
    request: { params, authorized: true, body: everyField },
    response: { status: 200, body: exampleOf(toWire(contactOut, 'ContactItemOut'), { optional: 'present' }) },
    notes: ['Pins every field of the model: as much as a pact can say about a contact.'],
  },
  {
    description: 'create a contact with a body that breaks the model',
    states: [active],
    endpoint: createContact,
    request: { params, authorized: true, body: { first_name: everyField.first_name, is_company: 'maybe' } },
    response: { status: 422, body: { message: 'Validation error' } },
    notes: ['Only the message is pinned: a 422 comes in either of two documented forms, and both have one.'],
  },
  {
    description: 'create a contact without a token',
    states: [active],
    endpoint: createContact,
    request: { params, authorized: false, body: { first_name: everyField.first_name } },
    response: { status: 401 },
    notes: ['The body of a 401 is unpublished, so none is pinned.'],
  },
  {
    description: 'create a contact for an unknown consumer',
    states: [{ name: stateNames.noConsumer, params: { consumer_id: strangerConsumer } }],
    endpoint: createContact,
    request: {
      params: { consumer_id: strangerConsumer },
      authorized: true,
      body: { first_name: everyField.first_name },
    },
    response: { status: 404 },
    notes: ['Pending: 404 is documented for the connections of a consumer and unpublished for its contacts.'],
    pending: true,
  },
  {
    description: 'get a contact',
    states: [contactExists],
    endpoint: getContact,
    request: { params: { ...params, contact_id: exampleContact }, authorized: true },
    response: { status: 200, body: promised },
    varied: { description: 'get a contact', settable: contactIn, states: (shape) => [contactOf(shape)] },
  },
  {
    description: 'get a contact that does not exist',
    states: [
      { name: stateNames.noContact, params: { consumer_id: exampleConsumer, contact_id: 'contact-that-never-was' } },
    ],
    endpoint: getContact,
    request: { params: { ...params, contact_id: 'contact-that-never-was' }, authorized: true },
    response: { status: 404, body: { message: "The contact doesn't exist in the invoicing system." } },
  },
  {
    description: 'list the first contacts',
    states: [contactExists],
    endpoint: listContacts,
    request: { params, query: { page: '1', size: '50' }, authorized: true },
    response: { status: 200, body: { items: [promised], total: 1, page: 1, size: 50 }, resource: 'items' },
  },
];
