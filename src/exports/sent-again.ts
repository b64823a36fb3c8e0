import type { PublicRequest } from '../exchange/public-exchange.js';
import type { ResultFinding } from '../run/result.js';

/** A request as a file can hold it: no secret, no client request id, which counts once. */
export interface SentAgain {
  readonly method: string;
  readonly origin: string;
  /** With query. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** How the request says who asks: the scheme before a token, or nothing. */
  readonly scheme: string | undefined;
  readonly body: { readonly text: string } | { readonly base64: string } | undefined;
}

/** The requests behind a finding, those it builds on first; a sentence when the report does not hold them whole. */
export function requestsOf({ evidence }: ResultFinding): readonly SentAgain[] | string {
  const requests = [...evidence.before.map(({ request }) => request), evidence.request].map(sentAgain);
  const broken = requests.find((request) => typeof request === 'string');
  return broken ?? (requests as SentAgain[]);
}

/** Said by whoever sends, or not to be repeated. */
const skipped = new Set([
  'authorization',
  'accept-encoding',
  'content-length',
  'host',
  'connection',
  'transfer-encoding',
  'x-chift-client-requestid',
]);

function sentAgain({ method, url, headers, body }: PublicRequest): SentAgain | string {
  if (!URL.canParse(url)) return `the request has no whole URL: ${url}`;
  const { origin, pathname, search } = new URL(url);
  if (body.omitted > 0 || body.state === 'truncated' || body.state === 'undecodable')
    return 'the report shows the request body in part only';
  if (body.text?.includes('[redacted]') || url.includes('[redacted]')) return 'the request held a secret';
  const authorization = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return {
    method,
    origin,
    path: `${pathname}${search}`,
    headers: headers.filter(([name]) => !skipped.has(name.toLowerCase())),
    scheme: authorization === undefined ? undefined : (/^[A-Za-z]+(?= )/.exec(authorization)?.[0] ?? 'Bearer'),
    body: body.size === 0 ? undefined : body.text !== null ? { text: body.text } : { base64: body.base64 ?? '' },
  };
}
