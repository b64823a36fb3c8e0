import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ElementScanner, type Scanned, type Target } from './element-scanner.js';

const target: Target = { path: ['log', 'entries'], siblings: ['creator'], cap: 1000 };

/** Cuts the bytes at the given places, as a file or a socket would. */
function scan(text: string, cuts: readonly number[] = [], options: Target = target): Scanned[] {
  const bytes = Buffer.from(text);
  const scanner = new ElementScanner(options);
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const chunks = [0, ...places].map((from, at) => bytes.subarray(from, places[at] ?? bytes.length));
  return [...chunks.flatMap((chunk) => scanner.push(chunk)), ...scanner.end()];
}

const textOf = ({ bytes }: Scanned): string => Buffer.from(bytes ?? []).toString('utf8');
const anyText = fc.string({
  unit: fc.oneof(fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', '\n', 'é'), fc.string()),
});
const container = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(anyText, fc.oneof(anyText, fc.jsonValue())));
const layout = fc.constantFrom(undefined, 1, '\t');

describe('ElementScanner', () => {
  it('finds every element whole, however the document is laid out and its bytes are cut', () => {
    const cuts = fc.array(fc.nat(5000), { maxLength: 12 });
    const siblings = fc.dictionary(
      anyText.filter((key) => key !== 'log' && key !== 'entries'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.array(container), siblings, layout, cuts, (entries, others, indent, at) => {
        const document = { ...others, log: { ...others, creator: {}, pages: [{ entries: [{}] }], entries, ...others } };
        const found = scan(JSON.stringify(document, null, indent), at, { ...target, cap: 1e6, siblings: [] });
        expect(found.map((one) => JSON.parse(textOf(one)))).toEqual(JSON.parse(JSON.stringify(entries)));
        expect(found.map(({ index }) => index)).toEqual(entries.map((_, index) => index));
      }),
      { numRuns: 300, seed: 1, endOnFailure: true },
    );
  });

  it('says where an element stands', () => {
    const [first, second] = scan('{"log":{\n "entries": [\n  {"a":\n1},\n  {"b":2}]}}');
    expect(first).toMatchObject({ index: 0, line: 3, offset: 25 });
    expect(second).toMatchObject({ index: 1, line: 5 });
  });

  it('takes the root for the array when no key leads to it', () => {
    expect(scan('\ufeff [{"a":1},[2]]', [], { path: [], cap: 99 }).map(textOf)).toEqual(['{"a":1}', '[2]']);
  });

  it('hands over the siblings asked for', () => {
    const [creator] = scan('{"log":{"creator":{"name":"x"},"version":"1.2","entries":[]}}');
    expect(creator).toMatchObject({ sibling: 'creator' });
    expect(textOf(creator!)).toBe('{"name":"x"}');
  });

  it('is not led astray by the right keys in the wrong place', () => {
    const text = '{"entries":[{}],"a":{"log":{"entries":[{}]}},"log":{"x":"entries","entries":{"entries":[{}]}}}';
    const scanner = new ElementScanner(target);
    expect(scanner.push(Buffer.from(text))).toEqual([]);
    expect(scanner.found).toBe(false);
  });

  const problems: [what: string, text: string, found: Partial<Scanned>[]][] = [
    [
      'an element that is none',
      '{"log":{"entries":[1,"a,]",{}]}}',
      [{ index: 0, problem: 'not an object' }, { index: 1, problem: 'not an object' }, { index: 2 }],
    ],
    [
      'a cut within an element',
      '{"log":{"entries":[{},\n{"a":"}',
      [{ index: 0 }, { index: 1, line: 2, problem: 'the document ends within this entry, at byte 30' }],
    ],
    [
      'a cut after an element',
      '{"log":{"entries":[{}',
      [{ index: 0 }, { index: 1, problem: 'the document ends at byte 21 before it is closed' }],
    ],
    [
      'brackets that do not match',
      '{"log":{"entries":[{]},{}]}}',
      [{ index: 0 }, { index: 1, problem: 'the brackets do not match, at byte 21' }],
    ],
    [
      'data after the end',
      '{"log":{"entries":[{}]}} x',
      [{ index: 0 }, { index: 1, problem: 'data after the end of the document, at byte 25' }],
    ],
    [
      'an element beyond the cap',
      `{"log":{"entries":[{"a":"${'x'.repeat(2000)}"},{}]}}`,
      [{ index: 0, problem: 'larger than 1000 bytes (2008)' }, { index: 1 }],
    ],
  ];
  it.each(problems)('tells %s', (_, text, found) => {
    for (const cuts of [[], [...Array(text.length).keys()]])
      expect(scan(text, cuts)).toEqual(found.map((one) => expect.objectContaining(one)));
  });
});
