import { listed, type Property, unexpected } from '../../src/index.js';

/** `bearer` and `BEARER` are `Bearer`: schemes compare without case (RFC 9110, section 11.1), and the guides print BEARER. */
export const acceptsAnyCaseOfScheme: Property<string> = {
  id: 'contacts.accepts-any-case-of-scheme',
  kind: 'auth',
  inputs: () => listed(['bearer', 'BEARER']),
  async run(scheme, call, around) {
    const authorization = `${scheme} ${await around.token()}`;
    const called = await call({ endpoint: 'listContacts', query: { page: '1', size: '1' }, auth: { authorization } });
    if (called.status !== 401 && called.status !== 403) return [];
    const message = `the good token is refused under the scheme ${scheme}: status ${called.status}`;
    return [unexpected(called, 'listContacts', 'auth.refused', `scheme ${scheme}`, message)];
  },
};
