import { type Header, headerValue } from './headers.js';
import type { PublicBody, PublicExchange, PublicResponse } from './public-exchange.js';

/** How exchanges are written as HAR 1.2. */
export interface HarOptions {
  readonly creator: { readonly name: string; readonly version: string };
  /** ISO date and time of the first exchange; the others follow by their durations, so that the same input gives the same bytes. */
  readonly startedAt: string;
}

/** One exchange as an entry; `own` are fields beyond the format, which readers pass over. */
export interface HarItem {
  readonly exchange: Pick<PublicExchange, 'request' | 'response' | 'unanswered'>;
  readonly comment: string;
  readonly own?: Readonly<Record<`_${string}`, string>>;
}

/** HAR 1.2 of exchanges, in their order. */
export function toHar(exchanges: Iterable<PublicExchange>, options: HarOptions): string {
  const items = [...exchanges].map((exchange) => ({ exchange, comment: exchange.place }));
  return `${JSON.stringify(harOf(items, options), null, 1)}\n`;
}

/**
 * The document. What the format has no place for stands in fields of our own: `_defects`, `_unanswered`, and `_state`
 * with `_problem` for a body that is not whole.
 */
export function harOf(items: readonly HarItem[], { creator, startedAt }: HarOptions) {
  let now = Date.parse(startedAt);
  const entries = items.map((item) => {
    const time = item.exchange.response?.durationMs ?? 0;
    const entry = entryOf(item, new Date(now).toISOString(), time);
    now += time;
    return entry;
  });
  return { log: { version: '1.2', creator, entries } };
}

function entryOf({ exchange, comment, own }: HarItem, startedDateTime: string, time: number) {
  const { request, response, unanswered } = exchange;
  return {
    startedDateTime,
    time,
    request: {
      method: request.method,
      url: uriOf(request.url),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: request.headers.map(named),
      queryString: queryOf(request.url),
      ...postData(request.body, request.headers),
      headersSize: -1,
      bodySize: request.body.state === 'absent' ? -1 : sizeOf(request.body),
    },
    response: response ? responseOf(response) : noResponse(unanswered),
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    comment,
    ...own,
  };
}

function responseOf({ status, headers, body, defects }: PublicResponse) {
  return {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headers.map(named),
    content: { size: Math.max(0, sizeOf(body)), mimeType: typeOf(headers), ...contentOf(body) },
    redirectURL: headerValue(headers, 'location') ?? '',
    headersSize: -1,
    bodySize: -1,
    ...(defects.length === 0 ? {} : { _defects: defects }),
  };
}

/** Status 0 is how browsers say that no answer came. */
function noResponse(unanswered: PublicExchange['unanswered']) {
  const content = { size: 0, mimeType: 'x-unknown' };
  const message = { status: 0, statusText: '', httpVersion: '', cookies: [], headers: [], content };
  return { ...message, redirectURL: '', headersSize: -1, bodySize: -1, _unanswered: unanswered };
}

function postData(body: PublicBody, headers: readonly Header[]) {
  if (body.state === 'absent' || body.state === 'empty') return {};
  return { postData: { mimeType: typeOf(headers), ...contentOf(body) } };
}

/** Text as it is, other bytes as base64; nothing at all for a body that was not recorded. */
function contentOf(body: PublicBody) {
  if (body.state === 'absent') return {};
  const content = body.base64 === null ? { text: body.text ?? '' } : { text: body.base64, encoding: 'base64' };
  if (body.omitted > 0)
    return { ...content, _state: 'truncated', _problem: `${body.omitted} left out of ${body.size}` };
  return body.state === 'truncated' || body.state === 'undecodable' ? { ...content, _state: body.state } : content;
}

/** Bytes as written here, after redaction. */
function sizeOf(body: PublicBody): number {
  return body.base64 === null ? Buffer.byteLength(body.text ?? '') : Buffer.from(body.base64, 'base64').length;
}

const named = ([name, value]: Header) => ({ name, value });

/** The format wants an address; what a recorder left there instead is kept where it can be read and leads nowhere. */
function uriOf(url: string): string {
  return URL.canParse(url) &&
    /^[a-z][a-z\d+.-]*:\/\/[\w:/?#[\]@!$&'()*+,;=.~%-]+$/i.test(url) &&
    !/%(?![\da-f]{2})/i.test(url)
    ? url
    : `about:invalid#${encodeURIComponent(url.toWellFormed())}`;
}

function queryOf(url: string) {
  const at = url.indexOf('?');
  return at < 0
    ? []
    : [...new URLSearchParams(url.slice(at + 1).replace(/#.*$/, ''))].map(([name, value]) => ({ name, value }));
}

const typeOf = (headers: readonly Header[]): string => headerValue(headers, 'content-type') ?? 'x-unknown';
