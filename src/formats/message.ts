import { isUtf8 } from 'node:buffer';
import { absentBody, type Body, bodyOf, decodedBy, emptyBody, jsonOf } from '../exchange/body.js';
import { undoContentCoding } from '../exchange/content-coding.js';
import { type Header, headerValue, headerValues } from '../exchange/headers.js';

/** Decoded bytes beyond which a recorded body is not read: a few hundred bytes can decode to gigabytes. */
const maxBodyBytes = 16 * 1024 * 1024;

export const nothingLost: readonly string[] = [];

/** A body as read from a recording, and what the recorder is known to have changed or lost about it. */
export interface Recorded {
  readonly body: Body;
  readonly fidelity: readonly string[];
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own key: a recording may hold `constructor` or `__proto__`. */
export function own(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/**
 * Header lines however a recorder wrote them: `{name, value}` or `{key, value}` objects, `[name, value]` pairs, or one
 * object with a text or a list for each name. HTTP/2 pseudo-headers are left out. Undefined when it is none of these.
 */
export function headersOf(value: unknown): Header[] | undefined {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return headerList(value);
  if (!isObject(value)) return undefined;
  return Object.entries(value)
    .flatMap(([name, values]) =>
      (Array.isArray(values) ? values : [values]).map((one) => [name, textOf(one)] as Header),
    )
    .filter(isField);
}

function headerList(list: readonly unknown[]): Header[] | undefined {
  const lines: Header[] = [];
  for (const item of list) {
    const line = headerLine(item);
    if (line === undefined) return undefined;
    if (isField(line)) lines.push(line);
  }
  return lines;
}

function headerLine(line: unknown): Header | undefined {
  if (Array.isArray(line)) {
    if (typeof line[0] !== 'string') return undefined;
    return line.length === 2 && typeof line[1] === 'string' ? (line as unknown as Header) : [line[0], textOf(line[1])];
  }
  const name = own(line, 'name') ?? own(line, 'key');
  return typeof name === 'string' ? [name, textOf(own(line, 'value'))] : undefined;
}

const isField = ([name]: Header): boolean => name !== '' && !name.startsWith(':');

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

/** A status as a number or as digits in text; 0 is kept and means that no answer came. */
export function statusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 0 && status <= 999 ? status : undefined;
}

/** Whether HTTP itself says that no body goes with it, so that a recorder had nothing to record. */
export function hasNoBody(status: number, method: string, headers: readonly Header[]): boolean {
  return status === 204 || status === 304 || method === 'HEAD' || headerValue(headers, 'content-length') === '0';
}

/** What a request without a recorded body had: nothing, unless its headers or its method speak of one. */
export function unrecordedRequestBody(method: string, headers: readonly Header[]): Body {
  const length = headerValue(headers, 'content-length');
  if (length !== undefined && length !== '0') return absentBody;
  if (headerValue(headers, 'transfer-encoding') !== undefined) return absentBody;
  return length === '0' || ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'DELETE'].includes(method.toUpperCase())
    ? emptyBody
    : absentBody;
}

/**
 * A body told as text. `size` is the byte count that the recorder gives, if it gives one: it shows text that was read
 * as Latin-1 by mistake, and text that was cut.
 */
export function textBody(text: string, size: number | undefined): Recorded {
  if (!text.isWellFormed())
    return undecodable(text, 'the recorded text has half a surrogate pair, so its bytes are not known');
  const latin1 = misreadBytes(text, size);
  if (latin1) return { body: bodyOf(latin1, ['latin1']), fidelity: ['text-misread-as-latin1'] };
  return sized(bodyOf(text), text, size, text.includes('\ufffd') ? ['replacement-characters'] : nothingLost);
}

function undecodable(content: string, problem: string): Recorded {
  const { bytes, decoded } = bodyOf(content);
  return { body: { state: 'undecodable', bytes, decoded, problem }, fidelity: [] };
}

/** `Ã©` for `é`: taken back only where the recorder's own byte count proves it. */
function misreadBytes(text: string, size: number | undefined): Uint8Array | undefined {
  if (size !== text.length || !/[\u0080-\u00ff]/.test(text) || /[^\u0000-\u00ff]/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'latin1');
  return isUtf8(bytes) ? bytes : undefined;
}

/** A count larger than what is there means a cut body, unless it reads whole; recorders count in many ways. */
function sized(body: Body, text: string, size: number | undefined, fidelity: readonly string[]): Recorded {
  if (size === undefined || size <= text.length || size <= Buffer.byteLength(text)) return { body, fidelity };
  if (jsonOf(body).ok) return { body, fidelity: [...fidelity, 'size-disagrees'] };
  const problem = `the recorder counted ${size} bytes and kept ${body.bytes.length}`;
  const { bytes, decoded } = body;
  return { body: { state: 'truncated', bytes, decoded, problem }, fidelity: [...fidelity, 'body-cut'] };
}

/** A body told as base64: strictly read, then freed of a content-coding that the bytes still show. */
export function base64Body(text: string, headers: readonly Header[]): Recorded {
  const compact = text.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(compact))
    return undecodable(text, 'the recorded base64 is not base64');
  return codedBody(Buffer.from(compact, 'base64'), headers, ['base64']);
}

/** A body told as text under the name of an encoding: none means text as it is, and one that is not known means nothing. */
export function encodedBody(
  text: string,
  encoding: unknown,
  headers: readonly Header[],
  size?: number | undefined,
): Recorded {
  if (encoding === undefined || encoding === null || encoding === '') return textBody(text, size);
  if (encoding === 'base64') return base64Body(text, headers);
  return undecodable(text, `the recorder's encoding ${JSON.stringify(encoding).slice(0, 40)} is not known`);
}

/**
 * Bytes as a recorder kept them: a content-coding is undone only where the bytes look like it, because most recorders
 * undo it themselves and leave the header.
 */
export function codedBody(bytes: Uint8Array, headers: readonly Header[], decoded: readonly string[]): Recorded {
  const named = headerValues(headers, 'content-encoding').join(', ');
  const coding = namedCoding(bytes, named) ?? magicCoding(bytes);
  if (coding === undefined) return { body: bodyOf(bytes, decoded), fidelity: [] };
  const { body } = undoContentCoding(bytes, coding, maxBodyBytes);
  const fidelity = named === '' ? ['content-coding-unnamed'] : [];
  return { body: decodedBy(decoded, body), fidelity };
}

function magicCoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip';
  if (bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd) return 'zstd';
  return undefined;
}

/** Brotli and deflate have no magic bytes: there the header is believed unless the bytes are plain text already. */
function namedCoding(bytes: Uint8Array, named: string): string | undefined {
  const last = named.split(',').at(-1)!.trim().toLowerCase();
  if (last === '' || last === 'identity') return undefined;
  if (/^(x-)?gzip$|^zstd$/.test(last)) return magicCoding(bytes) === undefined ? undefined : named;
  return isUtf8(bytes) ? undefined : named;
}

/** What a tool fills in when it plays a recording back: what is written there is not what was said. */
export function templated(what: string): Recorded {
  return {
    body: { state: 'undecodable', bytes: new Uint8Array(0), decoded: [], problem: `${what}, not filled in` },
    fidelity: ['templated'],
  };
}

/** A body that was seen to be empty. */
export const emptyRecorded: Recorded = { body: emptyBody, fidelity: [] };

/** A form told as its fields: rebuilt when it was URL-encoded, lost when it had parts. */
export function formBody(fields: readonly unknown[], mimeType: unknown): Recorded {
  if (typeof mimeType === 'string' && mimeType.startsWith('multipart/'))
    return { body: absentBody, fidelity: ['body-as-params'] };
  const pairs = fields.map((field): [string, string] => [
    String(own(field, 'name') ?? own(field, 'key') ?? ''),
    String(own(field, 'value') ?? ''),
  ]);
  return { ...textBody(new URLSearchParams(pairs).toString(), undefined), fidelity: ['body-as-params'] };
}
