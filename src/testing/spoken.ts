/** One exchange that every format can tell: answered, its bodies text. */
export interface Spoken {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly requestHeaders: readonly (readonly [string, string])[];
  readonly requestBody: string;
  readonly status: number;
  readonly responseHeaders: readonly (readonly [string, string])[];
  readonly responseBody: string;
}

export const pairs = (headers: Spoken['requestHeaders']) => headers.map(([name, value]) => ({ name, value }));
export const keyed = (headers: Spoken['requestHeaders']) => headers.map(([key, value]) => ({ key, value }));
export const single = (headers: Spoken['requestHeaders']) => Object.fromEntries(headers);
export const lists = (headers: Spoken['requestHeaders']) =>
  Object.fromEntries(headers.map(([name, value]) => [name, [value]]));
export const base64 = (text: string) => Buffer.from(text).toString('base64');
export const bytes = (text: string) => Buffer.byteLength(text);
