import { type CallRequest, listed, type Property } from '../../src/index.js';
import { person } from './bodies.js';

const page = (query: Record<string, string>): CallRequest => ({ endpoint: 'listContacts', query });

const probes: readonly CallRequest[] = [
  page({ page: '0' }),
  page({ page: '-1' }),
  page({ page: 'two' }),
  page({ size: '0' }),
  page({ size: '101' }),
  page({ size: 'all' }),
  page({ contact_type: 'nobody' }),
  page({ contact_type: 'CUSTOMER' }),
  { endpoint: 'listContacts', params: { consumer_id: 'not-a-uuid' } },
  { endpoint: 'getContact', params: { consumer_id: 'not-a-uuid', contact_id: '1' } },
];

/** Names no consumer, so it reaches nobody; but only where a create can do no harm is it tried. */
const create: CallRequest = {
  endpoint: 'createContact',
  params: { consumer_id: 'not-a-uuid' },
  body: person('nobody'),
};

/** Parameters outside their schema are refused; the checks read that off the request. */
export const refusesBadParameters: Property<CallRequest> = {
  id: 'contacts.refuses-bad-parameters',
  kind: 'invalid',
  inputs: ({ loopback }) => listed(loopback ? [...probes, create] : probes),
  async run(probe, call) {
    await call(probe);
    return [];
  },
};
