import { isUtf8 } from 'node:buffer';
import { type JsonFlag, type JsonReading, readJson } from './json.js';

/**
 * A message body after the recorder's encoding and the content-coding are undone.
 * `empty` was seen to be empty; `absent` was not recorded, which never counts as a pass. Copied by its fields and not by
 * spreading: the bytes of some are made when they are asked for.
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

const nothingUndone: readonly string[] = [];

export function bodyOf(content: string | Uint8Array, decoded: readonly string[] = nothingUndone): Body {
  if (content.length === 0) return { ...emptyBody, decoded };
  if (typeof content !== 'string') return { state: 'present', bytes: content, decoded };
  return isClean(content)
    ? new WrittenBody(content, content.length, decoded)
    : { state: 'present', bytes: Buffer.from(content), decoded };
}

/** The same body after more was undone to get it. */
export function decodedBy(steps: readonly string[], { state, bytes, decoded, problem }: Body): Body {
  return { state, bytes, decoded: [...steps, ...decoded], ...(problem !== undefined && { problem }) };
}

/** Its bytes read back as the same text, without a mark. */
const isClean = (text: string): boolean => text.isWellFormed() && text.charCodeAt(0) !== 0xfeff;

export interface TextReading {
  readonly text: string;
  /** Byte offset of the first sequence that is not UTF-8; undefined when all is well. */
  readonly invalidAt: number | undefined;
  readonly byteOrderMark: boolean;
}

/**
 * A body that is known as text, or as a value that stood in a larger document: its bytes are made when somebody asks for
 * them, because most recorded bodies are judged by their value alone.
 */
class WrittenBody implements Body {
  readonly state = 'present';
  readonly decoded: readonly string[];
  #bytes: Uint8Array | undefined;
  #text: TextReading | undefined;
  #source: string | (() => string);
  #json: JsonReading | undefined;
  #size: number;

  constructor(source: string | (() => string), size: number, decoded: readonly string[], json?: JsonReading) {
    this.decoded = decoded;
    this.#source = source;
    this.#size = size;
    this.#json = json;
  }

  get bytes(): Uint8Array {
    this.#bytes ??= Buffer.from(this.#written());
    return this.#bytes;
  }

  asText(): TextReading {
    this.#text ??= { text: this.#written(), invalidAt: undefined, byteOrderMark: false };
    return this.#text;
  }

  asJson(): JsonReading {
    this.#json ??= readJson(this.#written());
    return this.#json;
  }

  /** Characters that are kept for it. */
  size(): number {
    return this.#size;
  }

  #written(): string {
    if (typeof this.#source !== 'string') this.#source = this.#source();
    return this.#source;
  }
}

const texts = new WeakMap<Body, TextReading>();
const documents = new WeakMap<Body, JsonReading>();

/** The body as text, read once: strictly UTF-8, with damage located instead of papered over. */
export function textOf(body: Body): TextReading {
  if (body instanceof WrittenBody) return body.asText();
  let reading = texts.get(body);
  if (reading === undefined) {
    reading = decode(body.bytes);
    texts.set(body, reading);
  }
  return reading;
}

/** The body as JSON, read once and losslessly: see {@link JsonReading} for what is flagged. */
export function jsonOf(body: Body): JsonReading {
  if (body instanceof WrittenBody) return body.asJson();
  let reading = documents.get(body);
  if (reading === undefined) {
    reading = readJson(textOf(body).text);
    documents.set(body, reading);
  }
  return reading;
}

/** The value of a body that is JSON in clean UTF-8 and loses nothing by `JSON.parse`; undefined where there is more to say. */
export function plainJsonOf(body: Body): unknown {
  if (body.state !== 'present') return undefined;
  const reading = jsonOf(body);
  if (!reading.ok || reading.flags.length > 0) return undefined;
  if (body instanceof WrittenBody) return reading.value;
  const { invalidAt, byteOrderMark } = textOf(body);
  return invalidAt === undefined && !byteOrderMark ? reading.value : undefined;
}

/** A body that stood as JSON in a larger document of `size` characters and was read there, without loss: `value` is what `text` says. */
export function jsonBody(text: () => string, size: number, value: unknown): Body {
  return new WrittenBody(text, size, nothingUndone, { ok: true, value, flags: noFlags });
}

const noFlags: readonly JsonFlag[] = [];

/** About how much memory a body keeps, in bytes or characters; nothing is made to know it. */
export function keptSize(body: Body): number {
  return body instanceof WrittenBody ? body.size() : body.bytes.length;
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
