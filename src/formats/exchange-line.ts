import { absentBody, type Body, bodyOf, emptyBody, jsonBody } from '../exchange/body.js';
import type { Answered, Unanswered } from '../exchange/exchange.js';
import type { Header } from '../exchange/headers.js';
import { losesNothing } from '../exchange/plain-json.js';
import type { Entry, Reading } from './format.js';
import type { Place } from './har-entry.js';
import {
  base64Body,
  hasNoBody,
  headersOf,
  isObject,
  own,
  type Recorded,
  statusOf,
  textBody,
  unrecordedRequestBody,
} from './message.js';
import { rawValueAt } from './raw-value.js';

/** The line itself, for bodies that stand in it as JSON. */
interface Line {
  readonly text: string;
  /** `JSON.parse` made all of it that there is. */
  readonly lossless: boolean;
}

/** One exchange in the shape that `ndjson` documents, of the text that `value` was parsed from. */
export function exchangeLine(value: unknown, text: string, place: Place, reading: Reading): Entry {
  const line = { text, lossless: losesNothing(text, value) };
  const broken = (reason: string): Entry => ({ kind: 'unreadable', place: place.label, reason });
  const request = own(value, 'request');
  if (!isObject(request)) return broken('has no request object');
  const method = request['method'];
  const url = request['url'] ?? request['uri'] ?? request['path'];
  if (typeof method !== 'string' || !/^[A-Za-z][A-Za-z-]*$/.test(method)) return broken('request.method is no method');
  if (typeof url !== 'string' || url === '') return broken('request.url is not text');
  const headers = headersOf(request['headers']);
  if (headers === undefined) return broken('request.headers is neither a list nor an object');
  const sent = body(request, line, 'request', headers);
  const outcome = outcomeOf(value, line, method);
  if (typeof outcome === 'string') return broken(outcome);
  return {
    kind: 'exchange',
    exchange: {
      id: `${reading.file}#${place.index}`,
      origin: {
        kind: 'document',
        file: reading.file,
        index: place.index,
        line: place.line,
        format: place.format,
        provenance: 'observation',
        fidelity: [...new Set([...place.fidelity, ...(sent?.fidelity ?? []), ...outcome.fidelity])],
      },
      request: { method, url, headers, body: sent?.body ?? unrecordedRequestBody(method, headers) },
      outcome: outcome.outcome,
      before: [],
    },
  };
}

interface Outcome {
  readonly outcome: Answered | Unanswered;
  readonly fidelity: readonly string[];
}

function outcomeOf(value: unknown, line: Line, method: string): Outcome | string {
  const response = own(value, 'response');
  if (response === undefined || response === null) return unanswered('no response in the recording');
  if (!isObject(response)) return 'response is not an object';
  const status = statusOf(response['status'] ?? response['statusCode']);
  if (status === undefined) return 'response.status is not a status';
  if (status === 0) return unanswered('the recorder got no answer');
  const headers = headersOf(response['headers']);
  if (headers === undefined) return 'response.headers is neither a list nor an object';
  const came = body(response, line, 'response', headers);
  const duration = own(value, 'durationMs');
  return {
    outcome: {
      kind: 'answered',
      status,
      headers,
      body: came?.body ?? (hasNoBody(status, method, headers) ? emptyBody : absentBody),
      durationMs: typeof duration === 'number' && duration >= 0 ? duration : undefined,
      defects: [],
    },
    fidelity: came?.fidelity ?? [],
  };
}

const unanswered = (detail: string): Outcome => ({
  outcome: { kind: 'unanswered', reason: 'not-recorded', detail },
  fidelity: [],
});

/** The body of one side, or undefined where none was recorded. JSON is taken as it stands in the line. */
function body(
  message: Record<string, unknown>,
  line: Line,
  side: string,
  headers: readonly Header[],
): Recorded | undefined {
  const bytes = message['bodyBase64'];
  if (typeof bytes === 'string') return base64Body(bytes, headers);
  const content = message['body'];
  if (content === undefined || content === null) return undefined;
  if (typeof content === 'string')
    return message['encoding'] === 'base64' ? base64Body(content, headers) : textBody(content, undefined);
  return { body: embedded(content, line, side), fidelity: [] };
}

function embedded(content: unknown, line: Line, side: string): Body {
  const raw = () => rawValueAt(line.text, [side, 'body']) ?? '';
  return line.lossless ? jsonBody(raw, content) : bodyOf(raw());
}
