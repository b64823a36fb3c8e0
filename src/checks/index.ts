import { bodyMatchesSchema } from './body-matches-schema.js';
import type { Check } from './check.js';
import { contentType } from './content-type.js';
import { type EchoMode, echoFaithful, readBackFaithful } from './echo-faithful.js';
import { errorKeepsQuiet } from './error-keeps-quiet.js';
import { errorNamesPlace } from './error-names-place.js';
import { invalidRequestRefused } from './invalid-request-refused.js';
import { noServerError } from './no-server-error.js';
import { statusDocumented } from './status-documented.js';
import { successWithoutError } from './success-without-error.js';
import { undocumentedField } from './undocumented-field.js';
import { validRequestAccepted } from './valid-request-accepted.js';
import { wireClean } from './wire-clean.js';

/** Every oracle on one exchange, by the name that reports use. */
export function checksFor(echo: EchoMode): Readonly<Record<string, Check>> {
  return {
    ...plain,
    'echo-faithful': echoFaithful(echo),
    'read-back-faithful': readBackFaithful(echo),
  };
}

const plain: Readonly<Record<string, Check>> = {
  'no-server-error': noServerError,
  'status-documented': statusDocumented,
  'wire-clean': wireClean,
  'content-type': contentType,
  'body-matches-schema': bodyMatchesSchema,
  'success-without-error': successWithoutError,
  'valid-request-accepted': validRequestAccepted,
  'invalid-request-refused': invalidRequestRefused,
  'error-names-place': errorNamesPlace,
  'error-keeps-quiet': errorKeepsQuiet,
  'undocumented-field': undocumentedField,
};
