import { API } from '@chift/chift-nodejs';
import { Consumer } from '@chift/chift-nodejs/dist/src/modules/consumer.js';

/**
 * The provider's official SDK, unmodified, as a client under test: the worked example of `pact --client` and `client`.
 * It is given the token of the test instead of exchanging credentials for one.
 */
function invoicing(baseUrl, token, consumerid) {
  const api = new API({ clientId: 'unused', clientSecret: 'unused', accountId: consumerid, baseUrl });
  api.internalApi.token = { access_token: token ?? 'none', expires_on: 4_102_444_800 };
  return Consumer(api.internalApi, { consumerid }).invoicing;
}

export const createContact = (baseUrl, token, body, { consumer_id }) =>
  invoicing(baseUrl, token, consumer_id).createContact(body);
