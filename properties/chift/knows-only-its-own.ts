import { contract } from '../../contracts/chift/index.js';
import { listed, type Property, unexpected } from '../../src/index.js';

/** Ids that no create answers with; the odd ones look for lookups by prefix, pattern, number or path. */
const ids = [
  '00000000-0000-4000-8000-00000000dead',
  'never-given-out',
  '0',
  '-1',
  '%',
  '*',
  '_',
  'null',
  'undefined',
  'a/b',
  "' OR '1'='1",
  '😀',
  'x'.repeat(300),
];

/** An id that was never given out leads to nothing. */
export const knowsOnlyItsOwn: Property<string> = {
  id: 'contacts.knows-only-its-own',
  kind: 'stateful',
  inputs: () => listed(ids),
  async run(id, call) {
    const called = await call({
      endpoint: 'getContact',
      params: { contact_id: id },
      headers: [contract.provider.headers.fresh],
    });
    if (called.status < 200 || called.status > 299) return [];
    const message = `the id ${JSON.stringify(id.slice(0, 40))} was never given out and is answered ${called.status}`;
    return [unexpected(called, 'getContact', 'state.unknown-read', 'unknown ids are not found', message)];
  },
};
