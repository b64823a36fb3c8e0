/** One thing that nobody outside Chift knows, and what the sandbox does about it. */
export interface Choice<T> {
  /** What the sandbox does. */
  readonly is: T;
  readonly why: string;
  /** Where the fact ends and the choice begins. */
  readonly known: string;
}

const choice = <const T>(is: T, why: string, known: string): Choice<T> => ({ is, why, known });

/**
 * Everything in the sandbox that no source backs. A client must not rely on any of it, and no check may fail a
 * provider for choosing otherwise; the variations of this folder turn several of them around.
 */
export const choices = {
  unauthorized: choice(
    { message: 'The provided token is not valid', error_code: 'ERROR_CHIFT_AUTHENTICATION_ERROR' },
    'The documented code in the documented error object.',
    'docs.chift.eu/home/errors names status and code; the message is unpublished.',
  ),
  challenge: choice(
    'Bearer',
    'RFC 9110 asks for a challenge with every 401.',
    'Whether a 401 carries www-authenticate is unpublished.',
  ),
  badCredentials: choice(
    { message: 'The provided credentials are not valid', error_code: 'ERROR_CHIFT_AUTHENTICATION_ERROR' },
    'One code for a bad token and a bad triple of credentials.',
    'docs.chift.eu/home/errors; the message is unpublished.',
  ),
  tokenType: choice('bearer', 'The default of the official CLI.', 'The literal is unpublished; compare without case.'),
  oldTokens: choice(
    'stay good until they expire',
    'Nothing says that a new token ends the old ones.',
    'The behaviour of old tokens is unpublished.',
  ),
  authenticationFirst: choice(
    true,
    'A stranger learns nothing about paths and bodies.',
    'The order of authentication and validation is unpublished; plain FastAPI reads the JSON first.',
  ),
  unknownConsumer: choice(
    { status: 404, message: 'The consumer does not exist', error_code: 'ERROR_CONSUMER_NOT_FOUND' },
    'The answer that the connections of a consumer declare.',
    'Declared for /consumers/{id}/connections only; the code is a guess.',
  ),
  foreignConsumer: choice(
    {
      status: 403,
      message: 'The consumer is out of reach of this key',
      error_code: 'ERROR_CHIFT_AUTHENTICATION_ERROR',
    },
    'What most APIs answer to a good token in the wrong place.',
    'A key can be restricted to some consumers; which status that gives is unpublished.',
  ),
  anyConsumer: choice(
    'every well-formed UUID is a consumer with contacts of its own',
    'A test needs no set-up call.',
    'A property of the sandbox alone.',
  ),
  anyConnection: choice(
    'every well-formed UUID is a connection of every consumer',
    'A test needs no set-up call.',
    'A property of the sandbox alone.',
  ),
  unknownRoute: choice(
    { status: 400, message: 'API Resource does not exist', error_code: 'ERROR_API_RESOURCE_NOT_FOUND' },
    'Documented as 400, not 404; the message was seen live for a resource that a connector lacks.',
    'docs.chift.eu/home/errors; a trailing slash or an encoded slash may be treated otherwise.',
  ),
  encodedSlash: choice(
    'belongs to the id',
    'An id is opaque, and a client that encodes it asks for one contact.',
    'A stack that decodes before it routes answers an unknown route.',
  ),
  wrongMethod: choice({ detail: 'Method Not Allowed' }, 'The answer of FastAPI.', 'Unpublished for the gateway.'),
  validationError: choice(
    { message: 'Validation error', status: 'error' },
    'HTTPValidationError as the published document declares it.',
    'The error guide lists 422 codes of the object form; which of the two comes is unknown.',
  ),
  strictTypes: choice(
    true,
    'The published schema to the letter.',
    'pydantic converts "yes", 1 and midnight date-times when it is not told to be strict.',
  ),
  unknownKeys: choice(
    'ignored',
    'The published objects are open, and nothing says that anything is kept.',
    'Whether unknown request keys are ignored, kept or refused is unknown.',
  ),
  emptyContact: choice(
    'accepted',
    'Every field is optional by the published document.',
    'Whether {} is accepted by any connector is unknown.',
  ),
  absentFields: choice(
    'null',
    'All 24 keys in every answer; the official fixtures leave two out.',
    'Whether the answer always carries all keys is unknown.',
  ),
  echo: choice(
    'as sent',
    'A connector that keeps everything is the one that shows what is lost on the way.',
    'Connectors drop, split and rewrite fields; none documents which.',
  ),
  notUtf8: choice(
    { status: 400, message: 'There was an error parsing the body', error_code: 'ERROR_UNKNOWN' },
    'What FastAPI says to bytes it cannot decode, in the documented error object.',
    'Unpublished.',
  ),
  jsonExtras: choice(
    'a byte-order mark is passed over, of a repeated key the last one counts; NaN, lone surrogates and more than 200 levels are refused',
    'As the JSON reader behind FastAPI does where that is JSON, and a 422 where the default stack would fail.',
    'Unpublished.',
  ),
  requestIdScope: choice(
    'consumer and connection; without a connection header the own one of the consumer',
    'The newer page says: unique per connection.',
    'The older page says unique everywhere; the scope without the header is unstated.',
  ),
  failedAttempts: choice(
    'do not use a client request id up',
    'The 409 speaks of requests that were successfully processed.',
    'Behaviour after a failed first try, or with another body, is unstated.',
  ),
  repeatAfterValidation: choice(
    true,
    'A body that is not understood is refused before anything is looked up.',
    'Which of 422 and 409 a broken repeat gets is unknown.',
  ),
  cache: choice(
    'none: every read is live',
    'The strictest provider; the variation cached-reads has the documented cache.',
    'Reads may be up to five minutes old; whether a new contact can be missed is unstated.',
  ),
  order: choice('oldest first', 'Pages stay put while contacts are added.', 'The order of a list is unpublished.'),
} satisfies Record<string, Choice<unknown>>;
