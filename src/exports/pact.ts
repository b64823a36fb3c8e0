import type { Contract } from '../contract/contract.js';
import { type Route, route } from '../contract/route.js';
import { resolved, toWire } from '../contract/wire.js';
import { belongs, isObject } from '../derive/membership.js';
import { minimalOf } from '../derive/minimal.js';
import { type PactMatch, pactMatcherOf } from '../derive/pact-matcher.js';
import { validityOf } from '../derive/validity.js';
import { bodyOf, emptyBody, jsonOf } from '../exchange/body.js';
import type { HttpRequest } from '../exchange/exchange.js';
import type { ResultFinding } from '../run/result.js';
import { oneLine } from './curl.js';
import { type Export, exportEach } from './export.js';
import { requestsOf, type SentAgain } from './sent-again.js';

/**
 * A pact (specification 4) with one interaction a finding: the request as it was sent and the answer that the contract
 * asks for, so that `pact verify` fails while the finding shows and passes when it is mended.
 */
export const pact: Export = (findings, contract) =>
  exportEach(
    findings,
    (finding) => write(finding, contract),
    (interactions) =>
      `${JSON.stringify(
        {
          consumer: { name: 'chift-contract-findings' },
          provider: { name: contract.provider.name },
          interactions: interactions.map((text) => JSON.parse(text) as unknown),
          metadata: { pactSpecification: { version: '4.0' } },
        },
        null,
        2,
      )}\n`,
  );

function write(finding: ResultFinding, contract: Contract): { readonly piece: string } | { readonly why: string } {
  const requests = requestsOf(finding);
  if (typeof requests === 'string') return { why: requests };
  const [sent] = requests;
  if (requests.length > 1 || sent === undefined || finding.code.startsWith('state.'))
    return { why: 'it is about several requests together, and an interaction is one: take replay' };
  if (sent.body !== undefined && !('text' in sent.body)) return { why: 'its body is no text' };
  const found = route(contract, sent.method, sent.path);
  if (found === undefined) return { why: 'it speaks to no endpoint of the contract' };
  const answer = expected(finding, contract, found, sent);
  if (typeof answer === 'string') return { why: answer };
  return { piece: JSON.stringify(interactionOf(finding, sent, answer)) };
}

interface Expected {
  readonly status: number;
  readonly match?: PactMatch;
}

/** A valid request gets the promised success, an invalid one the promised refusal, one without a good token a 401. */
function expected(finding: ResultFinding, contract: Contract, found: Route, sent: SentAgain): Expected | string {
  const { endpoint } = found;
  if (finding.code.startsWith('auth.')) return 'a verifier sends a good token: take replay';
  const request = requestOf(sent);
  const { kind } = validityOf({ contract, ...found, request });
  const promised = Object.keys(endpoint.responses).map(Number);
  const status = promised.find((each) => (kind === 'valid' ? each < 300 : kind === 'invalid' && each === 422));
  if (status === undefined) return 'the contract does not say how such a request is answered';
  const schema = endpoint.responses[status];
  if (kind !== 'valid' || !schema) return { status };
  const wire = toWire(schema, endpoint.id);
  const body = jsonOf(request.body);
  const own = body.ok && isObject(body.value) ? body.value : {};
  const example = { ...(minimalOf(wire) as object), ...documented(wire, own) };
  if (!belongs(wire, example)) return 'what was sent does not stand in an answer';
  return { status, match: pinned(pactMatcherOf(wire, example), finding) };
}

/** What was sent and the answer documents as well; null and empty lists may come back as nothing. */
function documented(wire: ReturnType<typeof toWire>, sent: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shape = resolved(wire);
  if (shape.kind !== 'object') return {};
  return Object.fromEntries(
    Object.entries(sent).filter(
      ([key, value]) =>
        Object.hasOwn(shape.fields, key) && value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** A field that came back otherwise is expected to the letter. */
function pinned(match: PactMatch, { code, at }: ResultFinding): PactMatch {
  if (!code.startsWith('echo.')) return match;
  const field = `$.${at.pointer.split('/')[1]}`;
  const rules = Object.entries(match.rules).filter(([path]) => !`${path}.`.replace('[', '.').startsWith(`${field}.`));
  return { ...match, rules: Object.fromEntries(rules) };
}

function requestOf({ method, path, headers, body }: SentAgain): HttpRequest {
  return { method, url: path, headers, body: body !== undefined && 'text' in body ? bodyOf(body.text) : emptyBody };
}

function interactionOf({ code, message, fingerprint }: ResultFinding, sent: SentAgain, { status, match }: Expected) {
  const [path, query] = sent.path.split('?');
  const type = sent.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const text = sent.body !== undefined && 'text' in sent.body ? sent.body.text : undefined;
  return {
    type: 'Synchronous/HTTP',
    description: oneLine(`${code}: ${message}`),
    pending: false,
    comments: { text: [fingerprint] },
    request: {
      method: sent.method,
      path,
      ...(query === undefined ? {} : { query: valuesOf(query) }),
      headers: {
        ...Object.fromEntries(sent.headers.map(([name, value]) => [name, [value]])),
        ...(sent.scheme === undefined ? {} : { Authorization: [`${sent.scheme} example-token`] }),
      },
      ...(text === undefined ? {} : { body: contentOf(text, type) }),
    },
    response: {
      status,
      ...(match === undefined
        ? {}
        : {
            body: { content: match.content, contentType: 'application/json', encoded: false },
            matchingRules: { body: match.rules },
          }),
    },
  };
}

function valuesOf(query: string): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) values[name] = [...(values[name] ?? []), value];
  return values;
}

/** JSON stands as JSON where that says the same; anything else goes out byte for byte, in base64. */
function contentOf(text: string, type = 'application/octet-stream') {
  const reading = jsonOf(bodyOf(text));
  const plain =
    reading.ok && reading.flags.length === 0 && isObject(reading.value) && /^application\/json\b/i.test(type);
  if (plain) return { content: reading.value, contentType: type, encoded: false };
  return { content: Buffer.from(text).toString('base64'), contentType: type, encoded: 'base64' };
}
