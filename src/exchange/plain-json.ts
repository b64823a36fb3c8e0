import { maxDepth } from './json-scanner.js';

/** The value of a text in which `JSON.parse` loses nothing; undefined when a closer look is needed. */
export function readPlainJson(text: string): { readonly value: unknown } | undefined {
  if (isOdd(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return keysOf(value, maxDepth) === keysIn(text) ? { value } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a quick look shows that `value`, which `JSON.parse` made of `text`, is all there was; false may be a false
 * alarm. A key that stands twice shows by the value having fewer keys than the text.
 */
export function losesNothing(text: string, value: unknown): boolean {
  return !isOdd(text) && keysOf(value, maxDepth) === keysIn(text);
}

const isOdd = (text: string): boolean => text.includes('\ufffd') || !text.isWellFormed() || oddEscape(text);

/** An escape that may be half a surrogate pair or U+FFFD. */
const oddEscape = (text: string): boolean => text.includes('\\u') && /\\u[dDfF]/.test(text);

/** Colons behind a quote: as many as there are keys, or more where a text within looks like one. */
function keysIn(text: string): number {
  let keys = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) <= 0x20) before--;
    if (text.charCodeAt(before) === 0x22) keys++;
  }
  return keys;
}

/** Keys of all objects within; NaN when a number in it lost digits, or when it is nested deeper than `depth`. */
function keysOf(value: unknown, depth: number): number {
  if (typeof value === 'number') return Number.isInteger(value) ? safe(value) : value - value;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === 0) return Number.NaN;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value) keys += keysOf(item, depth - 1);
    return keys;
  }
  for (const key in value) keys += 1 + keysOf((value as Record<string, unknown>)[key], depth - 1);
  return keys;
}

const safe = (value: number): number => (Number.isSafeInteger(value) ? 0 : Number.NaN);
