import { describe, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { matchKnown, readKnown } from './known.js';

const entry = { fingerprint: 'a|b', reason: 'ticket 7' };
const read = (value: unknown) => readKnown(typeof value === 'string' ? value : JSON.stringify(value), 'known.json');

describe('a file of accepted findings', () => {
  it('is a list, or an object with one', () => {
    expect(read([entry])).toEqual([entry]);
    expect(read({ $schema: 'x', known: [{ ...entry, expires: '2026-12-31' }] })).toHaveLength(1);
    expect(read([{ ...entry, expires: null }])[0]?.expires).toBeNull();
    expect(read([])).toEqual([]);
  });

  it.each<[unknown, string]>([
    ['{', 'known.json is not JSON'],
    ['', 'known.json is not JSON'],
    [17, 'known.json: the document: '],
    [{}, 'known.json: known: '],
    [{ known: [entry, { reason: 'x' }] }, 'known.json: known.1.fingerprint: '],
    [[entry, { ...entry, reason: '' }], 'known.json: 1.reason: '],
    [[{ ...entry, expires: '31/12/2026' }], 'known.json: 0.expires: '],
    [[{ ...entry, expires: '2026-02-30' }], 'known.json: 0.expires: '],
    [[{ ...entry, expire: '2026-12-31' }], 'known.json: 0: '],
  ])('%j is refused at the place that is wrong', (value, message) => {
    expect(() => read(value)).toThrow(HarnessError);
    expect(() => read(value)).toThrow(message);
  });
});

describe('an accepted finding', () => {
  const until = (expires: string | null) => [{ ...entry, expires }];

  it.each([
    [until(null), true],
    [[entry], true],
    [until('2026-05-01'), true],
    [until('2026-05-02'), true],
    [until('2026-04-30'), false],
  ])('%j covers the first of May: %s', (known, covers) => {
    const match = matchKnown(known, 'a|b', '2026-05-01');
    expect(match.covering !== undefined).toBe(covers);
    expect(match.expired !== undefined).toBe(!covers);
  });

  it('counts by any entry that still holds, and for no other fingerprint', () => {
    const known = [...until('2020-01-01'), ...until('2030-01-01')];
    expect(matchKnown(known, 'a|b', '2026-05-01')).toEqual({ covering: known[1], expired: undefined });
    expect(matchKnown(known, 'a', '2026-05-01')).toEqual({ covering: undefined, expired: undefined });
  });
});
