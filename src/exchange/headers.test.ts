import { describe, expect, it } from 'vitest';
import { type Header, headerValue, headerValues, isJsonType, mediaType } from './headers.js';

const headers: readonly Header[] = [
  ['X-One', 'a'],
  ['other', 'b'],
  ['x-one', 'c'],
];

describe('headers', () => {
  it('are found by name without case, in wire order', () => {
    expect(headerValues(headers, 'x-ONE')).toEqual(['a', 'c']);
    expect(headerValue(headers, 'X-one')).toBe('a');
    expect(headerValue(headers, 'absent')).toBeUndefined();
  });
});

describe('a media type', () => {
  it.each([
    ['application/json', 'application/json', undefined],
    ['Application/JSON ; Charset="UTF-8"', 'application/json', 'utf-8'],
    ['application/problem+json;v=1;charset=latin1', 'application/problem+json', 'latin1'],
    ['text/html;notcharset=a', 'text/html', undefined],
    ['', '', undefined],
  ])('%j is read', (value, type, charset) => expect(mediaType(value)).toEqual({ type, charset }));

  it.each(['application/json', 'application/vnd.api+json'])('%s is JSON', (type) =>
    expect(isJsonType(type)).toBe(true),
  );
  it.each(['text/json', 'application/json5', 'application/jsonp', 'text/html', ''])('%j is not', (type) =>
    expect(isJsonType(type)).toBe(false),
  );
});
