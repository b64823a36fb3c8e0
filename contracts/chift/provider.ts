import type { Attribution, ProviderProfile } from '../../src/index.js';
import { token } from './token.js';

/** Error codes that speak of the connected software or its set-up, not of the request (docs.chift.eu/home/errors). */
const connectorCodes = new Set([
  'ERROR_CONNECTOR_AUTHENTICATION',
  'ERROR_CONNECTOR_CONFIGURATION',
  'ERROR_NO_ACTIVE_CONNECTION',
  'ERROR_CONFIGURATION_CONNECTION',
  'ERROR_CONFIGURATION_SYNC',
  'ERROR_RESOURCE_NOT_SUPPORTED',
]);

/** How to talk to Chift; nothing here is a promise about contacts. */
export const provider: ProviderProfile = {
  name: 'chift',
  baseUrl: 'https://api.chift.eu',
  token: {
    endpoint: 'createToken',
    request: ({ clientId, clientSecret, accountId }) => ({ clientId, clientSecret, accountId }),
    read(answer) {
      const { access_token, expires_in } = token.parse(answer);
      return { token: access_token, expiresInSeconds: expires_in };
    },
  },
  headers: {
    requestId: 'x-chift-client-requestid',
    connection: 'x-chift-connectionid',
    fresh: ['x-chift-force-refresh', 'true'],
  },
  tenant: 'consumer_id',
  resource: { create: 'createContact', readOne: 'getContact', list: 'listContacts', idParam: 'contact_id' },
  echoWaivers: [],
  coercible,
  attribute,
};

const truths = new Set(['0', '1', 'true', 'false', 't', 'f', 'yes', 'no', 'y', 'n', 'on', 'off']);
const midnight = /^\d{4}-\d{2}-\d{2}[T ]00:00(:00(\.0+)?)?(Z|[+-]00:?00)?$/i;

/** What pydantic 2, the parser behind the published schemas, converts in its lax mode. */
function coercible(expected: string, value: unknown): boolean {
  if (expected === 'boolean')
    return value === 0 || value === 1 || (typeof value === 'string' && truths.has(value.toLowerCase()));
  if (expected === 'date')
    return (
      typeof value === 'number' ||
      (typeof value === 'string' && (midnight.test(value) || /^-?\d+(\.\d+)?$/.test(value)))
    );
  return false;
}

/** The error code decides where one is given: 401 has a token kind and a connector kind. */
function attribute(status: number, body: unknown): Attribution {
  const code = typeof body === 'object' && body !== null ? (body as { error_code?: unknown }).error_code : undefined;
  if (typeof code === 'string' && connectorCodes.has(code)) return 'connector';
  if (status === 401 || status === 403) return 'auth';
  if (status === 429) return 'rate';
  if (status === 405) return 'connector';
  if (status === 502 || status === 503 || status === 504) return 'transport';
  return 'contract';
}
