import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atPointer } from '../exchange/json.js';
import { jsonLines, linesAt } from './json-lines.js';

const written = (text: string): string =>
  jsonLines(text)!
    .map(({ text: line }) => line)
    .join('');

describe('the lines of a JSON text', () => {
  it('say what the text says, each at its own pointer', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'medium' }), fc.constantFrom(0, 2), (value, indent) => {
        const lines = jsonLines(JSON.stringify(value, null, indent))!;
        expect(JSON.parse(lines.map(({ text }) => text).join(''))).toEqual(JSON.parse(JSON.stringify(value)));
        for (const { pointer } of lines) expect(atPointer(value, pointer)).not.toBeUndefined();
        expect(lines.map(({ depth, text }) => '  '.repeat(depth) + text).join('\n')).toBe(
          JSON.stringify(value, null, 2),
        );
      }),
      { seed: 41 },
    );
  });

  it('keep tokens as they were: digits, escapes, repeated keys', () => {
    expect(written('{"a":1.0,"a":1e2,"\\u0062" : [ "\\/", -0 ]}')).toBe('{"a": 1.0,"a": 1e2,"\\u0062": ["\\/",-0]}');
  });

  it('are not made of what is no JSON', () => expect(jsonLines('{"a":')).toBeUndefined());

  it('are found by pointer, with all that lies below', () => {
    const lines = jsonLines('{"a":{"b":[1,2]},"ab":3}')!;
    expect(linesAt(lines, '/a/b')).toEqual({ hits: new Set([2, 3, 4, 5]), missing: false });
    expect(linesAt(lines, '/ab')).toEqual({ hits: new Set([7]), missing: false });
  });

  it('show the place around what is missing', () => {
    const lines = jsonLines('{"a":{"b":1}}')!;
    expect(linesAt(lines, '/a/c')).toEqual({ hits: new Set([1]), missing: true });
    expect(linesAt(lines, '/x/y/z')).toEqual({ hits: new Set([0]), missing: true });
  });
});
