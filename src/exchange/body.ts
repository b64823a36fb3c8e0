import { isUtf8 } from 'node:buffer';
import { type JsonReading, readJson } from './json.js';

/**
 * A message body after the recorder's encoding and the content-coding are undone.
 * `empty` was seen to be empty; `absent` was not recorded, which never counts as a pass.
 */
export interface Body {
  readonly state: 'present' | 'empty' | 'absent' | 'truncated' | 'undecodable';
  readonly bytes: Uint8Array;
  /** What was undone to get the bytes, outermost first: `base64`, `gzip`, … */
  readonly decoded: readonly string[];
  /** Why the body is truncated or undecodable. */
  readonly problem?: string;
}

const none = new Uint8Array(0);
export const emptyBody: Body = { state: 'empty', bytes: none, decoded: [] };
export const absentBody: Body = { state: 'absent', bytes: none, decoded: [] };

export function bodyOf(content: string | Uint8Array, decoded: readonly string[] = []): Body {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return bytes.length === 0 ? { ...emptyBody, decoded } : { state: 'present', bytes, decoded };
}

export interface TextReading {
  readonly text: string;
  /** Byte offset of the first sequence that is not UTF-8; undefined when all is well. */
  readonly invalidAt: number | undefined;
  readonly byteOrderMark: boolean;
}

const texts = new WeakMap<Body, TextReading>();
const documents = new WeakMap<Body, JsonReading>();

/** The body as text, read once: strictly UTF-8, with damage located instead of papered over. */
export function textOf(body: Body): TextReading {
  let reading = texts.get(body);
  if (reading === undefined) {
    reading = decode(body.bytes);
    texts.set(body, reading);
  }
  return reading;
}

/** The body as JSON, read once and losslessly: see {@link JsonReading} for what is flagged. */
export function jsonOf(body: Body): JsonReading {
  let reading = documents.get(body);
  if (reading === undefined) {
    reading = readJson(textOf(body).text);
    documents.set(body, reading);
  }
  return reading;
}

/**
 * A body that stood as JSON in a larger document and was read there, without loss: `value` is what `text` says. The
 * bytes are made when somebody asks for them, because most recorded bodies are judged by their value alone.
 */
export function jsonBody(text: () => string, value: unknown): Body {
  let bytes: Uint8Array | undefined;
  const body: Body = {
    state: 'present',
    decoded: [],
    get bytes() {
      bytes ??= Buffer.from(text());
      return bytes;
    },
  };
  documents.set(body, { ok: true, value, flags: [] });
  return body;
}

function decode(bytes: Uint8Array): TextReading {
  const byteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const content = byteOrderMark ? bytes.subarray(3) : bytes;
  const text = Buffer.from(content.buffer, content.byteOffset, content.length).toString();
  if (isUtf8(content)) return { text, invalidAt: undefined, byteOrderMark };
  return { text, invalidAt: firstInvalid(content) + (byteOrderMark ? 3 : 0), byteOrderMark };
}

/** Start of the first sequence that is not UTF-8: by bisection, because a prefix of good bytes is good. */
function firstInvalid(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isUtf8(whole(bytes, middle))) good = middle;
    else bad = middle;
  }
  return whole(bytes, good).length;
}

/** The first `end` bytes without a sequence that has only begun. */
function whole(bytes: Uint8Array, end: number): Uint8Array {
  let lead = end;
  while (lead > 0 && end - lead < 4 && (bytes[lead - 1]! & 0xc0) === 0x80) lead--;
  const first = bytes[lead - 1] ?? 0;
  const needed = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  return bytes.subarray(0, end - lead + 1 < needed ? lead - 1 : end);
}
