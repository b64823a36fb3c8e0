import { absentBody, emptyBody } from '../exchange/body.js';
import type { Unanswered, WireDefect } from '../exchange/exchange.js';
import type { Entry, Reading } from './format.js';
import { hasNoBody, headersOf, nothingLost, type Recorded, statusOf, unrecordedRequestBody } from './message.js';

/** Where an entry stands, and what kind of word it is. */
export interface Place {
  readonly index: number;
  readonly line: number;
  readonly format: string;
  /** As in messages: `log.entries[3], line 120`. */
  readonly label: string;
  /** What the recorder as a whole is known to lose. */
  readonly fidelity: readonly string[];
  readonly provenance?: 'observation' | 'example' | 'stub';
}

/** The parts of an exchange as a recording tells them, not yet looked at. */
export interface Told {
  readonly method: unknown;
  readonly url: unknown;
  readonly requestHeaders: unknown;
  /** Undefined where none was recorded. */
  readonly requestBody: Recorded | undefined;
  readonly response: ToldResponse | Unanswered;
}

export interface ToldResponse {
  readonly kind: 'told';
  readonly status: unknown;
  readonly headers: unknown;
  readonly body: Recorded | undefined;
  readonly durationMs?: unknown;
  readonly defects?: readonly WireDefect[];
}

/** No answer is in the recording, for whatever reason. */
export function notRecorded(detail: string): Unanswered {
  return { kind: 'unanswered', reason: 'not-recorded', detail };
}

/** One entry of any format as an exchange, or the reason why it is none. */
export function recordedExchange(told: Told, place: Place, { file }: Reading): Entry {
  const broken = (reason: string): Entry => ({ kind: 'unreadable', place: place.label, reason });
  const { method, url, response } = told;
  if (typeof method !== 'string' || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method))
    return broken('request.method is no method');
  if (typeof url !== 'string' || url === '') return broken('request.url is not text');
  const headers = headersOf(told.requestHeaders);
  if (headers === undefined) return broken('request.headers is neither a list nor an object');
  const outcome = response.kind === 'told' ? answered(response, method) : response;
  if (typeof outcome === 'string') return broken(outcome);
  const body = told.requestBody?.body ?? unrecordedRequestBody(method, headers);
  const came = response.kind === 'told' ? response.body?.fidelity : undefined;
  const { index, line, format, provenance = 'observation' } = place;
  const fidelity = united(place.fidelity, told.requestBody?.fidelity, came);
  const origin = { kind: 'document' as const, file, index, line, format, provenance, fidelity };
  const exchange = { id: `${file}#${index}`, origin, request: { method, url, headers, body }, outcome, before: [] };
  return { kind: 'exchange', exchange };
}

function united(...losses: readonly (readonly string[] | undefined)[]): readonly string[] {
  return losses.every((each) => each === undefined || each.length === 0)
    ? nothingLost
    : [...new Set(losses.flatMap((each) => each ?? []))];
}

function answered({ status, headers, body, durationMs, defects }: ToldResponse, method: string) {
  const code = statusOf(status);
  if (code === undefined) return 'response.status is not a status';
  if (code === 0) return notRecorded('the recorder got no answer');
  const lines = headersOf(headers);
  if (lines === undefined) return 'response.headers is neither a list nor an object';
  return {
    kind: 'answered' as const,
    status: code,
    headers: lines,
    body: body?.body ?? (hasNoBody(code, method, lines) ? emptyBody : absentBody),
    durationMs: typeof durationMs === 'number' && durationMs >= 0 ? durationMs : undefined,
    defects: defects ?? [],
  };
}
