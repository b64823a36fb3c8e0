import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue, isFindingCode, severityOf } from './catalogue.js';
import { fingerprint, generalPointer } from './finding.js';

const finding = {
  code: 'response.body.type',
  endpoint: 'createContact',
  at: { part: 'response.body', pointer: '/addresses/0/city' },
  rule: 'type string',
} as const;

describe('a fingerprint', () => {
  it('is code, endpoint, part, place and rule', () => {
    expect(fingerprint(finding)).toBe('response.body.type|createContact|response.body|/addresses/*/city|type string');
  });

  it('does not tell the items of a list apart', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        const at = (index: number) => ({
          ...finding,
          at: { ...finding.at, pointer: `/addresses/${index}/${index}/x` },
        });
        expect(fingerprint(at(a))).toBe(fingerprint(at(b)));
      }),
      { seed: 1 },
    );
  });

  it.each([
    { ...finding, code: 'response.body.enum' as const },
    { ...finding, endpoint: 'getContact' },
    { ...finding, at: { ...finding.at, part: 'request.body' as const } },
    { ...finding, at: { ...finding.at, pointer: '/addresses/0/name' } },
    { ...finding, rule: 'type number' },
  ])('tells anything else apart', (other) => expect(fingerprint(other)).not.toBe(fingerprint(finding)));
});

describe('a general pointer', () => {
  it.each([
    ['', ''],
    ['/0', '/*'],
    ['/0/1', '/*/*'],
    ['/a0/1b/007', '/a0/1b/*'],
    ['/a/-', '/a/-'],
  ])('of %j is %j', (pointer, general) => expect(generalPointer(pointer)).toBe(general));
});

describe('the catalogue', () => {
  const codes = Object.keys(catalogue);

  it('has codes that are dotted, lower-case and never a name that every object has', () => {
    expect(codes.filter((code) => !/^[a-z]+(\.[a-z]+(-[a-z]+)*)+$/.test(code))).toEqual([]);
    expect(isFindingCode('toString')).toBe(false);
    expect(isFindingCode('response.body.type')).toBe(true);
    expect(severityOf('response.body.undocumented-field')).toBe('info');
  });

  it('says of each what it means, with an example and what to do', () => {
    for (const [code, entry] of Object.entries(catalogue))
      for (const text of [entry.title, entry.meaning, entry.example, entry.advice])
        expect(text.trim(), code).toMatch(/^.{5,}/s);
    expect(new Set(Object.values(catalogue).map(({ title }) => title)).size).toBe(codes.length);
  });
});
