import { listed, type Property, unexpected } from '../../src/index.js';
import { person } from './bodies.js';
import { walk } from './page-walk.js';

const types = ['prospect', 'customer', 'supplier'] as const;
type ContactType = (typeof types)[number];

/** A list by type holds the new contact of that type and none that says it is not. */
export const filtersByType: Property<ContactType> = {
  id: 'contacts.filters-by-type',
  kind: 'stateful',
  exclusive: true,
  inputs: () => listed(types),
  async run(type, call) {
    const flags = Object.fromEntries(types.map((each) => [`is_${each}`, each === type]));
    const created = await call({ endpoint: 'createContact', body: { ...person(`only-${type}`), ...flags } });
    const found = await walk(call, { contact_type: type });
    if (created.status !== 200 || found === undefined) return [];
    const last = found.pages.at(-1)!.called;
    const answered = (created.json ?? {}) as { id?: unknown; [flag: string]: unknown };
    const wrong = found.items.find((item) => item[`is_${type}`] === false);
    const told = typeof answered.id === 'string' && answered[`is_${type}`] === true;
    const missing = found.whole && told && !found.items.some(({ id }) => id === answered.id);
    return [
      ...(wrong
        ? [
            unexpected(
              last,
              'listContacts',
              'state.filter',
              `only ${type}`,
              `the list of ${type}s holds ${JSON.stringify(wrong.id)}, which says is_${type} false`,
            ),
          ]
        : []),
      ...(missing
        ? [
            unexpected(
              last,
              'listContacts',
              'state.filter',
              `all ${type}`,
              `the list of ${type}s lacks the ${type} just created`,
            ),
          ]
        : []),
    ];
  },
};
