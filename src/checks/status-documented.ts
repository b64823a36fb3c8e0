import { policyFor } from '../contract/contract.js';
import { type Check, finding } from './check.js';

/** A status is promised by the endpoint or named by the status policy; redirects have a finding of their own. */
export const statusDocumented: Check = function* (subject) {
  const { contract, endpoint, response } = subject;
  const { status } = response;
  if (Object.hasOwn(endpoint.responses, status) || policyFor(contract, endpoint, status)) return;
  if (status >= 300 && status < 400) {
    yield finding(
      subject,
      'response.wire.redirect',
      { part: 'response.status' },
      'no redirect',
      `the provider answered ${status}`,
    );
    return;
  }
  const promised = Object.keys(endpoint.responses).join(', ');
  yield finding(
    subject,
    'response.status.undocumented',
    { part: 'response.status' },
    `status ${status}`,
    `status ${status} is not documented; the document promises ${promised}`,
  );
};
