import { type Body, bodyOf, jsonBody } from '../exchange/body.js';
import type { Unanswered } from '../exchange/exchange.js';
import { losesNothing } from '../exchange/plain-json.js';
import type { Entry, Reading } from './format.js';
import { base64Body, encodedBody, headersOf, isObject, nothingLost, own, type Recorded } from './message.js';
import { rawValueAt } from './raw-value.js';
import { notRecorded, type Place, recordedExchange, type ToldResponse } from './recorded-exchange.js';

/** The text that values were parsed from, for bodies that stand in it as JSON. */
export interface Source {
  readonly text: string;
  /** `JSON.parse` made all of it that there is. */
  readonly lossless: boolean;
}

export function sourceOf(text: string, value: unknown): Source {
  return { text, lossless: losesNothing(text, value) };
}

/** One exchange in the shape that `ndjson` documents, of the text that `value` was parsed from. */
export function exchangeLine(value: unknown, text: string, place: Place, reading: Reading): Entry {
  const source = sourceOf(text, value);
  const request = own(value, 'request');
  if (!isObject(request)) return { kind: 'unreadable', place: place.label, reason: 'has no request object' };
  const response = responseOf(value, source);
  if (typeof response === 'string') return { kind: 'unreadable', place: place.label, reason: response };
  return recordedExchange(
    {
      method: request['method'],
      url: request['url'] ?? request['uri'] ?? request['path'],
      requestHeaders: request['headers'],
      requestBody: body(request, source, 'request'),
      response,
    },
    place,
    reading,
  );
}

function responseOf(value: unknown, source: Source): ToldResponse | Unanswered | string {
  const response = own(value, 'response');
  if (response === undefined || response === null) return notRecorded('no response in the recording');
  if (!isObject(response)) return 'response is not an object';
  return {
    kind: 'told',
    status: response['status'] ?? response['statusCode'],
    headers: response['headers'],
    body: body(response, source, 'response'),
    durationMs: own(value, 'durationMs'),
  };
}

const bodyPaths = { request: ['request', 'body'], response: ['response', 'body'] } as const;

/** The body of one side, or undefined where none was recorded. JSON is taken as it stands in the line. */
function body(message: Record<string, unknown>, source: Source, side: keyof typeof bodyPaths): Recorded | undefined {
  const headers = () => headersOf(message['headers']) ?? [];
  const bytes = message['bodyBase64'];
  if (typeof bytes === 'string') return base64Body(bytes, headers());
  const content = message['body'];
  if (content === undefined || content === null) return undefined;
  if (typeof content === 'string') return encodedBody(content, message['encoding'], headers());
  return { body: embedded(content, source, bodyPaths[side]), fidelity: nothingLost };
}

/** A body that stands as JSON at a path of keys, as it is written there. */
export function embedded(content: unknown, { text, lossless }: Source, path: readonly string[]): Body {
  const raw = () => rawValueAt(text, path)!;
  return lossless ? jsonBody(raw, text.length, content) : bodyOf(raw());
}
