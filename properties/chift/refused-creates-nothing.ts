import { contract } from '../../contracts/chift/index.js';
import {
  type Call,
  type Called,
  type CallRequest,
  type Finding,
  listed,
  type Property,
  unexpected,
} from '../../src/index.js';
import { person } from './bodies.js';
import { readPage } from './page-walk.js';

type Refusal = Pick<CallRequest, 'body' | 'raw'> & { readonly what: string };

const refusals: readonly Refusal[] = [
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
export const refusedCreatesNothing: Property<readonly Refusal[]> = {
  id: 'contacts.refused-creates-nothing',
  kind: 'stateful',
  exclusive: true,
  inputs: () => listed([refusals]),
  async run(asked, call) {
    if (!(await leavesMore(asked, call))) return [];
    for (const each of asked) {
      const left = await leavesMore([each], call);
      if (left !== undefined) return [createdBy(each, left)];
    }
    return [];
  },
};

interface Left {
  readonly refused: Called;
  readonly before: number;
  readonly after: number;
}

/** The totals around refusals after which there are more contacts; the list is counted twice for all of them together. */
async function leavesMore(asked: readonly Refusal[], call: Call): Promise<Left | undefined> {
  const before = await readPage(call, { page: '1', size: '1' });
  let refused: Called | undefined;
  for (const { what: _, ...request } of asked) {
    const answer = await call({ endpoint: 'createContact', ...request });
    if (answer.status >= 400) refused = answer;
  }
  const after = await readPage(call, { page: '1', size: '1' });
  if (!before || !after || refused === undefined || after.total <= before.total) return undefined;
  return { refused, before: before.total, after: after.total };
}

function createdBy({ what }: Refusal, { refused, before, after }: Left): Finding {
  const message = `${what} was answered ${refused.status}, and total went from ${before} to ${after}`;
  const { create } = contract.provider.resource;
  return unexpected(refused, create, 'state.refused-created', 'a refusal creates nothing', message);
}
