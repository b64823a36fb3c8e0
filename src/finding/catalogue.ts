export type Severity = 'error' | 'warning' | 'info';

export interface CatalogueEntry {
  readonly severity: Severity;
  readonly title: string;
  /** What it means, for `explain`. */
  readonly meaning: string;
  /** A small example of an exchange that gives it. */
  readonly example: string;
  /** What the reader can do. */
  readonly advice: string;
}

/** Every finding code, public and never renamed. */
export const catalogue = {
  'response.status.server-error': {
    severity: 'error',
    title: 'The provider failed with a server error',
    meaning: 'The answer has a 5xx status. No request, however odd, may make a provider fail.',
    example: 'POST with first_name "😀" is answered 500 Internal Server Error.',
    advice: 'Send the reproducing request to the provider’s support; waive it by its fingerprint until it is fixed.',
  },
  'response.status.undocumented': {
    severity: 'error',
    title: 'The status is not documented',
    meaning: 'The status is neither promised for the endpoint nor named by the status policy of the contract.',
    example: 'POST is answered 201 Created where the document promises 200.',
    advice: 'If the provider documents it elsewhere, add a status policy with its source to the contract.',
  },
  'response.content-type.missing': {
    severity: 'error',
    title: 'A body came without a content type',
    meaning: 'The answer has a body but no content-type header, so a client has to guess how to read it.',
    example: 'HTTP/1.1 200 OK with a JSON body and no content-type.',
    advice: 'The official SDK then returns text instead of an object; report it to the provider.',
  },
  'response.content-type.mismatch': {
    severity: 'error',
    title: 'The content type is not JSON',
    meaning: 'The endpoint promises application/json; the header says something else, or says it in two ways.',
    example: 'content-type: text/html on a 200.',
    advice: 'Often a proxy in between; compare the response headers in the evidence.',
  },
  'response.body.missing': {
    severity: 'error',
    title: 'The promised body is missing',
    meaning: 'The status promises a JSON body and the answer has none.',
    example: '200 with content-length: 0.',
    advice: 'A client that reads the id of the created contact breaks here.',
  },
  'response.body.required': {
    severity: 'error',
    title: 'A required field is missing',
    meaning: 'The schema of this status requires the field and the body does not have it.',
    example: '200 without id.',
    advice: 'Do not rely on the field until the provider fixes it.',
  },
  'response.body.null': {
    severity: 'error',
    title: 'A field is null that may not be',
    meaning: 'The schema does not allow null at this place.',
    example: '"source_ref": null.',
    advice: 'Guard against null in your client, and report it.',
  },
  'response.body.type': {
    severity: 'error',
    title: 'A field has the wrong type',
    meaning: 'The value has another JSON type than the schema promises.',
    example: '"id": 17 where a string is promised.',
    advice: 'Typed clients will misread the value.',
  },
  'response.body.enum': {
    severity: 'error',
    title: 'A value is outside its enumeration',
    meaning: 'The schema lists the allowed values and this is none of them.',
    example: '"gender": "M" where H, F or N/A are promised.',
    advice: 'Clients with closed enums raise an error here.',
  },
  'response.body.format': {
    severity: 'error',
    title: 'A value breaks its format',
    meaning: 'The string is not of the promised format.',
    example: '"birthdate": "28/02/1990" where a full-date is promised.',
    advice: 'Parsing it will fail or, worse, give another date.',
  },
  'response.body.schema': {
    severity: 'error',
    title: 'The body breaks its schema',
    meaning: 'A rule other than required, null, type, enum and format is broken.',
    example: '"total": -1 where the minimum is 0.',
    advice: 'The rule is named in the finding.',
  },
  'response.body.undocumented-field': {
    severity: 'info',
    title: 'A field is not documented',
    meaning: 'The schema is open, so the field is allowed, but nothing promises it.',
    example: '"internal_note": "…" in a contact.',
    advice: 'Do not depend on it; list it in the contract when the provider documents it.',
  },
  'response.wire.invalid-json': {
    severity: 'error',
    title: 'The body is not JSON',
    meaning: 'The content type says JSON and the bytes are not, by RFC 8259.',
    example: '{"id": "c-1",} or NaN as a value.',
    advice: 'The message names the byte offset.',
  },
  'response.wire.encoding': {
    severity: 'error',
    title: 'The bytes are not clean UTF-8',
    meaning: 'JSON between systems is UTF-8 without a byte-order mark (RFC 8259, section 8.1).',
    example: 'The name “Zoë” as latin-1 bytes, or EF BB BF before the first brace.',
    advice: 'Clients replace what they cannot decode with U+FFFD, and names are damaged silently.',
  },
  'response.wire.duplicate-key': {
    severity: 'error',
    title: 'A key stands twice in one object',
    meaning: 'Readers disagree on which value counts (RFC 8259, section 4).',
    example: '{"id":"c-1","id":"c-2"}',
    advice: 'JSON.parse keeps the last and hides the first.',
  },
  'response.wire.number': {
    severity: 'error',
    title: 'A number cannot be read exactly',
    meaning: 'An integer beyond 2^53 or a number beyond a double changes its value in most clients.',
    example: '"expires_on": 17641234567890123456789',
    advice: 'Such values belong in strings.',
  },
  'response.wire.text': {
    severity: 'error',
    title: 'A string is damaged',
    meaning: 'The string has half a surrogate pair, or U+FFFD where a character was lost.',
    example: '"first_name": "Zo\\ufffd"',
    advice: 'Look for a latin-1 step between the software and the API.',
  },
  'response.wire.truncated': {
    severity: 'error',
    title: 'The body was cut short',
    meaning: 'The connection ended before the announced end of the body.',
    example: 'content-length: 500 and 230 bytes.',
    advice: 'The create may have happened all the same; look the request id up before you repeat it.',
  },
  'response.wire.length': {
    severity: 'error',
    title: 'The announced length is wrong',
    meaning: 'The body has another length than content-length says, or the framing contradicts itself.',
    example: 'content-length: 10 and 12 bytes.',
    advice: 'Keep-alive clients read the rest as the start of the next answer.',
  },
  'response.wire.content-coding': {
    severity: 'error',
    title: 'The body does not decode',
    meaning: 'The content-encoding header names a coding that the bytes do not have.',
    example: 'content-encoding: gzip on plain text.',
    advice: 'Look for a proxy that compresses or forgets to.',
  },
  'response.wire.too-large': {
    severity: 'error',
    title: 'The body is too large',
    meaning: 'The decoded body is over the cap of 5 MiB, far beyond any contact.',
    example: '1 GB of zeros.',
    advice: 'Reading stopped at the cap; the first bytes are in the evidence.',
  },
  'response.wire.protocol': {
    severity: 'error',
    title: 'The answer breaks HTTP',
    meaning: 'The bytes are not an HTTP/1.1 message.',
    example: 'Both content-length and transfer-encoding, or a status line that is none.',
    advice: 'Often a port that speaks something else.',
  },
  'response.wire.redirect': {
    severity: 'error',
    title: 'The provider redirects',
    meaning: 'No redirect is documented. None is followed: a followed redirect would send the body elsewhere.',
    example: '307 with a location on another host.',
    advice: 'Check the base URL first.',
  },
  'response.error.in-success': {
    severity: 'error',
    title: 'A success status carries an error',
    meaning:
      'The body says "status": "error" under a 2xx status; the documentation promises errors only with 4xx and 5xx.',
    example: '200 {"status":"error","message":"…"}',
    advice: 'The Python SDK raises on it, the Node SDK returns it as a contact.',
  },
  'request.valid.refused': {
    severity: 'error',
    title: 'A valid request was refused',
    meaning: 'The request keeps every rule of the contract and the answer is an error.',
    example: 'POST {} is answered 422 although every field is optional.',
    advice: 'Either the contract is missing a rule or the provider is stricter than it says.',
  },
  'request.valid.connector-refused': {
    severity: 'warning',
    title: 'The connected software refused a valid request',
    meaning: 'The request keeps the contract; the error code says that the software behind the provider refused it.',
    example: '400 ERROR_CONNECTOR_CONFIGURATION.',
    advice: 'Look at the connection of this consumer; another consumer may well accept it.',
  },
  'request.invalid.accepted': {
    severity: 'error',
    title: 'An invalid request was accepted',
    meaning: 'The request breaks the named rule and the answer is a success.',
    example: 'An address without street is answered 200.',
    advice: 'Whatever was created from it is not what the sender meant.',
  },
  'request.invalid.coerced': {
    severity: 'warning',
    title: 'A value of the wrong type was converted',
    meaning: 'The value breaks the schema, but is of a kind the provider’s parser is known to convert.',
    example: '"is_company": "yes" is answered 200.',
    advice: 'Laxness, not a breach; --fail-on warning makes it count.',
  },
  'response.error.location': {
    severity: 'error',
    title: 'The error points at the wrong place',
    meaning: 'The request breaks one rule, and no entry of detail[].loc names that place.',
    example: 'gender "M" is refused with loc ["body", "first_name"].',
    advice: 'Users are shown the wrong field; the refusal may have another reason altogether.',
  },
  'response.error.leak': {
    severity: 'error',
    title: 'The error shows its insides',
    meaning: 'An error body carries a stack trace, a file path of the server or an HTML page.',
    example: 'Traceback (most recent call last): File "/app/main.py", line 12',
    advice: 'Report it privately: it helps an attacker.',
  },
  'echo.altered': {
    severity: 'error',
    title: 'A value came back different',
    meaning: 'The field was sent with one value and is answered, or read back, with another.',
    example: 'postal_code "01000" comes back as "1000".',
    advice: 'If the connected software is known to rewrite it, add an echo waiver to the provider profile.',
  },
  'echo.dropped': {
    severity: 'error',
    title: 'A value was lost',
    meaning:
      'The field was sent with a value and comes back null or missing. The schema allows that; the sender does not expect it.',
    example: 'The third address is missing from the answer.',
    advice: 'See the loss table; waive fields that the connected software does not have.',
  },
  'echo.invented': {
    severity: 'error',
    title: 'A value appeared from nowhere',
    meaning: 'The field was sent as null or not at all and comes back with a value.',
    example: 'currency was not sent and comes back as "EUR".',
    advice: 'If it is a known default of the connected software, add an echo waiver.',
  },
  'echo.normalised': {
    severity: 'error',
    title: 'A value was rewritten',
    meaning: 'Only spaces, case, punctuation or composition differ between what was sent and what came back.',
    example: 'vat "BE 0123.456.749" comes back as "BE0123456749".',
    advice: '--echo normalised accepts it.',
  },
  'state.read-back': {
    severity: 'error',
    title: 'A created contact cannot be read',
    meaning: 'The id that the create answered with leads to no contact, past the cache.',
    example: 'POST answers id c-7, GET …/c-7 with x-chift-force-refresh answers 404.',
    advice: 'Nothing can be built on an id that leads nowhere.',
  },
  'state.unstable': {
    severity: 'error',
    title: 'A contact changes by itself',
    meaning: 'Two reads of one contact, with nothing written to it in between, differ.',
    example: 'The id or a field differs between two GETs.',
    advice: 'Compare the two exchanges in the evidence.',
  },
  'state.duplicate-id': {
    severity: 'error',
    title: 'Two contacts share an id',
    meaning: 'Two creates were answered with the same id.',
    example: 'Both answers carry id c-7.',
    advice: 'One of the two contacts is out of reach.',
  },
  'state.list': {
    severity: 'error',
    title: 'The list does not add up',
    meaning:
      'A created contact is missing from the list, pages overlap, the total is wrong, or a page past the end is not an empty page.',
    example: 'page 2 repeats page 1.',
    advice: 'The rule in the finding says which statement failed.',
  },
  'state.filter': {
    severity: 'error',
    title: 'The filter lets the wrong contacts through',
    meaning: 'A list by contact_type holds a contact that says it is of no such type, or lacks one that is.',
    example: 'contact_type=supplier lists a contact with is_supplier false.',
    advice: 'Filter on your side until it is fixed.',
  },
  'state.isolation': {
    severity: 'error',
    title: 'One consumer sees another’s contacts',
    meaning: 'A contact created under one consumer is readable or listed under another.',
    example: 'GET …/consumers/B/…/contacts/c-7 answers the contact of A.',
    advice: 'Report it privately and at once: this is personal data.',
  },
  'state.refused-created': {
    severity: 'error',
    title: 'A refused request created a contact',
    meaning: 'The provider answered an error, and the list holds one contact more than before.',
    example: '422 on a bad gender, and total goes from 7 to 8.',
    advice: 'A client that corrects and repeats makes duplicates.',
  },
  'state.idempotency': {
    severity: 'error',
    title: 'A client request id was taken twice',
    meaning: 'The same x-chift-client-requestid was sent twice and the repeat was not refused with 409.',
    example: 'Both POSTs answer 200, with two ids.',
    advice: 'A retry after a time-out then makes a duplicate.',
  },
  'state.transaction': {
    severity: 'error',
    title: 'The transaction look-up is wrong',
    meaning: 'Looking up the client request id of a create gives another status, another id, or nothing.',
    example: 'created_entity_id is not the id of the answer.',
    advice: 'The look-up is the only way to an id whose answer was lost.',
  },
  'state.inconsistent': {
    severity: 'error',
    title: 'The same request gets different verdicts',
    meaning: 'A request was accepted once and refused once, with nothing changed but its client request id.',
    example: 'The first POST answers 200, the same body again 422.',
    advice: 'Look for a cache, a race or a second instance of another version.',
  },
  'state.unknown-read': {
    severity: 'error',
    title: 'An id that was never given out leads to a contact',
    meaning: 'A read by an id that no create answered with is answered with a success.',
    example: 'GET …/contacts/never-given-out answers 200.',
    advice: 'Whose contact is it? Look for a fallback to the first, the last or a cached record.',
  },
  'auth.accepted': {
    severity: 'error',
    title: 'A request without a good token was served',
    meaning: 'The provider answered with a success although the token was missing, altered, or under another scheme.',
    example: 'GET the list without Authorization answers 200.',
    advice: 'Report it privately and at once.',
  },
  'auth.status': {
    severity: 'error',
    title: 'A bad token is answered with the wrong status',
    meaning: 'A missing or bad token is documented to give 401 (403 where the key may not reach the consumer).',
    example: 'No Authorization header is answered 400.',
    advice: 'Clients renew their token on 401 only.',
  },
  'auth.refused': {
    severity: 'error',
    title: 'A good token was refused',
    meaning:
      'The token is good and the scheme is spelled in another case; schemes compare without case (RFC 9110, section 11.1).',
    example: '"authorization: bearer …" answers 401 while "Bearer …" answers 200.',
    advice: 'The guides print BEARER, the SDKs send Bearer: both must work.',
  },
  'pact.status': {
    severity: 'error',
    title: 'The provider breaks the pact: status',
    meaning: 'A consumer relies on another status for this interaction, and Pact’s own verifier saw the difference.',
    example: 'The pact says 404 for a contact that does not exist, the provider answers 410.',
    advice: 'Agree with the consumer before it is released; can-i-deploy says no until the pact is kept.',
  },
  'pact.header': {
    severity: 'error',
    title: 'The provider breaks the pact: header',
    meaning: 'A consumer relies on a header of the answer that is missing or has another value.',
    example: 'The pact says application/json, the provider answers text/plain.',
    advice: 'Compare the headers in the evidence with the pact file.',
  },
  'pact.body': {
    severity: 'error',
    title: 'The provider breaks the pact: body',
    meaning: 'A place of the answer that a consumer reads does not match what the pact says of it.',
    example: 'total is "7" where the pact says integer.',
    advice: 'The finding names the place; the interaction that needs it stands in the rule.',
  },
  'pact.interaction': {
    severity: 'error',
    title: 'The provider breaks the pact',
    meaning: 'Pact’s own verifier failed the interaction for a reason other than status, header and body.',
    example: 'The answer could not be read at all.',
    advice: 'The reason in Pact’s own words is in the message.',
  },
  'pact.pending': {
    severity: 'info',
    title: 'The provider does not keep a pending interaction',
    meaning: 'The interaction failed, and the pact or the broker says that this must not fail the provider yet.',
    example: 'A new interaction on a feature branch that nobody has verified before.',
    advice: 'It counts once it was verified successfully, or is no longer marked as pending.',
  },
  'client.crash': {
    severity: 'error',
    title: 'The client breaks on an answer',
    meaning:
      'The client under test ended with an error that the language threw, or took its process down. Nobody meant it, so nobody handles it.',
    example: 'addresses is null: TypeError: Cannot read properties of null (reading "map").',
    advice: 'The evidence is the smallest answer that shows it. Guard the field, or throw an error of your own.',
  },
  'client.fragile': {
    severity: 'warning',
    title: 'The client breaks on an answer outside the contract',
    meaning: 'The answer breaks the contract, and the client crashes on it instead of saying so.',
    example: 'source_ref is missing under status 200: TypeError.',
    advice: 'Check answers where they come in; --fail-on warning makes it count.',
  },
  'client.refused-valid': {
    severity: 'error',
    title: 'The client takes a success for a failure',
    meaning: 'The answer keeps the contract and says success, and the client throws. The contact exists all the same.',
    example: 'A model that knows no null in gender rejects the answer of a create.',
    advice: 'Whoever then tries again creates a second contact: widen the model of the client.',
  },
  'client.success-for-failure': {
    severity: 'error',
    title: 'The client takes a failure for a success',
    meaning: 'The answer is a refusal, or none that can be read, and the client returns as if all were well.',
    example: 'A 409 is returned as a contact without id.',
    advice: 'Look at the status before the body, and at the body before you return it.',
  },
  'client.hang': {
    severity: 'error',
    title: 'The client gives no result',
    meaning: 'The client neither returned nor threw in the time it has (--timeout).',
    example: 'It waits for the rest of a body that broke off.',
    advice: 'Give every request a time-out, and every retry an end.',
  },
  'client.resend': {
    severity: 'error',
    title: 'The client sends a create again',
    meaning:
      'A create was sent twice although the first may have worked, and no client request id makes the second one recognisable.',
    example: 'After a 500, or a body that broke off, the same POST comes again.',
    advice: 'Send one client request id with all attempts, and look it up before you repeat.',
  },
  'client.token-leak': {
    severity: 'error',
    title: 'The client sends its token elsewhere',
    meaning: 'A redirect pointed to another host, and the token went there.',
    example: '307 with a location on another origin.',
    advice: 'Follow no redirects with credentials.',
  },
  'client.property': {
    severity: 'error',
    title: 'The client breaks a property of its own team',
    meaning: 'The module of the client exports properties, and one of them returned false or threw after this answer.',
    example: '"never a blank name": the answer has no name, and the client returns "".',
    advice: 'The evidence is the smallest answer that shows it. Correct the client, or what is demanded of it.',
  },
  'client.data-lost': {
    severity: 'error',
    title: 'The client loses a value',
    meaning: 'The client hands a field on in a plain answer, and leaves it out of this one although it is there.',
    example: 'Only the first of two addresses is handed on.',
    advice: 'The evidence is the smallest answer that shows it.',
  },
  'client.data-altered': {
    severity: 'error',
    title: 'The client alters a value',
    meaning: 'The client hands on another value than was answered, or one where nothing was answered.',
    example: 'first_name null is handed on as the text "null".',
    advice: '--echo normalised lets spaces and case pass; --echo off does not compare.',
  },
  'drift.endpoint.breaking': {
    severity: 'error',
    title: 'An endpoint is gone',
    meaning: 'The document does not have an operation that the contract, or the older document, has.',
    example: 'GET /consumers/{consumer_id}/invoicing/contacts is not among the paths.',
    advice: 'Ask what replaces it, and until when it answers. Paths match whatever their parameters are called.',
  },
  'drift.endpoint.review': {
    severity: 'warning',
    title: 'An endpoint is deprecated',
    meaning: 'The operation is marked as deprecated and was not before.',
    example: '"deprecated": true beside the operationId.',
    advice: 'Plan the move before the operation goes.',
  },
  'drift.endpoint.safe': {
    severity: 'info',
    title: 'An endpoint is new',
    meaning: 'The newer document has an operation that the older one does not have.',
    example: 'PATCH /consumers/{consumer_id}/invoicing/contacts/{contact_id}.',
    advice: 'Nothing breaks; add it to the contract when you use it.',
  },
  'drift.request.breaking': {
    severity: 'error',
    title: 'A request that was good is refused now',
    meaning: 'Requests narrowed: a value that the older side takes is refused by the newer one. The witness is one.',
    example: 'A new required field, null no longer taken, an enum value gone, a shorter maxLength.',
    advice: 'Change what you send before the provider does; the body in the evidence shows what fails.',
  },
  'drift.request.review': {
    severity: 'warning',
    title: 'Requests changed in a way that may matter',
    meaning:
      'A field or parameter that is sent may be ignored, a default or the authentication reads differently, or no value proves the change.',
    example: 'An operation asks for a security scheme that the document does not declare.',
    advice: 'Read the two documents at this place; accept it by its fingerprint when it is harmless.',
  },
  'drift.request.safe': {
    severity: 'info',
    title: 'Requests changed without harm',
    meaning: 'Requests widened: everything that was taken is taken still.',
    example: 'A new optional field, null taken where it was not, a longer maxLength.',
    advice: 'Nothing to do; follow it in the contract to use what is new.',
  },
  'drift.response.breaking': {
    severity: 'error',
    title: 'An answer may be one that readers refuse',
    meaning: 'Answers widened: the newer side allows a value that the older one excludes. The witness is one.',
    example: 'A field may be null now, an enum has a new value, a required field became optional.',
    advice: 'Teach readers the new value first; the body in the evidence shows one.',
  },
  'drift.response.review': {
    severity: 'warning',
    title: 'Answers changed in a way that may matter',
    meaning:
      'An optional field is no longer described, an undocumented error status is documented, or no value proves the change.',
    example: 'raw_data is gone from the properties of an open object.',
    advice: 'See whether you read what changed; accept it by its fingerprint when you do not.',
  },
  'drift.response.safe': {
    severity: 'info',
    title: 'Answers changed without harm',
    meaning: 'Answers narrowed: whoever could read them still can.',
    example: 'A new optional field, a field that is always there now, null that no longer occurs.',
    advice: 'Nothing to do; follow it in the contract to rely on what is new.',
  },
} as const satisfies Record<string, CatalogueEntry>;

/** Public name of a kind of finding; `chift-contract explain CODE` says what it means. */
export type FindingCode = keyof typeof catalogue;

export function isFindingCode(code: string): code is FindingCode {
  return Object.hasOwn(catalogue, code);
}

export function severityOf(code: FindingCode): Severity {
  return catalogue[code].severity;
}
