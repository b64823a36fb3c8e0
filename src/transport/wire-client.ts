import { Pool } from 'undici';
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

export function wireClient(origin: string, connections: number): WireClient {
  const pool = new Pool(origin, { connections, pipelining: 1, connect: { timeout: 10_000 }, keepAliveTimeout: 2_000 });
  return {
    send: (request, signal) => new Promise((resolve) => dispatch(pool, request, signal, resolve)),
    close: () => pool.destroy(),
  };
}

function dispatch(
  pool: Pool,
  request: WireRequest,
  signal: AbortSignal | undefined,
  resolve: (outcome: Answered | Unanswered) => void,
): void {
  const answer = new Answer(performance.now());
  let controller: { abort(reason: Error): void } | undefined;
  const abort = (reason: string) => {
    const error = new Error(reason);
    if (controller) controller.abort(error);
    else settle(unanswered(error, answer));
  };
  const timer = setTimeout(() => abort('timeout'), request.timeoutMs);
  const interrupted = () => abort('interrupted');
  signal?.addEventListener('abort', interrupted, { once: true });
  let settled = false;
  const settle = (outcome: Answered | Unanswered) => {
    if (settled) return;
    settled = true;
    clearTimeout(timer);
    signal?.removeEventListener('abort', interrupted);
    resolve(outcome);
  };
  pool.dispatch(
    {
      method: request.method as 'GET',
      path: request.path,
      headers: request.headers.flat(),
      body: request.body ?? null,
      headersTimeout: 0,
      bodyTimeout: 0,
    },
    {
      onRequestStart: (started) => {
        controller = started;
        if (settled) started.abort(new Error('timeout'));
      },
      onResponseStart: (started, status) => {
        answer.start(status, started.rawHeaders);
        request.tap?.start(status, answer.headers);
      },
      onResponseData: (started, chunk) => {
        request.tap?.data(chunk);
        if (!answer.add(chunk)) started.abort(new Error('too-large'));
      },
      onResponseEnd: () => settle(answer.finish([])),
      onResponseError: (_, error) => settle(unanswered(error, answer)),
    },
  );
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
function unanswered(error: unknown, answer: Answer): Answered | Unanswered {
  const { code = '', message } = error as { code?: string; message: string };
  if (message === 'timeout' || message === 'interrupted')
    return { kind: 'unanswered', reason: 'timeout', detail: `no complete answer: ${message}` };
  if (answer.status !== 0) return answer.finish([{ kind: defectKind(code, message), detail: describe(code, message) }]);
  return { kind: 'unanswered', reason: reasonOf(code, message), detail: describe(code, message) };
}

function defectKind(code: string, message: string): WireDefect['kind'] {
  if (message === 'too-large') return 'too-large';
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return 'length';
  if (code.startsWith('HPE_')) return 'protocol';
  return 'truncated';
}

function reasonOf(code: string, message: string): Unanswered['reason'] {
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return 'timeout';
  if (code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW') return 'protocol';
  if (/CERT|TLS|SSL|ALTNAME|SELF_SIGNED|EPROTO/.test(code) || /certificate/i.test(message)) return 'tls';
  return 'reset';
}

/** Never the error itself: undici quotes header values, tokens included, in its messages. */
function describe(code: string, message: string): string {
  return code !== '' ? code : message.replace(/"[^"]*"/g, '"…"').slice(0, 80);
}
