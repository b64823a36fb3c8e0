/** One reference token of a JSON pointer (RFC 6901). */
export function escapePointer(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

export function unescapePointer(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The value at a JSON pointer, or undefined where the document has none. Own keys only. */
export function atPointer(document: unknown, pointer: string): unknown {
  let value = document;
  for (const token of pointer.split('/').slice(1).map(unescapePointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
    value = (value as Record<string, unknown>)[token];
  }
  return value;
}

/** Whether the document has a value at the place; `*` stands for any item of a list. Null is none. */
export function hasPlace(document: unknown, pointer: string): boolean {
  const [step, ...rest] = pointer.split('/').slice(1);
  if (document === null || document === undefined) return false;
  if (step === undefined) return true;
  const further = rest.map((each) => `/${each}`).join('');
  if (Array.isArray(document) && step === '*') return document.some((item) => hasPlace(item, further));
  if (typeof document !== 'object' || !Object.hasOwn(document, unescapePointer(step))) return false;
  return hasPlace((document as Record<string, unknown>)[unescapePointer(step)], further);
}
