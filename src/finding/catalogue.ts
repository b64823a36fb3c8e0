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
} as const satisfies Record<string, CatalogueEntry>;

export type FindingCode = keyof typeof catalogue;

export function isFindingCode(code: string): code is FindingCode {
  return Object.hasOwn(catalogue, code);
}

export function severityOf(code: FindingCode): Severity {
  return catalogue[code].severity;
}
