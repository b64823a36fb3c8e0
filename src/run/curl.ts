import type { PublicRequest } from '../exchange/public-exchange.js';

/** Longer commands do not fit one argument of a shell. */
const longestCommand = 100_000;

/**
 * One line to paste into a shell: the token comes from the environment, odd bytes travel as base64. Null where
 * the bytes are not all known or the line would not do what it shows.
 */
export function curlOf(request: PublicRequest): string | null {
  const { method, url, headers, body } = request;
  if (body.omitted > 0 || body.state === 'truncated' || body.state === 'undecodable') return null;
  if (!/^[A-Za-z]+$/.test(method) || !isPasteable(url)) return null;
  const parts = ['curl', '-sS', '-i', '-g', '-X', method, '--url', quote(url), ...headers.flatMap(headerOption)];
  const line = withBody(parts.join(' '), body);
  return line.length > longestCommand ? null : line;
}

function withBody(line: string, { text, base64, size }: PublicRequest['body']): string {
  if (size === 0) return line;
  if (text !== null && isPasteable(text) && !text.startsWith('@')) return `${line} --data-binary ${quote(text)}`;
  const packed = base64 ?? Buffer.from(text ?? '').toString('base64');
  return `echo ${packed} | base64 -d | ${line} --data-binary @-`;
}

/** Set by curl itself, or not to be repeated: a client request id counts once. */
const skipped = new Set(['content-length', 'host', 'connection', 'transfer-encoding', 'x-chift-client-requestid']);

function headerOption([name, value]: readonly [string, string]): string[] {
  const key = name.toLowerCase();
  if (skipped.has(key) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !isPasteable(value)) return [];
  if (key === 'authorization') return ['-H', `"${name}: ${schemeOf(value)} $CHIFT_ACCESS_TOKEN"`];
  return ['-H', quote(value === '' ? `${name};` : `${name}: ${value}`)];
}

/** Probes spell the scheme in their own way; that is the point of them. */
function schemeOf(value: string): string {
  return /^(bearer|basic|token)(?= )/i.exec(value)?.[0] ?? 'Bearer';
}

/** A word that a shell takes as it is; plain words stay bare. */
export function shellWord(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : quote(text);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function isPasteable(text: string): boolean {
  return !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(text);
}
