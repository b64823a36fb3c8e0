import { type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { type Body, bodyOf } from '../exchange/body.js';
import { undoContentCoding } from '../exchange/content-coding.js';
import type { Answered, Unanswered, WireDefect } from '../exchange/exchange.js';
import { type Header, headerValues } from '../exchange/headers.js';

/** Bytes of a decoded body beyond which reading stops. */
export const maxBodyBytes = 5 * 1024 * 1024;

export interface WireRequest {
  readonly method: string;
  /** Path with query, as it goes on the request line. */
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array | undefined;
  readonly timeoutMs: number;
  /** Sees the answer as it arrives, before its content-coding is undone. */
  readonly tap?: WireTap;
}

export interface WireTap {
  start(status: number, headers: readonly Header[]): void;
  data(chunk: Uint8Array): void;
}

/** Sends bytes to one origin and reads bytes back: follows nothing, retries nothing, keeps every header line. */
export interface WireClient {
  send(request: WireRequest, signal?: AbortSignal): Promise<Answered | Unanswered>;
  close(): Promise<void>;
}

/** What stands between this machine and the targets outside, as `HTTPS_PROXY` and `NO_PROXY` have it. */
export interface OutboundProxy {
  readonly url: string;
  /** Hosts that are reached directly, separated by commas. */
  readonly except: string;
}

export function wireClient(origin: string, connections: number, proxy?: OutboundProxy): WireClient {
  const options = { connections, pipelining: 1, connect: { timeout: 10_000 }, keepAliveTimeout: 2_000 };
  const pool: Dispatcher =
    proxy === undefined
      ? new Pool(origin, options)
      : new EnvHttpProxyAgent({ ...options, httpProxy: '', httpsProxy: proxy.url, noProxy: proxy.except });
  return {
    send: (request, signal) => (signal?.aborted ? Promise.resolve(unsent) : dispatch(pool, origin, request, signal)),
    close: () => pool.destroy(),
  };
}

function dispatch(
  pool: Dispatcher,
  origin: string,
  request: WireRequest,
  signal: AbortSignal | undefined,
): Promise<Answered | Unanswered> {
  const answer = new Answer(performance.now());
  return new Promise((resolve, reject) => {
    let controller: { abort(reason: Error): void } | undefined;
    let ended: Error | undefined;
    const abort = (reason: 'timeout' | 'interrupted') => {
      ended = new Error(reason);
      if (controller) controller.abort(ended);
      else settle(unanswered(ended, answer));
    };
    const timer = setTimeout(abort, request.timeoutMs, 'timeout');
    const interrupted = () => abort('interrupted');
    signal?.addEventListener('abort', interrupted, { once: true });
    const settle = (outcome: Answered | Unanswered) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', interrupted);
      resolve(outcome);
    };
    pool.dispatch(
      { origin, ...optionsOf(request) },
      {
        onRequestStart: (started) => {
          controller = started;
          if (ended) started.abort(ended);
        },
        onResponseStart: (started, status) => {
          if (status < 200) return;
          answer.start(status, started.rawHeaders);
          request.tap?.start(status, answer.headers);
        },
        onResponseData: (started, chunk) => {
          request.tap?.data(chunk);
          if (!answer.add(chunk)) started.abort(new Error('too-large'));
        },
        onResponseEnd: () => settle(answer.finish([])),
        onResponseError: (_, error) => {
          if (codeOf(error) === 'UND_ERR_INVALID_ARG')
            reject(new Error(`a request that HTTP cannot carry: ${unquoted(error)}`));
          settle(unanswered(error, answer));
        },
      },
    );
  });
}

function optionsOf({ method, path, headers, body }: WireRequest): Dispatcher.DispatchOptions {
  return { method, path, headers: headers.flat(), body: body ?? null, headersTimeout: 0, bodyTimeout: 0 };
}

const unsent: Unanswered = { kind: 'unanswered', reason: 'interrupted', detail: 'not sent: interrupted' };

function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** What has arrived of one answer so far. */
class Answer {
  status = 0;
  readonly headers: Header[] = [];
  private readonly chunks: Uint8Array[] = [];
  private size = 0;

  constructor(private readonly startedAt: number) {}

  start(status: number, rawHeaders: unknown): void {
    this.status = status;
    const raw = rawHeaders as readonly (Buffer | string)[];
    for (let at = 0; at + 1 < raw.length; at += 2) this.headers.push([latin1(raw[at]!), latin1(raw[at + 1]!)]);
  }

  /** False when the cap is passed; the bytes up to there are kept. */
  add(chunk: Uint8Array): boolean {
    const room = maxBodyBytes - this.size;
    this.chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    this.size += chunk.length;
    return this.size <= maxBodyBytes;
  }

  finish(defects: readonly WireDefect[]): Answered {
    const raw = Buffer.concat(this.chunks);
    const coding = headerValues(this.headers, 'content-encoding').join(', ');
    const { body, defects: more } =
      defects.length > 0 ? { body: cut(raw, defects), defects: [] } : undoContentCoding(raw, coding, maxBodyBytes);
    return {
      kind: 'answered',
      status: this.status,
      headers: this.headers,
      body,
      durationMs: performance.now() - this.startedAt,
      defects: [...defects, ...more],
    };
  }
}

function cut(raw: Uint8Array, defects: readonly WireDefect[]): Body {
  return { ...bodyOf(raw), state: 'truncated', problem: defects.map((defect) => defect.detail).join('; ') };
}

const latin1 = (raw: Buffer | string): string => (typeof raw === 'string' ? raw : raw.toString('latin1'));

/** Before the status line nothing was said; after it, what broke is the provider's. */
function unanswered(error: Error, answer: Answer): Answered | Unanswered {
  const { message } = error;
  if (message === 'timeout' || message === 'interrupted')
    return { kind: 'unanswered', reason: message, detail: `no complete answer: ${message}` };
  if (answer.status !== 0) return answer.finish([{ kind: defectKind(error), detail: describe(error) }]);
  return { kind: 'unanswered', reason: reasonOf(error), detail: describe(error) };
}

function defectKind(error: Error): WireDefect['kind'] {
  if (error.message === 'too-large') return 'too-large';
  return isProtocol(error) ? 'protocol' : 'truncated';
}

function reasonOf(error: Error): Unanswered['reason'] {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return 'timeout';
  if (isProtocol(error)) return 'protocol';
  if (/CERT|TLS|SSL|ALTNAME|SELF_SIGNED|EPROTO/.test(code) || /certificate/i.test(error.message)) return 'tls';
  return 'reset';
}

/** Bytes that are no answer of HTTP/1.1: undici's parser, its limits, and what it asserts of an answer. */
const protocolCodes = new Set(['UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'ERR_ASSERTION']);

function isProtocol(error: Error): boolean {
  return error.name === 'HTTPParserError' || error.message === 'bad upgrade' || protocolCodes.has(codeOf(error));
}

/** Never the error itself: undici quotes header values, tokens included, in its messages. */
function describe(error: Error): string {
  return codeOf(error) || unquoted(error);
}

function unquoted({ message }: Error): string {
  return message.replace(/"[^"]*"/g, '"…"').slice(0, 80);
}
