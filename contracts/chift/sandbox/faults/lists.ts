import { type Fault, inAnswer, type Json } from './fault.js';

/** Lists that miss, repeat or miscount what there is. */
export const listFaults: readonly Fault[] = [
  {
    name: 'list-misses-newest',
    finding: 'state.list',
    description: 'the newest contact is not in the list',
    change: (base) => ({ filtered: (visit) => base.filtered(visit).slice(0, -1) }),
  },
  {
    name: 'list-misses-persons',
    finding: 'state.list',
    description: 'persons are not in the list',
    change: (base) => ({
      filtered: (visit) => base.filtered(visit).filter((contact) => contact['is_company'] !== false),
    }),
  },
  {
    name: 'list-repeats-an-item',
    finding: 'state.list',
    description: 'the first contact of the list stands at its end again',
    change: (base) => ({ filtered: (visit) => [...base.filtered(visit), ...base.filtered(visit).slice(0, 1)] }),
  },
  {
    name: 'total-of-the-page',
    finding: 'state.list',
    description: 'total counts the contacts on the page, not those in the list',
    change: inAnswer('listContacts', (body) => ({ ...body, total: (body['items'] as unknown[]).length })),
  },
  {
    name: 'total-one-too-many',
    finding: 'state.list',
    description: 'total counts one contact more than there is',
    change: inAnswer('listContacts', (body) => ({ ...body, total: Number(body['total']) + 1 })),
  },
  {
    name: 'total-stands-still',
    finding: 'state.list',
    description: 'total never goes beyond 3',
    change: inAnswer('listContacts', (body) => ({ ...body, total: Math.min(3, Number(body['total'])) })),
  },
  {
    name: 'pages-overlap',
    finding: 'state.list',
    description: 'every page begins with the last contact of the page before it',
    change: (base) => ({
      page(contacts, visit) {
        const page = base.page(contacts, visit);
        const start = Math.max(0, (page.page - 1) * page.size - 1);
        return page.items.length === 0 ? page : { ...page, items: contacts.slice(start, start + page.size) };
      },
    }),
  },
  {
    name: 'pages-skip',
    finding: 'state.list',
    description: 'the last contact of a full page is left out',
    change: (base) => ({
      page(contacts, visit) {
        const page = base.page(contacts, visit);
        return page.items.length === page.size ? { ...page, items: page.items.slice(0, -1) } : page;
      },
    }),
  },
  {
    name: 'page-ignored',
    finding: 'state.list',
    description: 'every page is the first one',
    change: (base) => ({
      page: (contacts, visit) => ({
        ...base.page(contacts, visit),
        items: contacts.slice(0, Number(visit.query.get('size') ?? 50)),
      }),
    }),
  },
  {
    name: 'size-ignored',
    finding: 'state.list',
    description: 'pages always hold 50 contacts',
    change: (base) => ({
      page: (contacts, visit) => {
        const page = Number(visit.query.get('page') ?? 1);
        return { ...base.page(contacts, visit), items: contacts.slice((page - 1) * 50, page * 50) };
      },
    }),
  },
  {
    name: 'size-misreported',
    finding: 'state.list',
    description: 'a list always says that its pages are of 50',
    change: inAnswer('listContacts', (body) => ({ ...body, size: 50 })),
  },
  {
    name: 'listed-otherwise',
    finding: 'state.list',
    description: 'lists show another first name than reads',
    change: inAnswer('listContacts', (body) => ({
      ...body,
      items: (body['items'] as Json[]).map((item) => (item['first_name'] ? { ...item, first_name: 'Contact' } : item)),
    })),
  },
  {
    name: 'filter-ignored',
    finding: 'state.filter',
    description: 'contact_type is ignored',
    change: (base) => ({ filtered: (visit) => base.filtered({ ...visit, query: new URLSearchParams() }) }),
  },
  {
    name: 'filter-confused',
    finding: 'state.filter',
    description: 'contact_type=supplier lists customers',
    change: (base) => ({
      filtered: (visit) =>
        base.filtered(
          visit.query.get('contact_type') === 'supplier'
            ? { ...visit, query: new URLSearchParams({ contact_type: 'customer' }) }
            : visit,
        ),
    }),
  },
  {
    name: 'filter-too-narrow',
    finding: 'state.filter',
    description: 'contact_type=prospect lists companies only',
    change: (base) => ({
      filtered: (visit) =>
        visit.query.get('contact_type') === 'prospect'
          ? base.filtered(visit).filter((contact) => contact['is_company'] === true)
          : base.filtered(visit),
    }),
  },
];
