import { toWire, type Wire } from '../contract/wire.js';
import { isObject } from '../derive/membership.js';
import { HarnessError } from '../errors.js';
import { type Field, fieldOf, fieldsOf, itemOf, namesOf } from './field.js';
import type { PactInteraction } from './interaction.js';

/**
 * The same interactions, pinning of a successful answer only the fields that a team reads, and what the model
 * promises always. A field that no answer has is a usage error.
 */
export function usingOnly(interactions: readonly PactInteraction[], uses: readonly string[]): PactInteraction[] {
  const fields = uses.map(fieldOf);
  const found = new Set<Field>();
  const known = new Set<string>();
  const narrowed = interactions.map((interaction): PactInteraction => {
    const { endpoint, response } = interaction;
    const schema = endpoint.responses[response.status];
    if (!schema || response.status >= 300 || response.body === undefined) return interaction;
    const wire = toWire(schema, `${endpoint.id} response ${response.status}`);
    const body = narrow({ wire, fields, found, known }, response.body, response.resource ?? '');
    return { ...interaction, response: { ...response, body } };
  });
  const stranger = fields.find((field) => !found.has(field));
  if (stranger !== undefined)
    throw new HarnessError('usage', `--uses: no answer has the field ${JSON.stringify(stranger.join('.'))}`, {
      hint: hintFor(stranger.join('.'), [...known].sort()),
    });
  return narrowed;
}

interface Narrowing {
  readonly wire: Wire;
  readonly fields: readonly Field[];
  readonly found: Set<Field>;
  readonly known: Set<string>;
}

/** `resource` names the list in which an answer holds the things whose fields are meant; the rest is kept. */
function narrow(narrowing: Narrowing, body: unknown, resource: string): unknown {
  const { wire, fields, found, known } = narrowing;
  if (resource !== '') {
    const inside = fieldsOf(wire)[resource];
    if (!isObject(body) || inside === undefined) return body;
    return { ...body, [resource]: narrow({ ...narrowing, wire: inside.wire }, body[resource], '') };
  }
  for (const name of namesOf(wire)) known.add(name);
  for (const field of fields) if (leadsInto(wire, field)) found.add(field);
  return pruned(wire, body, fields);
}

function pruned(wire: Wire, value: unknown, fields: readonly Field[]): unknown {
  if (fields.some((field) => field.length === 0)) return value;
  if (Array.isArray(value)) return value.map((item) => pruned(itemOf(wire), item, fields));
  if (!isObject(value)) return value;
  const model = fieldsOf(wire);
  const kept = Object.entries(value).flatMap(([key, inside]): [string, unknown][] => {
    const field = model[key];
    const meant = fields.filter(([first]) => first === key).map(([, ...rest]) => rest);
    if (field === undefined || (field.optional && meant.length === 0)) return [];
    return [[key, pruned(field.wire, inside, meant)]];
  });
  return Object.fromEntries(kept);
}

function leadsInto(wire: Wire, [first, ...rest]: Field): boolean {
  if (first === undefined) return true;
  const field = fieldsOf(wire)[first];
  return field !== undefined && leadsInto(field.wire, rest);
}

function hintFor(name: string, known: readonly string[]): string {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  const last = letters(name.split('.').at(-1)!);
  const near = known.filter((each) => {
    const own = letters(each.split('.').at(-1)!);
    return own.length > 1 && (own === last || (last.length > 2 && (own.includes(last) || last.includes(own))));
  });
  return near.length > 0 ? `Did you mean ${near.slice(0, 5).join(', ')}?` : `Known are ${known.join(', ')}.`;
}
