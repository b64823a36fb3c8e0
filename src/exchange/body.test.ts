import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, jsonOf, textOf } from './body.js';

const damage = fc.constantFrom(
  [0xff],
  [0xc3],
  [0xe2, 0x82],
  [0xf0, 0x9f, 0x98],
  [0x80],
  [0xed, 0xa0, 0x80],
  [0xc0, 0xaf],
  [0xf5, 0x80],
);

describe('textOf', () => {
  it('gives back any text that was sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const reading = textOf(bodyOf(text));
        expect(reading).toEqual({
          text: text.replace(/^\ufeff/, ''),
          invalidAt: undefined,
          byteOrderMark: text.startsWith('\ufeff'),
        });
      }),
      { numRuns: 500, seed: 21 },
    );
  });

  it('names the byte at which the first broken sequence begins', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        damage,
        fc.string({ unit: 'grapheme-ascii' }),
        (before, broken, after) => {
          const bytes = Buffer.concat([Buffer.from(before), Buffer.from(broken), Buffer.from(after)]);
          expect(textOf(bodyOf(bytes)).invalidAt).toBe(Buffer.byteLength(before));
        },
      ),
      { numRuns: 1000, seed: 22 },
    );
  });

  it('agrees with the platform on which bytes are UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array({ max: 255 }), (bytes) => {
        const { invalidAt } = textOf(bodyOf(bytes));
        expect(invalidAt === undefined).toBe(isUtf8(bytes));
        if (invalidAt !== undefined) expect(isUtf8(bytes.subarray(0, invalidAt))).toBe(true);
      }),
      { numRuns: 2000, seed: 23 },
    );
  });

  it('reads a body once', () => {
    const body = bodyOf('{"a":1}');
    expect(textOf(body)).toBe(textOf(body));
    expect(jsonOf(body)).toBe(jsonOf(body));
  });
});

describe('bodyOf', () => {
  it('tells an empty body from one that holds something', () => {
    expect(bodyOf('').state).toBe('empty');
    expect(bodyOf(new Uint8Array(0), ['gzip'])).toMatchObject({ state: 'empty', decoded: ['gzip'] });
    expect(bodyOf(' ').state).toBe('present');
  });
});
