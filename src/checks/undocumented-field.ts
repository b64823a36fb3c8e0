import { resolved, toWire, type Wire } from '../contract/wire.js';
import { jsonOf } from '../exchange/body.js';
import { escapePointer } from '../exchange/json.js';
import { type Check, finding } from './check.js';
import { promisedBody } from './promise.js';

/** Lists what open objects carry beyond the promise: allowed, never to be relied on. */
export const undocumentedField: Check = function* (subject) {
  const schema = promisedBody(subject);
  const { body } = subject.response;
  if (schema === null || body.state !== 'present') return;
  const reading = jsonOf(body);
  if (!reading.ok) return;
  for (const pointer of extras(toWire(schema, subject.endpoint.id), reading.value, ''))
    yield finding(
      subject,
      'response.body.undocumented-field',
      { part: 'response.body', pointer },
      'documented fields',
      `${pointer} is not documented`,
    );
};

function* extras(node: Wire, value: unknown, pointer: string): Iterable<string> {
  const wire = resolved(node);
  if (wire.kind === 'array' && Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* extras(wire.item, item, `${pointer}/${index}`);
  } else if (wire.kind === 'object' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, item] of Object.entries(value)) {
      const field = Object.hasOwn(wire.fields, key) ? wire.fields[key] : undefined;
      const place = `${pointer}/${escapePointer(key)}`;
      if (field) yield* extras(field.wire, item, place);
      else if (wire.rest === 'open') yield place;
    }
  }
}
