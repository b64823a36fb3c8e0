import type { PublicExchange } from '../exchange/redact.js';

type PublicRequest = PublicExchange['request'];

/** One line to paste into a shell: the token comes from the environment, odd bytes travel as base64. */
export function curlOf(request: PublicRequest): string {
  const { method, url, headers, body } = request;
  const parts = ['curl', '-sS', '-i', '-X', method, quote(url)];
  for (const [name, value] of headers) {
    if (skipped.has(name.toLowerCase())) continue;
    parts.push(
      '-H',
      name.toLowerCase() === 'authorization'
        ? `"Authorization: Bearer $CHIFT_ACCESS_TOKEN"`
        : quote(`${name}: ${value}`),
    );
  }
  if (body.state === 'empty' || body.state === 'absent') return parts.join(' ');
  if (body.text !== null && isPasteable(body.text)) return [...parts, '--data-binary', quote(body.text)].join(' ');
  const base64 = body.base64 ?? Buffer.from(body.text ?? '').toString('base64');
  return `echo ${base64} | base64 -d | ${parts.join(' ')} --data-binary @-`;
}

/** Set by curl itself, or not to be repeated: a client request id counts once. */
const skipped = new Set(['content-length', 'host', 'connection', 'x-chift-client-requestid']);

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function isPasteable(text: string): boolean {
  return !/[\u0000-\u0008\u000b-\u001f\u007f\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(text);
}
