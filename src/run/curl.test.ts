import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, emptyBody } from '../exchange/body.js';
import type { HttpRequest } from '../exchange/exchange.js';
import { createRedactor } from '../exchange/redact.js';
import { curlOf } from './curl.js';

const plain: HttpRequest = { method: 'POST', url: 'http://127.0.0.1:1/x', headers: [], body: emptyBody };

function lineFor(part: Partial<HttpRequest>): string | null {
  return curlOf(
    createRedactor([]).exchange({
      id: '1',
      origin: { kind: 'live', property: 'p', path: '0' },
      request: { ...plain, ...part },
      outcome: { kind: 'unanswered', reason: 'reset', detail: '' },
      before: [],
    }).request,
  );
}

/** What a shell hands to the program named curl: its arguments and its standard input, each in base64. */
function inShell(line: string): { args: string[]; input: Buffer } {
  const script = `curl() { for a in "$@"; do printf '%s' "$a" | base64 -w0; echo; done; echo =; for a in "$@"; do [ "$a" = @- ] && base64 -w0; done; true; }\n${line}`;
  const output = execFileSync('sh', ['-c', script], {
    env: { PATH: process.env['PATH'], CHIFT_ACCESS_TOKEN: 'tok' },
  });
  const [args, input] = splitAtMarker(output.toString());
  return {
    args: args
      .split('\n')
      .filter(Boolean)
      .map((arg) => Buffer.from(arg, 'base64').toString()),
    input: Buffer.from(input, 'base64'),
  };
}

function splitAtMarker(output: string): [string, string] {
  const at = output.search(/^=$/m);
  return [output.slice(0, at), output.slice(at + 2)];
}

describe('the curl line', () => {
  it('carries every body through a shell, byte for byte', () => {
    const bodies = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }).map((text) => Buffer.from(text)),
      fc.uint8Array({ minLength: 1 }),
    );
    fc.assert(
      fc.property(bodies, (bytes) => {
        const { args, input } = inShell(lineFor({ body: bodyOf(bytes) })!);
        const data = args.at(-1)!;
        const carried = data === '@-' ? input : Buffer.from(data);
        expect(carried.equals(Buffer.from(bytes))).toBe(true);
      }),
      {
        seed: 5,
        numRuns: 20,
        examples: [[Buffer.from('@/etc/hostname')], [Buffer.from("it's $(id) `id`")], [Buffer.from('@-')]],
      },
    );
  });

  it('quotes the address and the headers, and takes the token from the environment', () => {
    const { args } = inShell(
      lineFor({
        url: "http://127.0.0.1:1/x?q='$(id)'&r=[1-9]",
        headers: [
          ['Authorization', 'bearer abc'],
          ['X-Odd', "a'b; $(id)"],
          ['X-Empty', ''],
          ['content-length', '7'],
        ],
      })!,
    );
    expect(args).toEqual([
      ...['-sS', '-i', '-g', '-X', 'POST', '--url', "http://127.0.0.1:1/x?q='$(id)'&r=[1-9]"],
      ...['-H', 'Authorization: bearer tok', '-H', "X-Odd: a'b; $(id)", '-H', 'X-Empty;'],
    ]);
  });

  it.each([
    ['a method that is no word', { method: 'GET; id' }],
    ['an address that would write to the terminal', { url: 'http://h/\u001b[2J' }],
    ['a body that was cut', { body: { state: 'truncated' as const, bytes: Buffer.from('{"a'), decoded: [] } }],
    ['a body that is too long', { body: bodyOf('a'.repeat(200_000)) }],
  ])('is not given for %s', (_, part) => expect(lineFor(part)).toBeNull());

  it('leaves out header names that curl would read otherwise', () => {
    expect(lineFor({ headers: [['@/etc/hostname', 'x']] })).not.toContain('hostname');
  });
});
