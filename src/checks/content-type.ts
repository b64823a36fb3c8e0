import { headerValues, isJsonType, mediaType } from '../exchange/headers.js';
import { type Check, finding } from './check.js';
import { promisedBody } from './promise.js';

/** A promised JSON body says so, once, and in UTF-8. Media types compare without case; parameters are free. */
export const contentType: Check = function* (subject) {
  const { response } = subject;
  if (promisedBody(subject) === null || response.headers.length === 0) return;
  if (response.body.state === 'empty' || response.body.state === 'absent') return;
  const claimed = headerValues(response.headers, 'content-type');
  const at = { part: 'response.headers', pointer: '/content-type' } as const;
  if (claimed.length === 0) {
    yield finding(subject, 'response.content-type.missing', at, 'content-type', 'the body has no content type');
    return;
  }
  const types = claimed.flatMap((value) => value.split(',')).map(mediaType);
  const wrong = types.find(({ type }) => !isJsonType(type));
  if (wrong)
    yield finding(
      subject,
      'response.content-type.mismatch',
      at,
      'application/json',
      `the content type is ${claimed.join(', ')}`,
    );
  else if (types.length > 1)
    yield finding(
      subject,
      'response.content-type.mismatch',
      at,
      'one content type',
      `the content type is given ${types.length} times`,
    );
  const foreign = types.find(
    ({ charset }) => charset !== undefined && charset !== 'utf-8' && charset !== 'utf8' && charset !== 'us-ascii',
  );
  if (foreign)
    yield finding(subject, 'response.content-type.mismatch', at, 'charset utf-8', `the charset is ${foreign.charset}`);
};
