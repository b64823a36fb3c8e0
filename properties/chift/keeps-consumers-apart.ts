import { contract } from '../../contracts/chift/index.js';
import { listed, type Property, unexpected } from '../../src/index.js';
import { person } from './bodies.js';
import { walk } from './page-walk.js';

/** A contact of one consumer is neither read nor listed under another. Needs a second consumer; only reads there. */
export const keepsConsumersApart: Property<string> = {
  id: 'contacts.keeps-consumers-apart',
  kind: 'stateful',
  exclusive: true,
  inputs: ({ foreignTenant }) => listed(foreignTenant === undefined ? [] : [foreignTenant]),
  async run(foreign, call) {
    const created = await call({ endpoint: 'createContact', body: person('apart') });
    const id = (created.json as { id?: unknown } | undefined)?.id;
    if (created.status !== 200 || typeof id !== 'string') return [];
    const params = { [contract.provider.tenant]: foreign };
    const read = await call({
      endpoint: 'getContact',
      params: { ...params, contact_id: id },
      headers: [contract.provider.headers.fresh],
      before: [created.exchange],
    });
    const listing = await walk(call, {}, params);
    const listedAt = listing?.pages.find(({ items }) => items.some((item) => item.id === id));
    const message = 'a contact created under one consumer';
    return [
      ...(read.status === 200
        ? [
            unexpected(
              read,
              'getContact',
              'state.isolation',
              'consumers are apart',
              `${message} can be read under another`,
            ),
          ]
        : []),
      ...(listedAt
        ? [
            unexpected(
              listedAt.called,
              'listContacts',
              'state.isolation',
              'consumers are apart',
              `${message} is listed under another`,
            ),
          ]
        : []),
    ];
  },
};
