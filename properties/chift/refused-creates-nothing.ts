import { contract } from '../../contracts/chift/index.js';
import { type CallRequest, listed, type Property, unexpected } from '../../src/index.js';
import { person } from './bodies.js';
import { readPage } from './page-walk.js';

const refusals: readonly (Pick<CallRequest, 'body' | 'raw'> & { readonly what: string })[] = [
  { what: 'a number for a name', body: { ...person('refused'), first_name: 17 } },
  { what: 'an unknown gender', body: { ...person('refused'), gender: 'X' } },
  { what: 'an impossible date', body: { ...person('refused'), birthdate: '2023-02-29' } },
  {
    what: 'an address without a city',
    body: { ...person('refused'), addresses: [{ address_type: 'main', street: 's', postal_code: '1', country: 'BE' }] },
  },
  {
    what: 'a second address that is broken',
    body: { ...person('refused'), addresses: [...(person('refused').addresses ?? []), null] },
  },
  { what: 'a list for an object', body: [person('refused')] },
  { what: 'JSON cut short', raw: { content: '{"first_name": "Ada refused"', contentType: 'application/json' } },
];

/** An error answer to a create means that there is no contact: a client that corrects and repeats makes no duplicate. */
export const refusedCreatesNothing: Property<(typeof refusals)[number]> = {
  id: 'contacts.refused-creates-nothing',
  kind: 'stateful',
  exclusive: true,
  inputs: () => listed(refusals),
  async run({ what, ...request }, call) {
    const before = await readPage(call, { page: '1', size: '1' });
    const refused = await call({ endpoint: 'createContact', ...request });
    const after = await readPage(call, { page: '1', size: '1' });
    if (!before || !after || refused.status < 400 || after.total <= before.total) return [];
    const message = `${what} was answered ${refused.status}, and total went from ${before.total} to ${after.total}`;
    return [
      unexpected(
        refused,
        contract.provider.resource.create,
        'state.refused-created',
        'a refusal creates nothing',
        message,
      ),
    ];
  },
};
