import { type Called, type Finding, listed, type Property, unexpected } from '../../src/index.js';
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
    const findings: Finding[] = [];
    const finds = (called: Called, rule: string, message: string) =>
      findings.push(unexpected(called, 'listContacts', 'state.filter', rule, message));
    const list = `the list of ${type}s`;
    if (left && !missing) finds(last, `all ${type}`, `${list} lacks ${quoted(left)}, which says is_${type} true`);
    if (alone)
      finds(
        all!.pages.at(-1)!.called,
        `${type} within all`,
        `the list of everything lacks ${quoted(alone)}, which ${list} holds`,
      );
    if (wrong) finds(last, `only ${type}`, `${list} holds ${quoted(wrong)}, which says is_${type} false`);
    if (missing) finds(last, `all ${type}`, `${list} lacks the ${type} just created`);
    return findings;
  },
};

const quoted = ({ id }: Item): string => JSON.stringify(id);
