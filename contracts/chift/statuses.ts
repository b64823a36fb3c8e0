import type { StatusPolicy } from '../../src/index.js';
import { chiftError } from './error.js';
import { documented } from './source.js';

/**
 * Statuses that the published document leaves out of the contact endpoints. 401, 403, 429, 500, 503 and 504 occur
 * nowhere in it, so a literal reading would raise an alarm at every expired token.
 */
export const statuses: readonly StatusPolicy[] = [
  {
    status: 401,
    verdict: 'tolerated',
    body: null,
    examples: {
      token: { message: 'Unauthorized', status: 'error', error_code: 'ERROR_CHIFT_AUTHENTICATION_ERROR' },
      connector: { message: 'Unauthorized', status: 'error', error_code: 'ERROR_CONNECTOR_AUTHENTICATION' },
    },
    attribution: 'auth',
    reason: 'Bad token, or the connected software refused its own credentials; the body may not even be JSON.',
    source: documented('home/errors'),
  },
  {
    status: 403,
    verdict: 'tolerated',
    body: null,
    attribution: 'auth',
    reason: 'A key can be restricted to some consumers; which status that gives is unpublished.',
    source: documented('developer-guides/authentication'),
  },
  {
    status: 404,
    verdict: 'tolerated',
    body: chiftError,
    attribution: 'contract',
    reason: 'Unknown consumer: declared for the connections of a consumer, unpublished for invoicing.',
    source: documented('home/errors'),
  },
  {
    status: 405,
    verdict: 'tolerated',
    body: null,
    attribution: 'connector',
    reason: 'ERROR_RESOURCE_NOT_SUPPORTED: most connectors do not implement creation.',
    source: documented('home/errors'),
  },
  {
    status: 409,
    verdict: 'tolerated',
    body: chiftError,
    attribution: 'contract',
    endpoints: ['createContact'],
    reason: 'REQUEST_ALREADY_PROCESSED or REQUEST_IN_PROCESS: a client request id was used again.',
    source: documented('developer-guides/advanced/idempotency'),
  },
  {
    status: 429,
    verdict: 'unjudged',
    body: null,
    attribution: 'rate',
    reason: 'Rate limits exist, their status is unpublished; a throttled request says nothing about the contract.',
    source: documented('rate-limits'),
  },
  {
    status: 502,
    verdict: 'unjudged',
    body: null,
    attribution: 'connector',
    reason: 'Sibling operations declare 502 for a connector that cannot be reached.',
    source: 'Chift OpenAPI, POS and PMS operations',
  },
  {
    status: 503,
    verdict: 'unjudged',
    body: null,
    attribution: 'transport',
    reason: 'Temporary by definition (RFC 9110, section 15.6.4); waited out and counted.',
    source: 'RFC 9110',
  },
  {
    status: 504,
    verdict: 'unjudged',
    body: null,
    attribution: 'transport',
    reason: 'A gateway gave up waiting; connectors retry for up to 31 seconds.',
    source: documented('rate-limits'),
  },
  {
    status: '5xx',
    verdict: 'violation',
    body: null,
    attribution: 'contract',
    reason: 'No request may make the provider fail.',
    source: 'RFC 9110, section 15.6',
  },
];
