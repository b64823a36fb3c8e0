import { type Fault, inAnswer, type Json, keptBy } from './fault.js';

/** A contact that is read is not the one that was created. */
export const readingFaults: readonly Fault[] = [
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
];
