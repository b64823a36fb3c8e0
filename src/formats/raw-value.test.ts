import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rawValueAt } from './raw-value.js';

const key = fc.oneof(fc.constantFrom('a', 'b', '"', '\\', 'é', '__proto__', ''), fc.string());
const layout = fc.constantFrom(undefined, 1, '\t');

it('finds the text of the value that JSON.parse finds', () => {
  fc.assert(
    fc.property(
      fc.dictionary(key, fc.dictionary(key, fc.jsonValue())),
      key,
      key,
      layout,
      (document, outer, inner, indent) => {
        const text = JSON.stringify(document, null, indent);
        const raw = rawValueAt(text, [outer, inner]);
        const parsed = JSON.parse(text);
        const holder = Object.hasOwn(parsed, outer) ? parsed[outer] : undefined;
        const wanted = holder !== undefined && Object.hasOwn(holder, inner) ? holder[inner] : undefined;
        expect(raw === undefined ? undefined : JSON.parse(raw)).toEqual(wanted);
      },
    ),
    { numRuns: 1000, seed: 41 },
  );
});

it('keeps what JSON.parse loses', () => {
  const text = '{"x":{"b":0},"x" : {"\\u0062" : {"a":1, "a":12345678901234567890, "s":"\\ud800\\"}"} }}';
  expect(rawValueAt(text, ['x', 'b'])).toBe('{"a":1, "a":12345678901234567890, "s":"\\ud800\\"}"}');
  expect(rawValueAt(text, [])).toBe(text);
  expect(rawValueAt(text, ['x', 'c'])).toBeUndefined();
  expect(rawValueAt('[1]', ['x'])).toBeUndefined();
});
