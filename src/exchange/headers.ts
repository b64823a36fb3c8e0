/** One header line as it was on the wire: names keep their case, repeats stay separate. */
export type Header = readonly [name: string, value: string];

/** All values of a header, by case-insensitive name, in wire order. */
export function headerValues(headers: readonly Header[], name: string): string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
}

export function headerValue(headers: readonly Header[], name: string): string | undefined {
  return headerValues(headers, name)[0];
}

/** `application/json; charset=utf-8` → `{ type: 'application/json', charset: 'utf-8' }`, both lower-case. */
export function mediaType(value: string): { type: string; charset: string | undefined } {
  const [type = '', ...parameters] = value.split(';');
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/i.exec(parameter)?.[1])
    .find((found) => found !== undefined);
  return { type: type.trim().toLowerCase(), charset: charset?.toLowerCase() };
}

/** JSON as RFC 8259 names it and any `+json` structured suffix (RFC 6839). */
export function isJsonType(type: string): boolean {
  return type === 'application/json' || type.endsWith('+json');
}
