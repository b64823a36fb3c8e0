import type { Originals } from './originals.js';

/** Encodings within encodings that are looked into. */
const deepest = 3;

/**
 * Where a text still holds a value that was to be replaced: as it is, escaped for JSON, URL, form or HTML, as UTF-16, in
 * hex or in base64 at any alignment, one within another. Undefined when it holds none.
 */
export function leakIn(text: string, originals: Originals, depth = 0): string | undefined {
  for (const [from, to] of originals.within(text)) return text.slice(from, to);
  if (depth === deepest) return undefined;
  for (const view of views(text)) {
    const found = leakIn(view, originals, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function* views(text: string): Generator<string> {
  if (text.includes('\\')) yield text.replace(/\\+u([0-9a-fA-F]{4})|\\+(.)/gs, unescaped);
  if (/%[0-9a-fA-F]{2}/.test(text)) yield percentDecoded(text);
  if (/\+/.test(text)) yield text.replaceAll('+', ' ');
  if (/&#?\w+;/.test(text)) yield text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, entity);
  if (text.includes('\0')) yield text.replaceAll('\0', '');
  for (const [run] of text.matchAll(/(?:[0-9a-fA-F]{2}){4,}/g)) yield* decoded(Buffer.from(run, 'hex'));
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{6,}/g))
    if (/[a-z]/.test(run) && /[A-Z\d]/.test(run))
      for (let start = 0; start < 4; start++) yield* decoded(Buffer.from(run.slice(start), 'base64'));
}

/** Bytes as text, where they look like one. */
function* decoded(bytes: Buffer): Generator<string> {
  const printable = bytes.filter((byte) => byte >= 0x20 && byte < 0x7f).length;
  if (printable * 2 < bytes.length) return;
  yield bytes.toString();
  yield bytes.toString('latin1');
}

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unescaped(_: string, unit: string | undefined, character: string | undefined): string {
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
  return controls[character!] ?? character!;
}

function percentDecoded(text: string): string {
  const bytes = text.replace(/[^%\u0000-\u007f]+/g, (part) => encodeURIComponent(part.toWellFormed()));
  return Buffer.from(
    bytes.replace(/%([0-9a-fA-F]{2})/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16))),
    'latin1',
  ).toString();
}

const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function entity(whole: string, decimal?: string, hex?: string, name?: string): string {
  const point = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
  if (point !== undefined) return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  return names[name!.toLowerCase()] ?? whole;
}
