import type { PublicBody, PublicExchange } from '../exchange/public-exchange.js';
import type { ResultFinding, RunResult } from '../run/result.js';
import { startOf } from './ctrf.js';
import type { Reporter } from './reporter.js';
import { jsonText, visible } from './visible-text.js';

type Evidence = Pick<PublicExchange, 'place' | 'request' | 'response'>;

/** HAR 1.2 of the evidence, for any browser's network panel: the exchanges of every finding, secrets hidden. */
export const har: Reporter = {
  id: 'har',
  file: 'evidence.har',
  render: (result) => jsonText(document(result)),
};

function document({ tool, run, findings }: RunResult): object {
  const startedDateTime = new Date(startOf(run.startedAt)).toISOString();
  return {
    log: {
      version: '1.2',
      creator: { name: tool.name, version: tool.version },
      entries: findings.flatMap((finding) => entriesOf(finding, startedDateTime)),
    },
  };
}

function entriesOf({ evidence, fingerprint, message }: ResultFinding, startedDateTime: string): object[] {
  const before = evidence.before.map((exchange) => entry(exchange, startedDateTime, `before: ${fingerprint}`));
  return [...before, { ...entry(evidence, startedDateTime, fingerprint), _message: visible(message) }];
}

/** The start of the run stands for the start of the exchange, which is not kept. */
function entry({ place, request, response }: Evidence, startedDateTime: string, comment: string): object {
  const time = response?.durationMs ?? 0;
  return {
    startedDateTime,
    time,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: named(request.headers),
      queryString: queryOf(request.url),
      headersSize: -1,
      bodySize: request.body.size,
      ...(request.body.size === 0
        ? {}
        : { postData: { mimeType: typeOf(request.headers), ...contentOf(request.body) } }),
    },
    response: {
      status: response?.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: named(response?.headers ?? []),
      content: {
        size: response?.body.size ?? 0,
        mimeType: typeOf(response?.headers ?? []),
        ...(response === null || response.body.size === 0 ? {} : contentOf(response.body)),
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: response?.body.size ?? -1,
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    comment: visible(comment),
    _place: visible(place),
  };
}

function named(headers: readonly (readonly [string, string])[]): object[] {
  return headers.map(([name, value]) => ({ name, value }));
}

function queryOf(url: string): object[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));
}

function typeOf(headers: readonly (readonly [string, string])[]): string {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'application/octet-stream';
}

function contentOf({ text, base64, omitted }: PublicBody): object {
  return {
    ...(base64 === null ? { text: text ?? '' } : { text: base64, encoding: 'base64' }),
    ...(omitted > 0 ? { comment: `${omitted} left out of the middle` } : {}),
  };
}
