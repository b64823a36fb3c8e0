import { contract } from '../../contracts/chift/index.js';
import type { Call, Called } from '../../src/index.js';

export interface Page {
  readonly called: Called;
  readonly items: readonly Item[];
  readonly total: number;
}

export interface Item {
  readonly id?: unknown;
  readonly [field: string]: unknown;
}

/** Walks stop here, so that a consumer with a long history does not eat the budget. */
const mostPages = 10;

/** One page past the cache; undefined unless it is a 200 of the promised outer shape. */
export async function readPage(
  call: Call,
  query: Record<string, string>,
  params: Record<string, string> = {},
): Promise<Page | undefined> {
  const called = await call({ endpoint: 'listContacts', query, params, headers: [contract.provider.headers.fresh] });
  const page = called.json as { items?: unknown; total?: unknown } | null | undefined;
  if (called.status !== 200 || !Array.isArray(page?.items) || typeof page.total !== 'number') return undefined;
  const items = page.items.map((item: unknown) => (typeof item === 'object' && item !== null ? (item as Item) : {}));
  return { called, items, total: page.total };
}

export interface Walk {
  readonly pages: readonly Page[];
  readonly items: readonly Item[];
  /** False when the list is longer than a walk. */
  readonly whole: boolean;
}

/** All pages of 100; undefined when a page does not come. */
export async function walk(
  call: Call,
  query: Record<string, string> = {},
  params: Record<string, string> = {},
): Promise<Walk | undefined> {
  const pages: Page[] = [];
  for (let number = 1; number <= mostPages; number++) {
    const page = await readPage(call, { ...query, page: String(number), size: '100' }, params);
    if (page === undefined) return undefined;
    pages.push(page);
    if (page.items.length === 0 || number * 100 >= page.total)
      return { pages, items: pages.flatMap(({ items }) => items), whole: true };
  }
  return { pages, items: pages.flatMap(({ items }) => items), whole: false };
}
