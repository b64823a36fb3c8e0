import { chiftError, ok } from '../answers.js';
import { requestIdOf, tenantOf } from '../faithful.js';
import { answering, type Fault, inAnswer, type Json, keptBy, onStatus } from './fault.js';

/** Statements about more than one request that do not hold. */
export const stateFaults: readonly Fault[] = [
  {
    name: 'not-readable',
    finding: 'state.read-back',
    description: 'a contact just created cannot be read',
    change: (base) => ({
      find: (visit) => (keptBy(visit).at(-1)?.id === visit.params['contact_id'] ? undefined : base.find(visit)),
    }),
  },
  {
    name: 'reads-another',
    finding: 'state.read-back',
    description: 'a read gives the contact created before the one asked for',
    change: (base) => ({
      find(visit) {
        const found = base.find(visit);
        const all = keptBy(visit);
        return found && (all[all.indexOf(found) - 1] ?? found);
      },
    }),
  },
  {
    name: 'id-changes',
    finding: 'state.read-back',
    description: 'a contact is read under another id than it was created with',
    change: inAnswer('getContact', (body) => ({ ...body, id: `c-${body['id']}` })),
  },
  {
    name: 'unstable-reference',
    finding: 'state.unstable',
    description: 'source_ref grows with every read',
    change: (base) => {
      let reads = 0;
      return {
        shown(contact, visit) {
          const shown = base.shown(contact, visit);
          if (visit.operation !== 'getContact') return shown;
          return { ...shown, source_ref: { ...(shown['source_ref'] as Json), model: `contact ${++reads}` } };
        },
      };
    },
  },
  {
    name: 'overwrites-the-previous',
    finding: 'state.unstable',
    description: 'a create changes the comment of the contact before it',
    change: (base) => ({
      keep(contact, visit) {
        const all = keptBy(visit);
        const previous = all.pop();
        if (previous) all.push({ ...previous, comment: `before ${contact.id}` });
        base.keep(contact, visit);
      },
    }),
  },
  {
    name: 'ids-repeat',
    finding: 'state.duplicate-id',
    description: 'every second contact gets the id of the one before it',
    change: (base) => ({
      newId: (visit) => (keptBy(visit).length % 2 === 1 ? keptBy(visit).at(-1)!.id : base.newId(visit)),
    }),
  },
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
  {
    name: 'request-id-ignored',
    finding: 'state.idempotency',
    description: 'a client request id may be used again',
    change: () => ({ repeat: () => undefined }),
  },
  {
    name: 'repeat-replayed',
    finding: 'state.idempotency',
    description: 'a repeat is answered 200 with the first contact instead of 409',
    change: onStatus('createContact', 409, (answer, visit) => {
      const id = requestIdOf(visit);
      const earlier = [...tenantOf(visit).transactions].find(([key]) => key.endsWith(` ${id}`))?.[1];
      const contact = keptBy(visit).find((each) => each.id === earlier?.created_entity_id);
      return contact ? ok(contact) : answer;
    }),
  },
  {
    name: 'repeat-creates',
    finding: 'state.refused-created',
    description: 'a repeat is answered 409 and creates all the same',
    change: (base) => ({
      repeat(visit) {
        const refusal = base.repeat(visit);
        if (refusal) keptBy(visit).push(base.made(visit, base.newId(visit)));
        return refusal;
      },
    }),
  },
  {
    name: 'refusal-creates',
    finding: 'state.refused-created',
    description: 'a body that breaks the schema is refused and creates a contact all the same',
    change: (base) => ({
      problems(value, visit) {
        const problems = base.problems(value, visit);
        if (problems.length > 0) keptBy(visit).push(base.made({ ...visit, sent: {} }, base.newId(visit)));
        return problems;
      },
    }),
  },
  {
    name: 'refusal-creates-partly',
    finding: 'state.refused-created',
    description: 'a contact is created before its addresses are looked at',
    change: (base) => ({
      problems(value, visit) {
        const problems = base.problems(value, visit);
        if (problems.length > 0 && problems.every(({ loc }) => loc[1] === 'addresses'))
          keptBy(visit).push(base.made({ ...visit, sent: {} }, base.newId(visit)));
        return problems;
      },
    }),
  },
  {
    name: 'consumers-share-reads',
    finding: 'state.isolation',
    description: 'a contact can be read under any consumer',
    change: (base) => ({
      find: (visit) =>
        base.find(visit) ??
        visit.state
          .consumers()
          .flatMap((consumer) => visit.state.tenant(consumer).contacts)
          .find(({ id }) => id === visit.params['contact_id']),
    }),
  },
  {
    name: 'consumers-share-lists',
    finding: 'state.isolation',
    description: 'a list holds the contacts of all consumers',
    change: (base) => ({
      filtered: (visit) =>
        visit.state
          .consumers()
          .flatMap((consumer) => base.filtered({ ...visit, params: { ...visit.params, consumer_id: consumer } })),
    }),
  },
  {
    name: 'unknown-id-leads-to-last',
    finding: 'state.unknown-read',
    description: 'an unknown id leads to the newest contact',
    change: (base) => ({ find: (visit) => base.find(visit) ?? keptBy(visit).at(-1) }),
  },
  {
    name: 'id-as-pattern',
    finding: 'state.unknown-read',
    description: 'the id is looked up as a pattern: % leads to a contact',
    change: (base) => ({
      find: (visit) => (visit.params['contact_id'] === '%' ? keptBy(visit)[0] : base.find(visit)),
    }),
  },
  {
    name: 'transaction-missing',
    finding: 'state.transaction',
    description: 'no look-up finds a transaction',
    change: () => ({ lookedUp: () => undefined }),
  },
  {
    name: 'transaction-of-another',
    finding: 'state.transaction',
    description: 'a look-up names the oldest contact, not the one that was created',
    change: inAnswer('getTransaction', (body, visit) => ({ ...body, created_entity_id: keptBy(visit)[0]!.id })),
  },
  {
    name: 'transaction-without-contact',
    finding: 'state.transaction',
    description: 'a look-up does not name the contact that was created',
    change: inAnswer('getTransaction', (body) => ({ ...body, created_entity_id: null })),
  },
  {
    name: 'transaction-other-status',
    finding: 'state.transaction',
    description: 'a look-up says 201 where the create was answered 200',
    change: inAnswer('getTransaction', (body) => ({ ...body, status_code: 201 })),
  },
  {
    name: 'unreliable',
    finding: 'request.valid.refused',
    description: 'every seventh create is refused',
    change: (base) => {
      let creates = 0;
      const refuse = answering(
        () => ++creates % 7 === 0,
        () => chiftError(400, { message: 'Something went wrong', error_code: 'ERROR_UNKNOWN' }),
      );
      return refuse(base);
    },
  },
];
