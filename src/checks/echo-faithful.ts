import type { Contract } from '../contract/contract.js';
import { resolved, toWire, type Wire, type WireField } from '../contract/wire.js';
import { isObject } from '../derive/membership.js';
import { validityOf } from '../derive/validity.js';
import { jsonOf } from '../exchange/body.js';
import { type Difference, differences } from '../exchange/difference.js';
import type { FindingCode } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { type Case, type Check, finding } from './check.js';

export type EchoMode = 'strict' | 'normalised' | 'off';

const codes: Readonly<Record<Difference['loss'], FindingCode>> = {
  altered: 'echo.altered',
  dropped: 'echo.dropped',
  invented: 'echo.invented',
  normalised: 'echo.normalised',
};

/** What was sent comes back: in the answer to the create, field by field, for every field both sides document. */
export function echoFaithful(mode: EchoMode): Check {
  return function* (subject) {
    if (mode === 'off' || subject.endpoint.id !== subject.contract.provider.resource.create) return;
    const sent = sentBody(subject);
    const came = answerObject(subject);
    if (sent === undefined || came === undefined) return;
    const found = echoedBy(subject.contract).flatMap(({ field, asked, answered }) =>
      differences(documented(asked, sent[field]), documented(answered, came[field]), `/${field}`),
    );
    yield* findings(subject, mode, found, 'the answer repeats what was sent');
  };
}

/** A contact read, or listed, later is the contact that the create answered with. */
export function readBackFaithful(mode: EchoMode): Check {
  return function* (subject) {
    if (subject.endpoint.id !== subject.contract.provider.resource.readOne) return;
    const created = subject.exchange.before.at(-1);
    const came = answerObject(subject);
    if (created?.outcome.kind !== 'answered' || created.outcome.status !== 200 || came === undefined) return;
    const answered = jsonOf(created.outcome.body);
    if (!answered.ok || !isObject(answered.value) || answered.value['id'] !== came['id']) return;
    const first = answered.value;
    const echoed = [...echoedFields(subject.contract), 'source_ref'];
    const fields = Object.keys(first).filter((field) => echoed.includes(field));
    const found = fields.flatMap((field) => differences(first[field], came[field], `/${field}`));
    yield* findings(subject, mode, found, 'a read repeats the answer to the create');
  };
}

function* findings(subject: Case, mode: EchoMode, found: readonly Difference[], rule: string): Iterable<Finding> {
  const waived = subject.contract.provider.echoWaivers;
  for (const { pointer, loss, sent, came } of found) {
    if (loss === 'normalised' && mode === 'normalised') continue;
    if (waived.some((waiver) => pointer === waiver || pointer.startsWith(`${waiver}/`))) continue;
    const message = `${pointer} ${sentence[loss]}: ${quote(sent)} became ${quote(came)}`;
    yield finding(subject, codes[loss], { part: 'response.body', pointer }, rule, message);
  }
}

const sentence = {
  altered: 'was altered',
  dropped: 'was dropped',
  invented: 'was invented',
  normalised: 'was rewritten',
} as const;

function quote(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}… (${text.length} characters)` : text;
}

/** The body of a request that was in order; what a provider makes of a broken one is another oracle's matter. */
function sentBody(subject: Case): Record<string, unknown> | undefined {
  const { request } = subject.exchange;
  if (validityOf({ ...subject, request }).kind !== 'valid') return undefined;
  const reading = jsonOf(request.body);
  return reading.ok && isObject(reading.value) ? reading.value : undefined;
}

function answerObject(subject: Case): Record<string, unknown> | undefined {
  const { status, body } = subject.response;
  if (status < 200 || status > 299 || body.state !== 'present') return undefined;
  const reading = jsonOf(body);
  return reading.ok && isObject(reading.value) ? reading.value : undefined;
}

/** A field of the resource that both sides of a create document, as each side does. */
interface Echoed {
  readonly field: string;
  readonly asked: Wire;
  readonly answered: Wire;
}

/** Names of the fields that both sides of a create document. */
export function echoedFields(contract: Contract): readonly string[] {
  return echoedBy(contract).map(({ field }) => field);
}

const known = new WeakMap<Contract, readonly Echoed[]>();

function echoedBy(contract: Contract): readonly Echoed[] {
  let echoed = known.get(contract);
  if (echoed === undefined) {
    echoed = readEchoed(contract);
    known.set(contract, echoed);
  }
  return echoed;
}

function readEchoed({ endpoints, provider }: Contract): readonly Echoed[] {
  const create = endpoints.find(({ id }) => id === provider.resource.create);
  const promised = create?.responses[200];
  if (!create?.request.body || !promised) return [];
  const answered = fieldsOf(toWire(promised, create.id));
  return Object.entries(fieldsOf(toWire(create.request.body, create.id)))
    .filter(([field]) => Object.hasOwn(answered, field))
    .map(([field, { wire }]) => ({ field, asked: wire, answered: answered[field]!.wire }));
}

function fieldsOf(node: Wire): Readonly<Record<string, WireField>> {
  const wire = resolved(node);
  return wire.kind === 'object' ? wire.fields : {};
}

/** A value without the keys that nobody documented: whether those are kept is nobody's promise. */
function documented(node: Wire, value: unknown): unknown {
  const wire = resolved(node);
  if (wire.kind === 'array' && Array.isArray(value)) return value.map((item) => documented(wire.item, item));
  if (wire.kind !== 'object' || !isObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(value))
    if (Object.hasOwn(wire.fields, key)) kept[key] = documented(wire.fields[key]!.wire, value[key]);
  return kept;
}
