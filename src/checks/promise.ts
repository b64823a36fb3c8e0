import type { ZodType } from 'zod';
import { policyFor } from '../contract/contract.js';
import type { Case } from './check.js';

/** The schema that the status promises for the body: the endpoint's own, else the policy's; null where none is known. */
export function promisedBody(subject: Case): ZodType | null {
  const { contract, endpoint, response } = subject;
  const own = endpoint.responses[response.status];
  return own !== undefined ? own : (policyFor(contract, endpoint, response.status)?.body ?? null);
}
