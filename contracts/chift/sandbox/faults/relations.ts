import { tenantOf } from '../faithful.js';
import { type Fault, inAnswer, onAnswer } from './fault.js';

/** Answers that are in order one by one and do not go together. */
export const relationFaults: readonly Fault[] = [
  {
    name: 'filter-misses-who-is-two',
    finding: 'state.filter',
    description: 'contact_type=customer leaves out customers who are suppliers as well',
    change: (base) => ({
      filtered: (visit) =>
        base
          .filtered(visit)
          .filter((contact) => visit.query.get('contact_type') !== 'customer' || contact['is_supplier'] !== true),
    }),
  },
  {
    name: 'list-of-all-misses-prospects',
    finding: 'state.filter',
    description: 'a list without contact_type leaves out prospects',
    change: (base) => ({
      filtered: (visit) =>
        base.filtered(visit).filter((contact) => visit.query.has('contact_type') || contact['is_prospect'] !== true),
    }),
  },
  {
    name: 'later-pages-start-late',
    finding: 'state.list',
    description: 'pages after the first begin one contact too late',
    change: (base) => ({
      page(contacts, visit) {
        const whole = base.page(contacts, visit);
        const start = (whole.page - 1) * whole.size + 1;
        return whole.page === 1 ? whole : { ...whole, items: contacts.slice(start, start + whole.size) };
      },
    }),
  },
  {
    name: 'total-ends-at-100',
    finding: 'state.list',
    description: 'total never goes beyond 100',
    change: inAnswer('listContacts', (body) => ({ ...body, total: Math.min(Number(body['total']), 100) })),
  },
  {
    name: 'look-up-leads-anywhere',
    finding: 'state.transaction',
    description: 'a client request id that was never sent leads to the last transaction',
    change: (base) => ({
      lookedUp: (visit) => base.lookedUp(visit) ?? [...tenantOf(visit).transactions.values()].at(-1),
    }),
  },
  {
    name: 'contacts-with-error-code',
    finding: 'response.error.in-success',
    description: 'a contact comes with an error_code of its own, under 200 and however it is asked for',
    change: (base) => ({
      shown: (contact, visit) => ({ ...base.shown(contact, visit), error_code: 'ERROR_PARTLY_SYNCED' }),
    }),
  },
  {
    name: 'success-with-error-code',
    finding: 'response.error.in-success',
    description: 'a contact is answered 200, created, and with an error_code beside its fields',
    change: onAnswer((answer, { operation }) =>
      operation === 'createContact' && answer.status === 200
        ? { ...answer, body: { ...(answer.body as object), error_code: 'ERROR_PARTLY_SYNCED' } }
        : answer,
    ),
  },
];
