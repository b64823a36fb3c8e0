import type { Contract } from '../contract/contract.js';
import { isObject } from '../derive/membership.js';
import { isPlain } from '../derive/plain-value.js';
import { hasValidParameters } from '../derive/validity.js';
import { type Body, plainJsonOf } from '../exchange/body.js';
import { isKept } from '../exchange/difference.js';
import type { Exchange } from '../exchange/exchange.js';
import { type Header, isJsonType, mediaType } from '../exchange/headers.js';
import { type Skim, SkimmedExchange } from '../exchange/skimmed.js';
import type { Case } from './check.js';
import { type EchoMode, echoedFields } from './echo-faithful.js';

type Fields = Readonly<Record<string, unknown>>;

/** A look at a case that saves asking some of the checks. */
export interface Glance {
  /** Names of the checks it answers for; a check that is not among them is always asked. */
  readonly answersFor: readonly string[];
  /** Whether none of these has anything to say, not even by the way; false where that takes a closer look. */
  settles(subject: Case): boolean;
}

const answersFor = [
  'no-server-error',
  'status-documented',
  'wire-clean',
  'content-type',
  'body-matches-schema',
  'success-without-error',
  'valid-request-accepted',
  'invalid-request-refused',
  'error-names-place',
  'error-keeps-quiet',
  'undocumented-field',
  'echo-faithful',
  'read-back-faithful',
];

/**
 * The ordinary success, which is most of a recording, seen in one pass: a request in order, answered as promised with
 * documented fields only, in which everything that was sent comes back. What `skim` has seen so is not looked at again.
 */
export function plainlyConforms(contract: Contract, echo: EchoMode, skim?: Skim): Glance {
  const { create, readOne } = contract.provider.resource;
  const fields = echoedFields(contract);
  const settles = (subject: Case): boolean => {
    const { endpoint, exchange, response } = subject;
    if (skim !== undefined && exchange instanceof SkimmedExchange && exchange.isSeenBy(skim)) return true;
    const { status, body: answer } = response;
    const promised = endpoint.responses[status];
    if (!promised || status < 200 || status > 299 || response.defects.length > 0) return false;
    const came = plainObject(response.headers, answer);
    if (came === undefined || !isPlain(promised, came) || saysError(came) || !hasValidParameters(subject)) return false;
    if (endpoint.id === readOne && !isAsCreated(exchange.before.at(-1), came, [...fields, 'source_ref'])) return false;
    const asked = endpoint.request.body;
    if (asked === undefined) return endpoint.id !== create;
    const sent = plainObject(exchange.request.headers, exchange.request.body);
    if (sent === undefined || !isPlain(asked, sent)) return false;
    return endpoint.id !== create || echo === 'off' || repeats(fields, sent, came);
  };
  return { answersFor, settles };
}

/** A read on its own, or after a create that failed, or one that repeats all of the answer to the create before it. */
function isAsCreated(created: Exchange | undefined, came: Fields, fields: readonly string[]): boolean {
  if (created?.outcome.kind !== 'answered' || created.outcome.status !== 200) return true;
  const first = plainObject(created.outcome.headers, created.outcome.body);
  return (
    first !== undefined &&
    fields.every((field) => !Object.hasOwn(first, field) || isKept(first[field], own(came, field)))
  );
}

/** Both are plain: what they hold, they hold themselves. */
function repeats(fields: readonly string[], sent: Fields, came: Fields): boolean {
  return fields.every((field) => isKept(sent[field], came[field]));
}

/** The object that a body is, by its header and its bytes, with nothing odd about either. */
function plainObject(headers: readonly Header[], body: Body): Fields | undefined {
  if (!saysJson(headers)) return undefined;
  const value = plainJsonOf(body);
  return isObject(value) ? value : undefined;
}

const own = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);

/** One content type, JSON in UTF-8; or no headers at all, where the recorder kept none. */
export function saysJson(headers: readonly Header[]): boolean {
  let claimed: string | undefined;
  for (const [name, value] of headers) {
    if (name.length !== 12 || name.toLowerCase() !== 'content-type') continue;
    if (claimed !== undefined) return false;
    claimed = value;
  }
  return claimed === undefined ? headers.length === 0 : isPlainType(claimed);
}

const types = new Map<string, boolean>();

function isPlainType(value: string): boolean {
  let plain = types.get(value);
  if (plain === undefined) {
    const { type, charset = 'utf-8' } = mediaType(value);
    plain = !value.includes(',') && isJsonType(type) && charset === 'utf-8';
    if (types.size < 100) types.set(value, plain);
  }
  return plain;
}

/** Names by which a body says that something went wrong: under a success that is somebody else's to judge. */
export const errorNames: readonly string[] = ['status', 'error_code'];

const saysError = (body: Fields): boolean => errorNames.some((name) => name in body);
