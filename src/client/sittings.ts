import { type Contract, endpointById, type StatusPolicy } from '../contract/contract.js';
import type { Endpoint } from '../contract/endpoint.js';
import { toWire, type Wire } from '../contract/wire.js';
import { arbitraryOf, valueAt } from '../derive/arbitrary.js';
import { edgePlan } from '../derive/edges.js';
import { exampleOf } from '../derive/example.js';
import { belongs } from '../derive/membership.js';
import type { Header } from '../exchange/headers.js';
import { brokenAnswers } from '../pact/score.js';
import type { Kind } from '../property/property.js';
import { json, jsonAnswer, type ServedAnswer, type Sitting } from './served-answer.js';

/** Refusals of the model that are served, the most telling first; their bodies matter less than that they are refusals. */
const refusalBodies = 24;
/** Random successes, after all named edges. */
const randomBodies = 100;
/** Longer than any client should need to notice, shorter than any may wait. */
const slowMs = 1_000;

/** The success of an endpoint that a client exists for. */
interface Promised {
  readonly endpoint: Endpoint;
  readonly status: number;
  readonly wire: Wire;
}

/** Everything that is served at an endpoint, in order; the same for the same contract and seed. */
export function sittingsOf(contract: Contract, id: string, seed: number): Sitting[] {
  const endpoint = endpointById(contract, id);
  const success = promisedSuccess(endpoint);
  const all = [
    ...(success === undefined ? [] : successes(success, seed)),
    ...refusals(endpoint),
    ...contract.statuses.flatMap((policy) => policyAnswers(policy, endpoint, success)),
    ...(success === undefined ? [] : [...transport(success), ...broken(success)]),
  ];
  return all;
}

/** The plain answer with every field, which shows what a client hands on; undefined where no success has a body. */
export function plainSitting(contract: Contract, id: string): Sitting | undefined {
  const success = promisedSuccess(endpointById(contract, id));
  if (success === undefined) return undefined;
  return valued(success, 'valid', 'plain', toldApart(success.wire, exampleOf(success.wire, { optional: 'present' })));
}

/** The same value with a number behind every text that may have one, so that each is found again by its value. */
function toldApart(wire: Wire, value: unknown): unknown {
  let whole = value;
  let serial = 0;
  const pointers = textsOf(value);
  for (const tokens of pointers) {
    const marked = changedAt(whole, tokens, (text) => `${text} ${++serial}`);
    if (belongs(wire, marked)) whole = marked;
  }
  return whole;
}

function textsOf(value: unknown, tokens: readonly string[] = []): (readonly string[])[] {
  if (typeof value === 'string') return [tokens];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => textsOf(inside, [...tokens, key]));
}

function changedAt(value: unknown, [token, ...rest]: readonly string[], change: (value: unknown) => unknown): unknown {
  if (token === undefined) return change(value);
  if (Array.isArray(value)) return value.with(Number(token), changedAt(value[Number(token)], rest, change));
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [token]: changedAt(object[token], rest, change) };
}

/** The answer of an endpoint that a client asks on its way: the plain one of its first promised success. */
export function plainAnswer(endpoint: Endpoint): ServedAnswer {
  const success = promisedSuccess(endpoint);
  if (success === undefined) return { status: 404, headers: [], body: '' };
  return jsonAnswer(success.status, exampleOf(success.wire, { optional: 'present' }));
}

function promisedSuccess(endpoint: Endpoint): Promised | undefined {
  const found = Object.entries(endpoint.responses).find(([status, schema]) => Number(status) < 300 && schema !== null);
  if (found === undefined) return undefined;
  const [status, schema] = found;
  return { endpoint, status: Number(status), wire: toWire(schema!, `${endpoint.id} response ${status}`) };
}

function successes(success: Promised, seed: number): Sitting[] {
  const { endpoint, wire } = success;
  const arbitrary = arbitraryOf(wire);
  const edges = edgePlan(wire, { hostile: true }).map(({ body }, at) => valued(success, 'edge', `edge-${at}`, body));
  const random = Array.from({ length: randomBodies }, (_, at) =>
    valued(success, 'valid', `random-${at}`, valueAt(arbitrary, seed, `client/${endpoint.id}`, at)),
  );
  return [...edges, ...random];
}

function valued({ endpoint, status, wire }: Promised, kind: Kind, name: string, value: unknown): Sitting {
  return {
    id: `${endpoint.id}/${status}/${name}`,
    kind,
    endpoint,
    label: `status ${status}`,
    answers: [jsonAnswer(status, value)],
    expects: 'by-status',
    value: { wire, json: value },
  };
}

/** The documented refusals, in every form of their bodies. */
function refusals(endpoint: Endpoint): Sitting[] {
  return Object.entries(endpoint.responses).flatMap(([code, schema]) => {
    const status = Number(code);
    if (status < 300 || schema === null) return [];
    const wire = toWire(schema, `${endpoint.id} response ${status}`);
    return edgePlan(wire, { hostile: true, limit: refusalBodies }).map(({ body }, at) =>
      valued({ endpoint, status, wire }, 'edge', `edge-${at}`, body),
    );
  });
}

const page = '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Something went wrong</h1></body></html>';
const html: Header = ['content-type', 'text/html; charset=utf-8'];

/** Statuses that the published document leaves out: with a JSON body, a page and nothing. */
function policyAnswers(
  { status: named, attribution, body, endpoints, examples }: StatusPolicy,
  endpoint: Endpoint,
  success: Promised | undefined,
): Sitting[] {
  if (endpoints !== undefined && !endpoints.includes(endpoint.id)) return [];
  const status = typeof named === 'number' ? named : Number(named[0]) * 100;
  if (Object.hasOwn(endpoint.responses, status)) return [];
  const waits = status === 429 || status === 503;
  const headers: Header[] = waits ? [['retry-after', '1']] : [];
  const forms: [string, ServedAnswer][] = [
    ...Object.entries(examples ?? { json: errorExample(endpoint, body) }).map(
      ([form, error]): [string, ServedAnswer] => [form, jsonAnswer(status, error, headers)],
    ),
    ['page', { status, headers: [html, ...headers], body: page }],
    ['empty', { status, headers, body: '' }],
  ];
  return forms.map(([form, answer]) => ({
    id: `${endpoint.id}/${status}/${form}`,
    kind: attribution === 'auth' ? 'auth' : attribution === 'contract' && status < 500 ? 'stateful' : 'transport',
    endpoint,
    label: `status ${status}`,
    answers: waits && success !== undefined ? [answer, plainAnswer(endpoint)] : [answer],
    expects: 'by-status',
  }));
}

/** An error in the form the policy documents, else in the one of the endpoint's own refusals. */
function errorExample(endpoint: Endpoint, documented: StatusPolicy['body']): unknown {
  const schema =
    documented ?? Object.entries(endpoint.responses).find(([status, body]) => Number(status) >= 400 && body)?.[1];
  return schema ? exampleOf(toWire(schema, `${endpoint.id} error`), { optional: 'present' }) : { message: 'error' };
}

/** The plain success, told in unusual ways or not to its end. */
function transport(success: Promised): Sitting[] {
  const { endpoint, status, wire } = success;
  const value = exampleOf(wire, { optional: 'present' });
  const plain = jsonAnswer(status, value);
  const sitting = (name: string, label: string, expects: Sitting['expects'], answer: ServedAnswer): Sitting => ({
    id: `${endpoint.id}/${status}/${name}`,
    kind: 'transport',
    endpoint,
    label,
    answers: [answer],
    expects,
  });
  const { body } = plain;
  return [
    sitting('slow', 'a slow answer', 'by-status', { ...plain, delayMs: slowMs }),
    sitting('reversed', 'keys in reverse order', 'by-status', jsonAnswer(status, reversed(value))),
    sitting('spaced', 'JSON with white space', 'by-status', {
      ...plain,
      body: `\n ${JSON.stringify(value, null, 4)}\r\n\t`,
    }),
    sitting('escaped', 'JSON with escapes', 'by-status', { ...plain, body: escaped(body) }),
    sitting('charset', 'a content type with charset', 'by-status', {
      ...plain,
      headers: [['Content-Type', 'application/json;charset=UTF-8']],
    }),
    sitting('cut', 'a body that breaks off', 'refusal', { ...plain, fault: 'cut' }),
    sitting('reset', 'no answer at all', 'refusal', { ...plain, fault: 'reset' }),
    sitting('redirect', 'a redirect to another host', 'either', { status: 307, headers: [], body: '', redirect: true }),
    sitting('gateway', 'status 502', 'by-status', { status: 502, headers: [html], body: page }),
  ].filter(({ id }, at, all) => all.findIndex((other) => other.id === id) === at);
}

/** Successes that break the contract. */
function broken(success: Promised): Sitting[] {
  const { endpoint, status, wire } = success;
  const sitting = (name: string, label: string, expects: Sitting['expects'], answer: ServedAnswer): Sitting => ({
    id: `${endpoint.id}/${status}/${name}`,
    kind: 'invalid',
    endpoint,
    label,
    answers: [answer],
    expects,
  });
  const example = exampleOf(wire, { optional: 'present' });
  const inValue = brokenAnswers(wire, example).map(({ pointer, defect, body }) => {
    const whole = pointer === '';
    const where = whole ? 'as the whole answer' : `at ${pointer}`;
    return sitting(`${defect}${pointer}`, `${defect} ${where}`, whole ? 'refusal' : 'either', jsonAnswer(status, body));
  });
  return [
    sitting('page', 'a page under a success status', 'refusal', { status, headers: [html], body: page }),
    sitting(
      'error',
      'an error body under a success status',
      'refusal',
      jsonAnswer(status, errorExample(endpoint, null)),
    ),
    sitting('no-body', 'a success without a body', 'refusal', { status, headers: [json], body: '' }),
    sitting('half', 'half a JSON document', 'refusal', {
      status,
      headers: [json],
      body: JSON.stringify(example).slice(0, -20),
    }),
    ...inValue,
  ];
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inside]) => [key, reversed(inside)]),
  );
}

/** The same document with every letter outside ASCII, and every slash, written as an escape. */
function escaped(text: string): string {
  return text
    .replaceAll('/', '\\/')
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
