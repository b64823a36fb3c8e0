import { type Breach, validityOf } from '../derive/validity.js';
import { jsonOf } from '../exchange/body.js';
import { unescapePointer } from '../exchange/json.js';
import { type Check, finding } from './check.js';

/**
 * A 422 with a list of details names what is wrong with the request. A refusal that points elsewhere was made for
 * another reason, and a client shows its user the wrong field. The object form of the 422 names no place.
 */
export const errorNamesPlace: Check = function* (subject) {
  if (subject.response.status !== 422 || subject.response.body.state !== 'present') return;
  const validity = validityOf({ ...subject, request: subject.exchange.request });
  const reading = jsonOf(subject.response.body);
  if (validity.kind !== 'invalid' || !reading.ok) return;
  const named = locationsOf(reading.value);
  if (named === undefined) return;
  const missed = validity.breaches.filter((breach) => !named.some((location) => names(location, breach)));
  if (missed.length < validity.breaches.length) return;
  const [breach] = validity.breaches;
  const told = named.map((location) => location.join('.')).join('; ') || 'nothing';
  const at = { part: breach!.part === 'body' ? 'request.body' : 'request', pointer: breach!.pointer } as const;
  yield finding(
    subject,
    'response.error.location',
    at,
    'loc names the broken place',
    `${breach!.message}, but the error points at ${told}`,
  );
};

type Location = readonly (string | number)[];

/** `detail[].loc` of the list form; undefined for the object form. */
function locationsOf(body: unknown): Location[] | undefined {
  const detail = (body as { detail?: unknown } | null)?.detail;
  if (!Array.isArray(detail)) return undefined;
  return detail.map((entry: unknown) => {
    const loc = (entry as { loc?: unknown } | null)?.loc;
    return Array.isArray(loc) ? (loc as Location) : [];
  });
}

/** The location is the broken place, or holds it, or (JSON errors carry an offset) lies in a body that cannot be read. */
function names(location: Location, breach: Breach): boolean {
  const [root, ...rest] = location.map(String);
  if (breach.part === 'content-type') return root === 'body' || root === 'header';
  if (root !== breach.part) return false;
  const steps = breach.pointer.split('/').slice(1).map(unescapePointer);
  return steps.every((step, at) => rest[at] === step);
}
