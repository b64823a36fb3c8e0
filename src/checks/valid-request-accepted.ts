import { validityOf } from '../derive/validity.js';
import { jsonOf } from '../exchange/body.js';
import { headerValue } from '../exchange/headers.js';
import { type Check, finding } from './check.js';

/** Statuses that may meet a valid request for reasons the request does not show: who asks, for whom, how often. */
const circumstances = new Set([401, 403, 404, 405, 409, 429]);

/** A request that keeps the contract is answered with a success. */
export const validRequestAccepted: Check = function* (subject) {
  const { contract, response, exchange } = subject;
  const { status } = response;
  if (status < 400 || status > 499 || circumstances.has(status)) return;
  if (headerValue(exchange.request.headers, 'authorization') === undefined && subject.endpoint.auth === 'bearer')
    return;
  if (validityOf({ ...subject, request: exchange.request }).kind !== 'valid') return;
  const reading = response.body.state === 'present' ? jsonOf(response.body) : undefined;
  const body = reading?.ok ? reading.value : undefined;
  const software = contract.provider.attribute(status, body) === 'connector';
  const code = software ? 'request.valid.connector-refused' : 'request.valid.refused';
  yield finding(
    subject,
    code,
    { part: 'request.body' },
    `status ${status}`,
    `a valid request was answered ${status}${quote(body)}`,
  );
};

function quote(body: unknown): string {
  const message = (body as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? `: ${message.slice(0, 120)}` : '';
}
