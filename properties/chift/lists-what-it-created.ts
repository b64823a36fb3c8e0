import {
  type Call,
  type Called,
  differences,
  type Finding,
  listed,
  type Property,
  unexpected,
} from '../../src/index.js';
import { company, person } from './bodies.js';
import { type Item, readPage, walk } from './page-walk.js';

/** Three new contacts stand in the list, each once and as answered; the pages are disjoint and add up to the total. */
export const listsWhatItCreated: Property<string> = {
  id: 'contacts.lists-what-it-created',
  kind: 'stateful',
  exclusive: true,
  inputs: () => listed(['listed', 'later']),
  async run(mark, call) {
    const before = await walk(call);
    const created: Called[] = [];
    for (const body of [person(`${mark}a`), company(`${mark}b`), person(`${mark}c`)]) {
      const answer = await call({ endpoint: 'createContact', body });
      if (answer.status === 200 && idOf(answer) !== undefined) created.push(answer);
    }
    const after = await walk(call);
    if (after === undefined || created.length === 0) return [];
    const last = after.pages.at(-1)!.called;
    const found = created.flatMap((answer) => membership(answer, after.items, after.whole, last));
    const { total } = after.pages.at(-1)!;
    if (after.whole) found.push(...repeats(after.items, last));
    if (after.whole && after.items.length !== total)
      found.push(list(last, 'total counts the items', `total says ${total} and the pages hold ${after.items.length}`));
    if (before?.whole && after.whole && total - before.pages.at(-1)!.total !== created.length)
      found.push(
        list(
          last,
          'total grows by what was created',
          `${created.length} created, and total went from ${before.pages.at(-1)!.total} to ${total}`,
        ),
      );
    if (after.whole) found.push(...(await inThirds(call, after.items)));
    return [...found, ...(await smallPages(call))];
  },
};

/** Pages of two: each says which page it is, holds as many as it should, and shares nothing with its neighbour. */
async function smallPages(call: Call): Promise<Finding[]> {
  const [one, two] = [await readPage(call, { page: '1', size: '2' }), await readPage(call, { page: '2', size: '2' })];
  if (!one || !two) return [];
  const found = [one, two].flatMap(({ called, items, total }, at) => {
    const said = called.json as { page?: unknown; size?: unknown };
    const due = Math.max(0, Math.min(2, total - at * 2));
    return [
      ...(said.page === at + 1
        ? []
        : [list(called, 'page repeats the request', `page ${at + 1} says it is page ${JSON.stringify(said.page)}`)]),
      ...(said.size === 2
        ? []
        : [list(called, 'size repeats the request', `asked for 2 a page, the page says ${JSON.stringify(said.size)}`)]),
      ...(items.length === due
        ? []
        : [list(called, 'a page is full', `page ${at + 1} of 2 a page holds ${items.length} of ${total}, not ${due}`)]),
    ];
  });
  const shared = one.items.find(({ id }) => two.items.some((item) => item.id === id));
  if (shared)
    found.push(list(two.called, 'pages are disjoint', `${JSON.stringify(shared.id)} stands on page 1 and on page 2`));
  return [...found, ...(await pastTheEnd(call, one.total))];
}

/** The same list on three pages: every contact stands on one of them. */
async function inThirds(call: Call, whole: readonly Item[]): Promise<Finding[]> {
  const size = Math.ceil(whole.length / 3);
  const pages = [];
  for (let page = 1; page <= 3; page++) pages.push(await readPage(call, { page: String(page), size: String(size) }));
  const last = pages.at(-1);
  if (last === undefined || pages.some((page) => page === undefined)) return [];
  const listed = pages.flatMap((page) => page!.items.map(({ id }) => id));
  const missing = whole.find(({ id }) => !listed.includes(id));
  if (missing === undefined) return [];
  const message = `${JSON.stringify(missing.id)} stands on no page of ${size}, and in the list by 100`;
  return [list(last.called, 'pages of any size hold the same', message)];
}

/** The official SDK asks for one page too many whenever the total is a multiple of 100. */
async function pastTheEnd(call: Call, total: number): Promise<Finding[]> {
  const number = Math.ceil(total / 100) + 1;
  const called = await call({ endpoint: 'listContacts', query: { page: String(number), size: '100' } });
  if (called.status === 0 || called.status >= 500) return [];
  const items = (called.json as { items?: unknown } | undefined)?.items;
  const empty = called.status === 200 && Array.isArray(items) && items.length === 0;
  return empty
    ? []
    : [
        list(
          called,
          'a page past the end is empty',
          `page ${number} of ${total} contacts is answered ${called.status} and not an empty page`,
        ),
      ];
}

function membership(created: Called, items: readonly Item[], whole: boolean, last: Called): Finding[] {
  const id = idOf(created);
  const mine = items.filter((item) => item.id === id);
  if (mine.length === 0)
    return whole
      ? [list(last, 'a created contact is listed', `the contact ${id} was created and is not in the list`)]
      : [];
  const fields = created.json as Record<string, unknown>;
  return Object.keys(fields)
    .filter((field) => Object.hasOwn(mine[0]!, field))
    .flatMap((field) => differences(fields[field], mine[0]![field], `/${field}`))
    .map(({ pointer }) =>
      list(
        last,
        `listed as answered ${pointer.split('/')[1]}`,
        `${pointer} of ${id} is listed with another value than it was created with`,
      ),
    );
}

function repeats(items: readonly Item[], last: Called): Finding[] {
  const seen = new Set<unknown>();
  const twice = items.find(({ id }) => seen.size === seen.add(id).size);
  return twice ? [list(last, 'an id is listed once', `${JSON.stringify(twice.id)} is listed twice`)] : [];
}

function list(called: Called, rule: string, message: string): Finding {
  return unexpected(called, 'listContacts', 'state.list', rule, message);
}

function idOf(called: Called): string | undefined {
  const id = (called.json as { id?: unknown } | undefined)?.id;
  return typeof id === 'string' ? id : undefined;
}
