import { type Document, isAlias, isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';

/** Bytes that a recorder wrote under a binary tag. */
export interface YamlBytes {
  readonly base64: string;
}

/** Values beyond which an entry is not read: aliases can make billions of a few lines. */
const maxValues = 20_000;

/**
 * YAML as plain data, of every recorder alike: each scalar is the text as written, because 1.1 and 1.2 disagree on
 * what is a number or a truth, and only a bare `null`, `~` or nothing at all is null. Tags make nothing but bytes.
 */
export function readYaml(text: string): { ok: true; value: unknown } | { ok: false; problem: string } {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) return { ok: false, problem: `not YAML: ${error.code.toLowerCase().replaceAll('_', ' ')}` };
  try {
    return { ok: true, value: plain(document.contents, document, { left: maxValues }) };
  } catch (problem) {
    if (problem instanceof Unreadable) return { ok: false, problem: problem.message };
    throw problem;
  }
}

class Unreadable extends Error {}

function plain(node: unknown, document: Document, budget: { left: number }): unknown {
  if (budget.left-- <= 0) throw new Unreadable(`more than ${maxValues} values, aliases counted`);
  if (isAlias(node)) {
    const target = node.resolve(document);
    if (target === undefined) throw new Unreadable('refers to an anchor of another entry');
    return plain(target, document, budget);
  }
  if (isMap(node)) return mapOf(node, document, budget);
  if (isSeq(node)) return node.items.map((item) => plain(item, document, budget));
  if (!isScalar(node)) return null;
  const text = String((node.value instanceof Uint8Array ? node.source : node.value) ?? '');
  if (/binary$/.test(node.tag ?? '')) return { base64: text.replace(/\s+/g, '') } satisfies YamlBytes;
  return node.type === 'PLAIN' && /^(?:|~|null|Null|NULL)$/.test(text) ? null : text;
}

function mapOf({ items }: YAMLMap, document: Document, budget: { left: number }): Record<string, unknown> {
  const pairs = items.map(({ key, value }): [string, unknown] => [
    String(plain(key, document, budget)),
    plain(value, document, budget),
  ]);
  return Object.fromEntries(pairs);
}
