import { chiftError, ok } from '../answers.js';
import { requestIdOf, tenantOf } from '../faithful.js';
import { answering, type Fault, inAnswer, keptBy, onStatus } from './fault.js';

/** Statements about more than one request that do not hold. */
export const stateFaults: readonly Fault[] = [
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
