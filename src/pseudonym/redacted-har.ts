import { type Body, textOf } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import { type HarItem, harOf } from '../exchange/har.js';
import { type Header, headerValue } from '../exchange/headers.js';
import type { PublicBody } from '../exchange/public-exchange.js';

/** When the first exchange is said to have begun: when it really did is nobody's business. */
const startedAt = '0001-01-01T00:00:00.000Z';

/** HAR 1.2 of exchanges whose values are pseudonyms already: nothing is hidden or shortened any more. */
export function redactedHar(exchanges: readonly Exchange[], creator: { name: string; version: string }): string {
  return `${JSON.stringify(harOf(exchanges.map(itemOf), { creator, startedAt }), null, 1)}\n`;
}

function itemOf({ origin, request, outcome }: Exchange): HarItem {
  const answered = outcome.kind === 'answered';
  const exchange = {
    request: {
      ...request,
      url: absolute(request.url),
      headers: sent(request.headers, request.body),
      body: shown(request.body),
    },
    response: answered
      ? {
          ...outcome,
          headers: sent(outcome.headers, outcome.body),
          body: shown(outcome.body),
          durationMs: outcome.durationMs ?? null,
        }
      : null,
    unanswered: answered ? null : outcome,
  } as unknown as HarItem['exchange'];
  const provenance = origin.kind === 'document' ? origin.provenance : 'observation';
  return { exchange, comment: '', ...(provenance === 'observation' ? {} : { own: { _provenance: provenance } }) };
}

/** HAR wants a host in every address; one that was not recorded is one that there is not. */
const absolute = (url: string): string => (url.startsWith('/') ? `https://recorded.invalid${url}` : url);

function shown(body: Body): PublicBody {
  const { state, bytes } = body;
  const { text, invalidAt, byteOrderMark } = textOf(body);
  const isText = invalidAt === undefined && !byteOrderMark;
  return {
    state,
    text: isText ? text : null,
    base64: isText ? null : Buffer.from(bytes).toString('base64'),
    size: bytes.length,
    omitted: 0,
  };
}

/** The bytes are written as they were decoded; a reader must not try to decode what is no text once more. */
function sent(headers: readonly Header[], body: Body): readonly Header[] {
  if (headerValue(headers, 'content-encoding') === undefined || textOf(body).invalidAt === undefined) return headers;
  return headers.filter(([name]) => name.toLowerCase() !== 'content-encoding');
}
