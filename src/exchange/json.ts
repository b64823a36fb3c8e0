import { scanJson } from './json-scanner.js';
import { readPlainJson } from './plain-json.js';

export { atPointer, escapePointer, unescapePointer } from './pointer.js';

/** What `JSON.parse` would have hidden. */
export interface JsonFlag {
  readonly kind: 'duplicate-key' | 'unsafe-integer' | 'lone-surrogate' | 'replacement-character' | 'overflow' | 'depth';
  readonly pointer: string;
  readonly detail: string;
}

export type JsonReading =
  | { readonly ok: true; readonly value: unknown; readonly flags: readonly JsonFlag[] }
  /** `offset` counts UTF-16 units into the text; `byteOffset` counts bytes of its UTF-8 form. */
  | { readonly ok: false; readonly offset: number; readonly byteOffset: number; readonly message: string };

/** Reads a JSON text strictly (RFC 8259) and lists what `JSON.parse` loses; values come from `JSON.parse` itself. */
export function readJson(text: string): JsonReading {
  const plain = readPlainJson(text);
  if (plain !== undefined) return { ok: true, value: plain.value, flags: [] };
  const scanned = scanJson(text);
  if (scanned.ok) return { ok: true, value: JSON.parse(text), flags: scanned.flags };
  const byteOffset = new TextEncoder().encode(text.slice(0, scanned.offset)).length;
  return { ok: false, offset: scanned.offset, byteOffset, message: scanned.message };
}
