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
  const found: string[] = [];
  collect(toWire(schema, subject.endpoint.id), reading.value, () => '', found);
  for (const pointer of found)
    yield finding(
      subject,
      'response.body.undocumented-field',
      { part: 'response.body', pointer },
      'documented fields',
      `${pointer} is not documented`,
    );
};

/** Places are spelled out only where something is found. */
function collect(node: Wire, value: unknown, place: () => string, found: string[]): void {
  if (typeof value !== 'object' || value === null) return;
  const wire = resolved(node);
  if (wire.kind === 'array' && Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(wire.item, item, () => `${place()}/${index}`, found);
  } else if (wire.kind === 'object' && !Array.isArray(value)) {
    for (const key of Object.keys(value)) {
      const field = Object.hasOwn(wire.fields, key) ? wire.fields[key] : undefined;
      const at = () => `${place()}/${escapePointer(key)}`;
      if (field) collect(field.wire, (value as Record<string, unknown>)[key], at, found);
      else if (wire.rest === 'open') found.push(at());
    }
  }
}
