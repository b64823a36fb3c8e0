import { type Violation, validatorOf } from '../derive/validator.js';
import { jsonOf } from '../exchange/body.js';
import type { FindingCode } from '../finding/catalogue.js';
import { type Check, finding } from './check.js';
import { promisedBody } from './promise.js';

const codes: Readonly<Record<Violation['kind'], FindingCode>> = {
  required: 'response.body.required',
  null: 'response.body.null',
  type: 'response.body.type',
  enum: 'response.body.enum',
  format: 'response.body.format',
  other: 'response.body.schema',
};

/** The body keeps the schema of its status, judged by ajv and zod both; what is no JSON has a finding of its own. */
export const bodyMatchesSchema: Check = function* (subject) {
  const schema = promisedBody(subject);
  const { body, status } = subject.response;
  if (schema === null) return;
  if (body.state === 'empty') {
    yield finding(
      subject,
      'response.body.missing',
      { part: 'response.body' },
      `body of ${status}`,
      `status ${status} promises a body and there is none`,
    );
    return;
  }
  if (body.state !== 'present') return;
  const reading = jsonOf(body);
  if (!reading.ok) return;
  for (const { pointer, kind, rule, message } of validatorOf(schema).violations(reading.value))
    yield finding(subject, codes[kind], { part: 'response.body', pointer }, rule, message);
};
