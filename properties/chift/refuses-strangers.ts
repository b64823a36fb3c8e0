import { contract } from '../../contracts/chift/index.js';
import { type CallRequest, listed, type Property, type Surroundings, unexpected } from '../../src/index.js';
import { person } from './bodies.js';

interface Stranger {
  readonly endpoint: keyof typeof doors;
  readonly credential: keyof typeof credentials;
}

/** What a stranger asks for: nothing that is there, so that a door left open shows without harm. */
const doors = {
  listContacts: {},
  createContact: { body: person('stranger') },
  getContact: { params: { contact_id: 'never-given-out' } },
  listConnections: {},
  getTransaction: {
    params: { connection_id: '00000000-0000-4000-8000-00000000dead' },
    query: { client_request_id: 'never-sent' },
  },
} as const satisfies Record<string, Omit<CallRequest, 'endpoint'>>;

/** What a request that may not be served carries instead of `Bearer <token>`. */
const credentials = {
  'no Authorization': () => 'none',
  'an empty token': () => ({ authorization: 'Bearer ' }),
  'no scheme': (token: string) => ({ authorization: token }),
  'another scheme': (token: string) => ({ authorization: `Basic ${token}` }),
  'a made-up token': () => ({ authorization: 'Bearer not-a-token' }),
  'an altered token': (token: string) => ({ authorization: `Bearer ${altered(token)}` }),
  'a shortened token': (token: string) => ({ authorization: `Bearer ${token.slice(0, -1)}` }),
} as const satisfies Record<string, (token: string) => CallRequest['auth']>;

/** Nobody gets in without a good token: 401, or 403 where the key may not reach the consumer. */
export const refusesStrangers: Property<Stranger> = {
  id: 'contacts.refuses-strangers',
  kind: 'auth',
  inputs: ({ loopback }: Surroundings) =>
    listed(
      (Object.keys(doors) as Stranger['endpoint'][])
        .filter((endpoint) => endpoint !== 'createContact' || loopback)
        .flatMap((endpoint) => tried(endpoint).map((credential) => ({ endpoint, credential }))),
    ),
  async run({ endpoint, credential }, call, around) {
    const auth = credentials[credential](await around.token());
    const called = await call({ ...doors[endpoint], endpoint, auth });
    const { status } = called;
    if (status === 0 || status === 401 || status === 403 || status >= 500) return [];
    if (status < 300)
      return [unexpected(called, endpoint, 'auth.accepted', credential, `served with ${credential}: status ${status}`)];
    const { name } = contract.provider;
    return [
      unexpected(called, endpoint, 'auth.status', credential, `${name} answers ${credential} with ${status}, not 401`),
    ];
  },
};

/** Every one at the two ways in and out of a consumer's data; the telling ones at the other doors. */
function tried(endpoint: Stranger['endpoint']): readonly Stranger['credential'][] {
  if (endpoint !== 'listContacts' && endpoint !== 'createContact') return ['no Authorization', 'an altered token'];
  return Object.keys(credentials) as Stranger['credential'][];
}

/** One character in the middle turned: still a token by its shape. */
function altered(token: string): string {
  const middle = Math.floor(token.length / 2);
  return `${token.slice(0, middle)}${token[middle] === 'A' ? 'B' : 'A'}${token.slice(middle + 1)}`;
}
