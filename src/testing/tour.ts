import { contactIn, demo } from '../../contracts/chift/index.js';
import { toWire } from '../contract/wire.js';
import { edgePlan } from '../derive/edges.js';
import { mutationsOf } from '../derive/mutation.js';
import type { Emulation } from '../sandbox/emulation.js';
import { type Question, type Spoken, visitorOf } from './visitor.js';

const account = `/consumers/${demo.consumerId}`;
const contacts = `${account}/invoicing/contacts`;
const transactions = `${account}/connections/${demo.connectionId}/transactions`;
const neighbours = '/consumers/11111111-2222-4333-8444-555555555555/invoicing/contacts';
const address = { address_type: 'main', street: 'Main Street', city: 'Ghent', postal_code: '09000', country: 'BE' };
const person = {
  is_company: false,
  first_name: 'Ada',
  last_name: 'Example',
  phone: '+1 202 555 0143',
  comment: 'noted',
  gender: 'F',
  birthdate: '1990-02-03',
  addresses: [address],
};
const company = {
  is_company: true,
  company_name: 'Example NV',
  vat: 'BE0000000000',
  addresses: [address, { ...address, address_type: 'delivery' }, { ...address, address_type: 'invoice' }],
};

const by = (authorization: string): Question['headers'] => [['authorization', authorization]];
const under = (id: string): Question['headers'] => [['x-chift-client-requestid', id]];

/** Creates, reads, lists, refusals and strangers. */
const opening: readonly Question[] = [
  { url: contacts, body: person },
  { url: `${contacts}/contact-000001` },
  { url: contacts, body: { ...person, is_prospect: true } },
  { url: contacts, body: { ...person, is_supplier: true } },
  { url: contacts, body: { ...company, is_customer: true, is_supplier: true } },
  { url: contacts },
  { url: contacts, body: {} },
  { url: contacts, body: { comment: 'Long. '.repeat(200) } },
  { url: contacts, body: person, headers: [['content-type', 'application/json; charset=utf-8']] },
  { url: contacts, body: person, headers: under('r-1') },
  { url: contacts, body: person, headers: under('r-1') },
  ...['contact-000001', 'contact-000002', 'contact-000003', 'contact-000003', '%25', 'nobody'].map((id) => ({
    url: `${contacts}/${id}`,
  })),
  { url: neighbours, body: person },
  { url: `${neighbours}/contact-000001` },
  { url: neighbours },
  ...[
    '',
    '?size=2',
    '?size=2&page=2',
    '?page=9',
    '?contact_type=prospect',
    '?contact_type=customer',
    '?contact_type=supplier',
  ].map((query) => ({ url: contacts + query })),
  ...['?page=0', '?size=101', '?contact_type=nobody'].map((query) => ({ url: contacts + query })),
  { url: '/consumers/nobody/invoicing/contacts' },
  ...Array.from({ length: 2 }, () => ({ url: contacts, body: { gender: 'X', is_company: 'maybe' } })),
  { url: contacts, bare: true },
  ...['', 'Basic good', 'good', 'Bearer bad', 'bearer good', 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.e30'].flatMap(
    (authorization) => [
      { url: contacts, headers: by(authorization) },
      { url: contacts, body: person, headers: by(authorization) },
    ],
  ),
  { url: `${account}/connections` },
  ...['r-1', 'never-sent'].map((id) => ({ url: `${transactions}?client_request_id=${id}` })),
  { url: `${contacts}/contact-000001`, bare: true },
  { url: `${transactions}?client_request_id=r-1`, bare: true },
  { url: '/token', body: demo.credentials },
];

/** Of the bodies that are larger, in characters, one is enough. */
const handy = 40_000;

/** One question for everything a provider can get wrong; put in this order, all answers depend on the provider alone. */
export function tourQuestions(): readonly Question[] {
  const wire = toWire(contactIn, 'ContactItemIn');
  const invalid = mutationsOf(wire).map((mutation): Question => {
    const { text, contentType } = mutation.apply({ addresses: [] });
    return {
      url: contacts,
      body: text,
      method: 'POST',
      headers: contentType === null ? [] : [['content-type', contentType]],
    };
  });
  const edges = edgePlan(wire, { hostile: true }).map(({ body }) => ({ body, size: JSON.stringify(body).length }));
  const largest = edges.reduce((one, other) => (other.size > one.size ? other : one));
  const valid = [...edges.filter(({ size }) => size < handy), largest].map(
    ({ body }): Question => ({ url: contacts, body }),
  );
  return [...opening, ...invalid, ...valid, { url: `${contacts}?size=100&page=2` }];
}

/** The answers of a provider to the questions, one by one as they are asked for. */
export async function* tour(emulation: Emulation, questions: readonly Question[]): AsyncIterable<Spoken> {
  const ask = visitorOf(emulation, by('Bearer good')!, Date.parse('2026-03-01T12:00:00Z'));
  for (const question of questions) {
    const json =
      typeof question.body === 'string' || question.body === undefined
        ? []
        : [['content-type', 'application/json'] as const];
    const given = new Set((question.headers ?? []).map(([name]) => name));
    yield ask({ ...question, headers: [...(question.headers ?? []), ...json.filter(([name]) => !given.has(name))] });
  }
}
