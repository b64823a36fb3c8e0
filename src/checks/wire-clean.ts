import { jsonOf, textOf } from '../exchange/body.js';
import type { WireDefect } from '../exchange/exchange.js';
import { headerValue, isJsonType, mediaType } from '../exchange/headers.js';
import type { JsonFlag } from '../exchange/json.js';
import type { FindingCode } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { type Case, type Check, finding } from './check.js';
import { promisedBody } from './promise.js';

const defectCodes: Readonly<Record<WireDefect['kind'], FindingCode>> = {
  length: 'response.wire.length',
  truncated: 'response.wire.truncated',
  'content-coding': 'response.wire.content-coding',
  'too-large': 'response.wire.too-large',
  protocol: 'response.wire.protocol',
};

const flagCodes: Readonly<Record<JsonFlag['kind'], FindingCode>> = {
  'duplicate-key': 'response.wire.duplicate-key',
  'unsafe-integer': 'response.wire.number',
  overflow: 'response.wire.number',
  'lone-surrogate': 'response.wire.text',
  'replacement-character': 'response.wire.text',
  depth: 'response.wire.invalid-json',
};

/** What `fetch` and `JSON.parse` hide: framing, coding, bytes that are not UTF-8, and JSON that readers disagree on. */
export const wireClean: Check = function* (subject) {
  const { response } = subject;
  for (const { kind, detail } of response.defects)
    yield finding(subject, defectCodes[kind], { part: 'response.body' }, kind, detail);
  if (response.body.state !== 'present') return;
  yield* encoding(subject);
  if (claimsJson(subject)) yield* json(subject);
};

function* encoding(subject: Case): Iterable<Finding> {
  const { body } = subject.response;
  const reading = textOf(body);
  const at = { part: 'response.body' } as const;
  if (reading.byteOrderMark)
    yield finding(
      subject,
      'response.wire.encoding',
      at,
      'no byte-order mark',
      'the body begins with a byte-order mark',
    );
  if (reading.invalidAt !== undefined)
    yield finding(
      subject,
      'response.wire.encoding',
      at,
      'UTF-8',
      `the bytes are not UTF-8 from byte ${reading.invalidAt} on`,
    );
}

function* json(subject: Case): Iterable<Finding> {
  const reading = jsonOf(subject.response.body);
  if (!reading.ok) {
    const rule = 'RFC 8259';
    yield finding(
      subject,
      'response.wire.invalid-json',
      { part: 'response.body' },
      rule,
      `${reading.message}, at byte ${reading.byteOffset}`,
    );
    return;
  }
  const echoed = textOf(subject.exchange.request.body).text;
  // In the place of bytes that are no UTF-8, which were told already, our own reader puts U+FFFD.
  const ours = textOf(subject.response.body).invalidAt !== undefined;
  for (const { kind, pointer, detail } of reading.flags) {
    if (kind === 'replacement-character' && (ours || echoed.includes('\ufffd'))) continue;
    yield finding(subject, flagCodes[kind], { part: 'response.body', pointer }, kind, detail);
  }
}

/** JSON by its own word, or promised as JSON and not claimed to be anything else. */
function claimsJson(subject: Case): boolean {
  const claimed = headerValue(subject.response.headers, 'content-type');
  return claimed === undefined ? promisedBody(subject) !== null : isJsonType(mediaType(claimed).type);
}
