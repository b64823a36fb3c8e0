import type { ZodType } from 'zod';
import type { Contract } from '../contract/contract.js';
import type { Endpoint } from '../contract/endpoint.js';
import { jsonOf, textOf } from '../exchange/body.js';
import type { HttpRequest } from '../exchange/exchange.js';
import { headerValue, isJsonType, mediaType } from '../exchange/headers.js';
import { atPointer, type JsonFlag } from '../exchange/json.js';
import { isPlain } from './plain-value.js';
import { validatorOf } from './validator.js';

/** One rule that a request breaks. */
export interface Breach {
  readonly part: 'path' | 'query' | 'body' | 'content-type';
  /** JSON pointer into the body; `/name` for a parameter. */
  readonly pointer: string;
  readonly rule: string;
  readonly message: string;
  /** The provider's parser is known to convert the value. */
  readonly coercible: boolean;
}

/** Whether a request keeps the contract, read off the request alone: live, recorded and replayed alike. */
export type Validity =
  | { readonly kind: 'valid' }
  | { readonly kind: 'invalid'; readonly breaches: readonly Breach[] }
  /** The recording lacks what would decide it, or readers disagree on what was sent. */
  | { readonly kind: 'unknown'; readonly why: string };

export interface RequestInContext {
  readonly contract: Contract;
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly request: HttpRequest;
}

const verdicts = new WeakMap<HttpRequest, Validity>();

export function validityOf(context: RequestInContext): Validity {
  let validity = verdicts.get(context.request);
  if (validity === undefined) {
    validity = decide(context);
    verdicts.set(context.request, validity);
  }
  return validity;
}

function decide(context: RequestInContext): Validity {
  const parameters = parametersOf(context);
  const body = bodyValidity(context);
  if (body.kind === 'unknown') return parameters.length > 0 ? { kind: 'invalid', breaches: parameters } : body;
  const breaches = [...parameters, ...(body.kind === 'invalid' ? body.breaches : [])];
  return breaches.length > 0 ? { kind: 'invalid', breaches } : { kind: 'valid' };
}

const inOrder = new WeakMap<RequestInContext['params'], boolean>();

/** Whether path and query keep their schemas; asked once for a route that many requests take. */
export function hasValidParameters(context: Pick<RequestInContext, 'endpoint' | 'params' | 'query'>): boolean {
  let valid = inOrder.get(context.params);
  if (valid === undefined) {
    valid = parametersOf(context).length === 0;
    inOrder.set(context.params, valid);
  }
  return valid;
}

function parametersOf({ endpoint, params, query }: Pick<RequestInContext, 'endpoint' | 'params' | 'query'>): Breach[] {
  return [
    ...parameterBreaches('path', endpoint.request.params ?? {}, params),
    ...parameterBreaches('query', endpoint.request.query ?? {}, query),
  ];
}

function parameterBreaches(
  part: 'path' | 'query',
  schemas: Readonly<Record<string, ZodType>>,
  values: Readonly<Record<string, string>>,
): Breach[] {
  return Object.entries(schemas).flatMap(([name, schema]) => {
    const text = values[name];
    if (text === undefined) return [];
    return [text, numberOf(text)].some((value) => isPlain(schema, value) || validatorOf(schema).accepts(value))
      ? []
      : [
          {
            part,
            pointer: `/${name}`,
            rule: `${part} ${name}`,
            message: `the ${part} parameter ${name} breaks its schema`,
            coercible: false,
          },
        ];
  });
}

/** Query values are text; the schema speaks of what they mean. */
function numberOf(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function bodyValidity({ contract, endpoint, request }: RequestInContext): Validity {
  const schema = endpoint.request.body;
  if (schema === undefined) return { kind: 'valid' };
  const { body } = request;
  if (body.state === 'absent') return { kind: 'unknown', why: 'the request body was not recorded' };
  if (body.state === 'truncated' || body.state === 'undecodable')
    return { kind: 'unknown', why: `the request body is ${body.state}` };
  const type = contentTypeBreach(request);
  if (body.state === 'empty') return invalid([broken('body', '', 'body required', 'the request has no body')]);
  if (textOf(body).invalidAt !== undefined) return { kind: 'unknown', why: 'the request body is not UTF-8' };
  const reading = jsonOf(body);
  if (!reading.ok) return invalid([...type, broken('body', '', 'JSON', `the body is not JSON: ${reading.message}`)]);
  if (reading.flags.some(isAmbiguous))
    return { kind: 'unknown', why: 'readers disagree on what the request body says' };
  const violations = validatorOf(schema).violations(reading.value);
  const breaches = violations
    .filter(({ pointer }) => !isRedacted(atPointer(reading.value, pointer)))
    .map(({ pointer, rule, message, expected }) => ({
      ...broken('body', pointer, rule, message),
      coercible: contract.provider.coercible(expected, atPointer(reading.value, pointer)),
    }));
  if (type.length + breaches.length > 0) return invalid([...type, ...breaches]);
  return violations.length > 0 ? { kind: 'unknown', why: 'the request body was redacted' } : { kind: 'valid' };
}

/** What a recording of ours shows in the place of a secret says nothing of what was sent. */
function isRedacted(value: unknown): boolean {
  return typeof value === 'string' && value.includes('[redacted]');
}

function isAmbiguous(flag: JsonFlag): boolean {
  return flag.kind !== 'replacement-character';
}

/** JSON under no content type is read by many servers; under another type it is not JSON by the sender's own word. */
function contentTypeBreach(request: HttpRequest): Breach[] {
  const claimed = headerValue(request.headers, 'content-type');
  if (claimed !== undefined && isJsonType(mediaType(claimed).type)) return [];
  if (request.headers.length === 0) return [];
  const message =
    claimed === undefined ? 'the body has no content type' : `the content type is ${mediaType(claimed).type}`;
  return [
    {
      part: 'content-type',
      pointer: '',
      rule: 'content type application/json',
      message,
      coercible: claimed === undefined,
    },
  ];
}

function broken(part: Breach['part'], pointer: string, rule: string, message: string): Breach {
  return { part, pointer, rule, message, coercible: false };
}

function invalid(breaches: readonly Breach[]): Validity {
  return { kind: 'invalid', breaches };
}
