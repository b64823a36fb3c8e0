import { jsonOf } from '../exchange/body.js';
import { type Check, finding } from './check.js';

/** An error body comes with an error status: half of the clients read only the status, half only the body. */
export const successWithoutError: Check = function* (subject) {
  const { status, body } = subject.response;
  if (status < 200 || status > 299 || body.state !== 'present') return;
  const reading = jsonOf(body);
  if (!reading.ok || reading.value === null) return;
  const { status: said, error_code: code } = reading.value as { status?: unknown; error_code?: unknown };
  if (said === 'error' || typeof code === 'string')
    yield finding(
      subject,
      'response.error.in-success',
      { part: 'response.body' },
      'no error body under 2xx',
      `status ${status} carries an error body`,
    );
};
