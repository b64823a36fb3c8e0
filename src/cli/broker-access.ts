import type { BrokerAccess } from '../broker/client.js';
import { HarnessError } from '../errors.js';
import type { World } from './world.js';

/** How the environment reaches the broker; usage error where it does not say. */
export function brokerAccessFrom(
  env: World['env'],
  { brokerBaseUrl: url, timeout }: { readonly brokerBaseUrl: string | undefined; readonly timeout?: number },
): BrokerAccess {
  if (url === undefined)
    throw new HarnessError('usage', 'which broker? PACT_BROKER_BASE_URL is not set', {
      hint: 'Set it, or give --broker-base-url; credentials go into PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD.',
    });
  if (new URL(url).username !== '' || new URL(url).password !== '')
    throw new HarnessError('refused', 'the URL of the broker carries credentials', {
      hint: 'Put them into PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD.',
    });
  const [token, username, password] = ['TOKEN', 'USERNAME', 'PASSWORD'].map(
    (name) => env[`PACT_BROKER_${name}`] || undefined,
  );
  if (token === undefined && (username === undefined) !== (password === undefined))
    throw new HarnessError('usage', `PACT_BROKER_${username === undefined ? 'USERNAME' : 'PASSWORD'} is missing`, {
      hint: 'Set both, or PACT_BROKER_TOKEN alone.',
    });
  const deadline = timeout === undefined ? {} : { deadlineMs: timeout };
  return { url, ...deadline, since: performance.now(), ...(token === undefined ? { username, password } : { token }) };
}
