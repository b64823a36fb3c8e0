import { policyFor } from '../contract/contract.js';
import { type Check, finding } from './check.js';

/** No request, valid or not, may make the provider fail; 502 to 504 are left to the status policy. */
export const noServerError: Check = function* (subject) {
  const { status } = subject.response;
  if (status < 500 || status > 599) return;
  if (policyFor(subject.contract, subject.endpoint, status)?.verdict === 'unjudged') return;
  yield finding(
    subject,
    'response.status.server-error',
    { part: 'response.status' },
    'no 5xx',
    `the provider answered ${status}`,
  );
};
