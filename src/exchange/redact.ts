import { type Body, textOf } from './body.js';
import type { Answered, Exchange, HttpRequest, Origin } from './exchange.js';
import type { Header } from './headers.js';
import type { PublicBody, PublicExchange, PublicRequest, PublicResponse } from './public-exchange.js';
import { secretBytesPattern, secretPattern } from './secret-pattern.js';
import { hideShapes, hideTokenAnswer, isSecretHeader } from './secret-shapes.js';
import { shorten } from './shorten.js';

/** The one way from an exchange to anything that is written or shown. */
export interface Redactor {
  /** For messages, paths, errors: any text that may quote what was sent or answered. */
  text(value: string): string;
  /** Personal data in bodies stays, because it is the evidence: a report is as confidential as the traffic. */
  exchange(exchange: Exchange): PublicExchange;
}

const redacted = '[redacted]';
/** Too short to hold a secret of four characters or more. */
const bare = '***';

/** Hides the given values in every spelling, and by name and shape what looks like a credential anyhow. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const hiding = hidingOf(secrets);
  const { text } = hiding;
  return {
    text,
    exchange: ({ id, origin, request, outcome }) =>
      ({
        id: text(id),
        place: text(placeOf(origin)),
        request: publicRequest(request, hiding),
        response: outcome.kind === 'answered' ? publicResponse(outcome, request.url, hiding) : null,
        unanswered: outcome.kind === 'unanswered' ? { reason: outcome.reason, detail: text(outcome.detail) } : null,
      }) as PublicExchange,
  };
}

interface Hiding {
  /** What stands in the place of a secret. */
  readonly mask: string;
  readonly text: Hide;
  /** For bytes read as Latin-1. */
  readonly bytes: Hide;
  /** Characters that the longest spelling of the longest secret can take. */
  readonly margin: number;
}

function hidingOf(secrets: readonly string[]): Hiding {
  const longestFirst = [...new Set(secrets)].sort((a, b) => b.length - a.length);
  const hide = hider(longestFirst, secretPattern);
  const mask = hide(redacted);
  return {
    mask,
    text: (value) => hide(hideShapes(hide(value), mask)),
    bytes: hider(longestFirst, secretBytesPattern),
    margin: 4096 + 12 * (longestFirst[0]?.length ?? 0),
  };
}

function publicRequest({ method, url, headers, body }: HttpRequest, hiding: Hiding): PublicRequest {
  return {
    method: hiding.text(method),
    url: hiding.text(url),
    headers: publicHeaders(headers, hiding),
    body: publicBody(body, isTokenUrl(url), hiding),
  } as PublicRequest;
}

function publicResponse(outcome: Answered, url: string, hiding: Hiding): PublicResponse {
  return {
    status: outcome.status,
    headers: publicHeaders(outcome.headers, hiding),
    body: publicBody(outcome.body, isTokenUrl(url), hiding),
    durationMs: outcome.durationMs ?? null,
    defects: outcome.defects.map(({ kind, detail }) => ({ kind, detail: hiding.text(detail) })),
  } as PublicResponse;
}

function publicHeaders(headers: readonly Header[], { text, mask }: Hiding): [string, string][] {
  return headers.map(([name, value]) => [text(name), text(hideHeader(name, value, mask))]);
}

function publicBody(body: Body, isToken: boolean, hiding: Hiding): PublicBody {
  const { state, bytes } = body;
  const size = bytes.length;
  if (size === 0) return { state, text: null, base64: null, size, omitted: 0 };
  const { text, invalidAt, byteOrderMark } = textOf(body);
  if (invalidAt !== undefined || byteOrderMark)
    return { state, text: null, size, ...publicBytes(body, isToken, hiding) };
  const { kept, omitted } = isToken
    ? { kept: hiding.text(hideTokenAnswer(text, hiding.mask)), omitted: 0 }
    : shorten(text, hiding.text, hiding.margin);
  return { state, text: kept, base64: null, size, omitted };
}

function publicBytes(body: Body, isToken: boolean, hiding: Hiding): Pick<PublicBody, 'base64' | 'omitted'> {
  const shown = isToken ? 0 : isPacked(body) ? packedStart : body.bytes.length;
  const { kept, omitted } = shorten(
    Buffer.from(body.bytes.subarray(0, shown)).toString('latin1'),
    hiding.bytes,
    hiding.margin,
  );
  const base64 = Buffer.from(kept, 'latin1').toString('base64');
  return { base64, omitted: omitted + Math.max(0, body.bytes.length - shown) };
}

/** `property:case` for what was sent, `file:line` or `file#entry` for what was recorded. */
function placeOf(origin: Origin): string {
  if (origin.kind === 'live') return `${origin.property}:${origin.path}`;
  return origin.line === undefined ? `${origin.file}#${origin.index}` : `${origin.file}:${origin.line}`;
}

type Hide = (value: string) => string;

/**
 * What is put in place may join with its neighbours to a secret once more, so it is repeated until nothing is found.
 * The pattern of a token takes long to compile and is made when a text is first seen that could hold a secret: no
 * spelling is shorter than the secret itself, and without secrets no text is long enough.
 */
function hider(secrets: readonly string[], patternOf: (secret: string) => string | undefined): Hide {
  const all = secrets.filter((secret) => secret !== '');
  const shortest = Math.min(...all.map(({ length }) => length));
  let pattern: RegExp | undefined;
  let mask = redacted;
  const compile = (): RegExp => {
    const made = new RegExp(all.map(patternOf).join('|'), 'g');
    if (redacted.search(made) >= 0) mask = bare;
    return made;
  };
  return (value) => {
    if (value.length < shortest) return value;
    pattern ??= compile();
    let clean = value;
    for (let pass = 0; pass < 8; pass++) {
      const next = clean.replace(pattern, mask);
      if (next === clean) return clean;
      clean = next;
    }
    return bare;
  };
}

const scheme = /^(bearer|basic|digest|token|apikey|negotiate)(?=\s)/i;

/** The scheme of a credential is evidence, what follows it is not. */
function hideHeader(name: string, value: string, mask: string): string {
  if (!isSecretHeader(name) || value === '') return value;
  const known = scheme.exec(value)?.[0];
  return known === undefined ? mask : `${known} ${mask}`;
}

function isTokenUrl(url: string): boolean {
  return /\/token\/?(?:[?#]|$)/i.test(url);
}

/** So much of packed bytes is shown: enough to tell the format, too little to unpack. */
const packedStart = 16;

/** Bytes that somebody could unpack hide secrets from any pattern. */
function isPacked({ state, bytes }: Body): boolean {
  return state === 'undecodable' || (bytes[0] === 0x1f && bytes[1] === 0x8b);
}
