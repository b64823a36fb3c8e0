import { describe, expect, it } from 'vitest';
import { secretBytesPattern, secretPattern } from './secret-pattern.js';

/** What is left of the text when everything that the pattern finds is gone. */
const without = (secret: string, text: string): string => text.replaceAll(new RegExp(secretPattern(secret)!, 'g'), '');
const withoutBytes = (secret: string, bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replaceAll(new RegExp(secretBytesPattern(secret)!, 'g'), '');
const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('the pattern of a secret', () => {
  it.each([
    ['a form', 'one two', 'one+two'],
    ['control letters', 'tab\there', 'tab\\there'],
    ['control letters escaped twice', 'tab\there', 'tab\\\\there'],
    ['all control letters', '\b\f\n\r\t', '\\b\\f\\n\\r\\t'],
    ['named entities', `<"&'>`, '&lt;&quot;&amp;&apos;&gt;'],
    ['named entities once more', `<"&'>`, '&amp;lt;&amp;amp;quot;&amp;amp;&amp;apos;&amp;gt;'],
    ['numbered entities', 'wörd', '&#119;&#0246;&#x72;&#X064;'],
    ['surrogates, escaped', 'so😀n', 'so\\ud83d\\uDE00n'],
    ['surrogates, as bytes of a URL', 'so😀n', 'so%F0%9f%98%80n'],
    ['backslashes, doubled again and again', 'a\\\\b!', `a${'\\'.repeat(16)}b!`],
    ['backslashes of a URL', 'a\\b!', 'a%255Cb!'],
    ['backslashes as escapes', 'a\\b!', 'a\\u005cb!'],
    ['backslashes as entities', 'a\\b!', 'a&#x5C;b!'],
  ])('finds it in %s', (_, secret, text) => expect(without(secret, `-${text}-`)).toBe('--'));

  it.each([
    ['a plus for a letter', 'ab+d'],
    ['a letter that is no control', 'ab\\undefinedd'],
    ['an entity of no name', 'ab&undefined;d'],
    ['half of it', 'abc'],
    ['its letters apart', 'a b c d'],
  ])('does not take %s for it', (_, text) => expect(without('abcd', text)).toBe(text));

  it('finds it in base64 when it was escaped for JSON before', () => {
    const secret = 'say "hi" to\u0007 no one';
    const json = JSON.stringify({ a: secret });
    for (const before of ['', ' ', '  '])
      expect(atob(without(secret, btoa(before + json)).slice(0, 8))).toBe((before + json).slice(0, 6));
    for (const before of ['', ' ', '  ']) expect(without(secret, btoa(before + json)).length).toBeLessThan(16);
  });

  it('finds it in hex when it was escaped for JSON before', () => {
    const secret = 'say "hi"';
    expect(without(secret, `-${Buffer.from('say \\"hi\\"').toString('hex')}-`)).toBe('--');
  });

  it.each([
    ['ASCII', 'plain-ASCII 1'],
    ['Latin-1', 'Ünï-sécret'],
    ['ASCII before', 'ABCDŁódź'],
    ['ASCII behind', 'ŁódźABCD'],
    ['surrogates', 'so😀n'],
  ])('finds it in UTF-16 of either order: %s', (_, secret) => {
    expect(withoutBytes(secret, Buffer.from(secret, 'utf16le')).replaceAll('\0', '')).toBe('');
    expect(withoutBytes(secret, bigEndian(secret)).replaceAll('\0', '')).toBe('');
  });

  it('finds it in UTF-16 that is cut inside of its last character', () => {
    expect(withoutBytes('abcd', Buffer.from('abcd', 'utf16le').subarray(0, -1))).toBe('');
  });

  it.each(['abcd', 'Zoë-1', 'Łódź'])('finds %s in UTF-8 read as Latin-1, and leaves other bytes alone', (secret) => {
    const bytes = Buffer.from(`\u0001${secret}\u0002`);
    expect(withoutBytes(secret, bytes)).toBe('\u0001\u0002');
    const other = Buffer.from([0, 1, 2, 0xc3, 0xff, 0x61, 0x62]);
    expect(withoutBytes(secret, other)).toBe(other.toString('latin1'));
  });

  it('is none for the empty text', () => {
    expect([secretPattern(''), secretBytesPattern('')]).toEqual([undefined, undefined]);
  });

  it('finds a short one only where it stands alone', () => {
    expect(without('a.c', 'a.c abc xa.c a.cx (a.c)')).toBe(' abc xa.c a.cx ()');
    expect(without('abcd', 'xabcdx')).toBe('xx');
  });
});
