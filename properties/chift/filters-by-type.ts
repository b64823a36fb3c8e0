import { listed, type Property, unexpected } from '../../src/index.js';
import { person } from './bodies.js';
import { type Item, walk } from './page-walk.js';

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
    const all = await walk(call);
    if (created.status !== 200 || found === undefined) return [];
    const last = found.pages.at(-1)!.called;
    const answered = (created.json ?? {}) as { id?: unknown; [flag: string]: unknown };
    const wrong = found.items.find((item) => item[`is_${type}`] === false);
    const told = typeof answered.id === 'string' && answered[`is_${type}`] === true;
    const has = (items: readonly Item[], wanted: unknown): boolean => items.some(({ id }) => id === wanted);
    const missing = found.whole && told && !has(found.items, answered.id);
    const whole = found.whole && all?.whole === true;
    const left = whole && all.items.find((item) => item[`is_${type}`] === true && !has(found.items, item.id));
    const alone = whole && found.items.find(({ id }) => !has(all.items, id));
    return [
      ...(left && !missing
        ? [
            unexpected(
              last,
              'listContacts',
              'state.filter',
              `all ${type}`,
              `the list of ${type}s lacks ${JSON.stringify(left.id)}, which says is_${type} true`,
            ),
          ]
        : []),
      ...(alone
        ? [
            unexpected(
              all!.pages.at(-1)!.called,
              'listContacts',
              'state.filter',
              `${type} within all`,
              `the list of everything lacks ${JSON.stringify(alone.id)}, which the list of ${type}s holds`,
            ),
          ]
        : []),
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
