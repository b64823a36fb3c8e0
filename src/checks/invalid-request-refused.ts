import { validityOf } from '../derive/validity.js';
import { type Check, finding } from './check.js';

/** A request that breaks the contract is refused. What the provider's parser is known to convert is laxness. */
export const invalidRequestRefused: Check = function* (subject) {
  const { status } = subject.response;
  if (status < 200 || status > 299) return;
  const validity = validityOf({ ...subject, request: subject.exchange.request });
  if (validity.kind !== 'invalid') return;
  const hard = validity.breaches.filter((breach) => !breach.coercible);
  const code = hard.length > 0 ? 'request.invalid.accepted' : 'request.invalid.coerced';
  for (const { part, pointer, rule, message } of hard.length > 0 ? hard : validity.breaches) {
    const at = { part: part === 'body' ? 'request.body' : 'request', pointer } as const;
    yield finding(subject, code, at, rule, `an invalid request was answered ${status}: ${message}`);
  }
};
