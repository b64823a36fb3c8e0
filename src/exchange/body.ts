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
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return bytes.length === 0 ? { ...emptyBody, decoded } : { state: 'present', bytes, decoded };
}

export interface TextReading {
  readonly text: string;
  /** Byte offset of the first sequence that is not UTF-8; undefined when all is well. */
  readonly invalidAt: number | undefined;
  readonly byteOrderMark: boolean;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
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

function decode(bytes: Uint8Array): TextReading {
  const byteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const content = byteOrderMark ? bytes.subarray(3) : bytes;
  try {
    return { text: strict.decode(content), invalidAt: undefined, byteOrderMark };
  } catch {
    const text = lenient.decode(content);
    return { text, invalidAt: firstInvalid(content) + (byteOrderMark ? 3 : 0), byteOrderMark };
  }
}

/** Longest prefix that still decodes, by bisection: decoding is monotonic in the damage. */
function firstInvalid(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodesUpTo(bytes, middle)) good = middle;
    else bad = middle;
  }
  return good;
}

function decodesUpTo(bytes: Uint8Array, end: number): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
    return true;
  } catch {
    return false;
  }
}
