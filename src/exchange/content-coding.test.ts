import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { undoContentCoding } from './content-coding.js';

const encoders = {
  gzip: gzipSync,
  'X-GZIP': gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  identity: (bytes: Uint8Array) => bytes,
};
const names = fc.constantFrom(...(Object.keys(encoders) as (keyof typeof encoders)[]));

describe('undoContentCoding', () => {
  it('undoes what was applied, the last coding first', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.array(names, { maxLength: 3 }), (bytes, codings) => {
        const raw = codings.reduce((coded: Uint8Array, name) => encoders[name](coded), bytes);
        const { body, defects } = undoContentCoding(raw, codings.join(' , '), 1e6);
        expect(Buffer.from(body.bytes)).toEqual(Buffer.from(bytes));
        expect(body.decoded).toEqual(
          codings
            .filter((name) => name !== 'identity')
            .map((name) => name.toLowerCase())
            .reverse(),
        );
        expect(defects).toEqual([]);
      }),
      { numRuns: 200, seed: 31 },
    );
  });

  it('reads deflate with and without the zlib frame, as browsers do', () => {
    expect(Buffer.from(undoContentCoding(deflateRawSync('{}'), 'deflate', 99).body.bytes).toString()).toBe('{}');
  });

  it('reads zstd where Node does, and says from when on it does', () => {
    // A frame of one block that is not compressed.
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 2, 0x11, 0, 0, 0x7b, 0x7d]);
    const { body } = undoContentCoding(frame, 'zstd', 99);
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    if (major > 22 || (major === 22 && minor >= 15)) expect(Buffer.from(body.bytes).toString()).toBe('{}');
    else expect(body.problem).toBe('has the content-encoding zstd, which Node reads from 22.15 on');
  });

  it('takes nothing at all for nothing, whatever it is called', () => {
    expect(undoContentCoding(new Uint8Array(0), 'gzip', 99)).toMatchObject({ body: { state: 'empty' }, defects: [] });
  });

  const cut = gzipSync('x'.repeat(1000)).subarray(0, 15);
  const chain = [1, 2, 3, 4].reduce((bytes: Uint8Array) => gzipSync(bytes), Buffer.from('x'));
  const refused: [what: string, raw: Uint8Array, header: string, kind: string, problem: string][] = [
    ['text called gzip', Buffer.from('{"a":1}'), 'gzip', 'content-coding', 'does not decode as gzip'],
    ['gzip cut short', cut, 'gzip', 'content-coding', 'does not decode as gzip'],
    ['a coding nobody knows', Buffer.from('x'), 'rot13', 'content-coding', 'has the unknown content-encoding rot13'],
    [
      'a name of every object',
      Buffer.from('x'),
      'constructor',
      'content-coding',
      'has the unknown content-encoding constructor',
    ],
    ['a chain of codings', chain, 'gzip, gzip, gzip, gzip', 'content-coding', 'has more than 3 content-codings'],
    ['a bomb', gzipSync(Buffer.alloc(50_000_000)), 'gzip', 'too-large', 'decodes to over 1000000 bytes'],
    [
      'a bomb in a bomb',
      gzipSync(gzipSync(Buffer.alloc(50_000_000))),
      'gzip, gzip',
      'too-large',
      'decodes to over 1000000 bytes',
    ],
  ];
  it.each(refused)('tells %s, and keeps the bytes', (_, raw, header, kind, problem) => {
    const { body, defects } = undoContentCoding(raw, header, 1e6);
    expect(body).toEqual({ state: 'undecodable', bytes: raw, decoded: [], problem });
    expect(defects).toEqual([{ kind, detail: `the body ${problem}` }]);
  });
});
