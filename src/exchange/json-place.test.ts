import { describe, expect, it } from 'vitest';
import {
  anyOf,
  anyText,
  closerLook,
  type JsonPlace,
  ListPlace,
  literalPlace,
  NullablePlace,
  numberPlace,
  textPlace,
} from './json-place.js';
import { KeptMembers } from './kept-text.js';
import { ObjectPlace, recordPlace } from './object-place.js';

const bytesOf = (text: string): Buffer => Buffer.from(`${text}\n`);
/** Whether the place takes all of a text, whatever JSON goes on with behind it. */
function takes(place: JsonPlace, text: string): boolean {
  const ends = ['\n', ',1\n', ' ]\n', '}\n'].map((rest) => place.match(Buffer.from(`${text}${rest}`), 0));
  const all = Buffer.byteLength(text);
  expect(ends.every((end) => end === ends[0]) || ends[0]! < all, text).toBe(true);
  return ends[0] === all;
}

const must = (place: JsonPlace) => ({ place, optional: false });
const may = (place: JsonPlace) => ({ place, optional: true });
const pair = new ObjectPlace({ a: must(anyText), 'b"c': may(numberPlace((value) => value < 100)) });

const places: readonly [name: string, JsonPlace, taken: readonly string[], left: readonly string[]][] = [
  ['nothing', closerLook, [], ['null', '""']],
  [
    'any text',
    anyText,
    ['""', '"a b"', '"Zoë 😀"', '"\u007f"'],
    ['', 'a', '"a', '"a\\n"', '"a\tb"', '"a\u0001"', '"\ufffd"', '"\uff21"', "'a'", '"\\u0041"'],
  ],
  ['a text that passes', textPlace((text) => text === 'é'), ['"é"'], ['"e"', 'é', '"é']],
  [
    'a number that passes',
    numberPlace((value) => value >= -2),
    ['0', '-1', '12', '0.5', '123456789012345', '1.5', '10'],
    ['', '-', '-3', '01', '-0', '1.', '.5', '1e2', '1E2', '1234567890123456', '0.123456789012345', '+1', 'NaN'],
  ],
  [
    'one of a few scalars',
    literalPlace(['x', 1, true, null]),
    ['"x"', '1', 'true', 'null'],
    ['"y"', '12', 'truely', 'nul', '1.0', '"x', ''],
  ],
  ['a list of ones', new ListPlace(literalPlace([1])), ['[1,1]'], ['[12]', '[1.0]']],
  ['a list of numbers', new ListPlace(numberPlace(() => true)), ['[1,20]'], ['[1x]', '[1e2]', '[1.2.3]']],
  ['one of two', anyOf([literalPlace([1]), anyText]), ['1', '"1"'], ['2', 'null']],
  ['null or text', new NullablePlace(anyText), ['null', '"n"'], ['nul', 'nullx', 'true']],
  [
    'a list of one or two',
    new ListPlace(anyText, 1, 2),
    ['["a"]', '[ "a" ,\t"b"\r]'],
    ['[]', '["a","b","c"]', '["a",]', '["a"', '["a" "b"]', '[,]', '[1]', '"a"', '["a"}'],
  ],
  ['any list', new ListPlace(anyText), ['[]', '[ ]'], ['[', ']', '["a"\n]']],
  [
    'an object',
    pair,
    ['{"a":"x"}', '{"b\\"c":7,"a":"x"}', '{ "a" : "x" , "b\\"c" : 7 }', '{"a":"x","b\\"c":7}'],
    [
      ...[
        '{}',
        '{"b\\"c":7}',
        '{"a":"x","a":"x"}',
        '{"a":"x","d":1}',
        '{"a":1}',
        '{"a":"x",}',
        '{"a":"x"',
        '{"a" "x"}',
      ],
      ...[
        '{"a":"x" "b\\"c":7}',
        '["a"]',
        '{a:"x"}',
        '{"\\u0061":"x"}',
        '{"b\\"c":7,"a":"x","b\\"c":7}',
        '{"a":"x","b\\"c":700}',
        '{"ab":"x"}',
      ],
    ],
  ],
  ['an object without members', new ObjectPlace({}), ['{}', '{ }'], ['{"a":1}', '{']],
  [
    'a record of texts',
    recordPlace(anyText),
    ['{}', '{ "a" : "x" }', '{"a":"x","b":"y"}', '{"a":"x","a":"y"}'],
    ['{"a":1}', '{"a"}', '{"a":"x",}', '{"a":"x"', '{"a":"x"]', '[]', '{a:"x"}', '{"a":"x" "b":"y"}'],
  ],
];

describe.each(places)('a place for %s', (_, place, taken, left) => {
  it.each([...taken.map((text) => [text, true] as const), ...left.map((text) => [text, false] as const)])(
    'and %j: %s',
    (text, expected) => expect(takes(place, text)).toBe(expected),
  );
});

describe('an object place', () => {
  it('tells where the values stood, until it matches again', () => {
    const bytes = bytesOf('{ "b\\"c" : 7 , "a": "x" }');
    pair.match(bytes, 0);
    const at = (index: number) => [pair.has(index), bytes.toString('utf8', pair.startOf(index), pair.endOf(index))];
    expect([at(0), at(1)]).toEqual([
      [true, '"x"'],
      [true, '7'],
    ]);
    pair.match(bytesOf('{"a":"y"}'), 0);
    expect([pair.has(1), pair.startOf(1), pair.has(0)]).toEqual([false, -1, true]);
  });

  it('takes any order, one after the other', () => {
    const texts = ['{"a":"x","b\\"c":7}', '{"b\\"c":7,"a":"x"}', '{"a":"x"}'];
    for (const text of [...texts, ...texts.reverse()]) expect(takes(pair, text)).toBe(true);
  });
});

describe('members', () => {
  const item = () => new ObjectPlace({ k: may(new NullablePlace(anyText)), l: may(new ListPlace(anyText)) });
  const shape = () =>
    new ObjectPlace({
      t: may(new NullablePlace(anyText)),
      n: may(numberPlace(() => true)),
      i: may(new ListPlace(item())),
    });

  it.each([
    ['{}', '{}', true],
    ['{"t":"a"}', '{"t":"a"}', true],
    ['{"t":"a"}', '{"t":"b"}', false],
    ['{"t":"a"}', '{"t":"ab"}', false],
    ['{"t":"ab"}', '{"t":"a"}', false],
    ['{"t":null}', '{}', true],
    ['{}', '{"t":null}', true],
    ['{"t":"a"}', '{"t":null}', false],
    ['{"t":null}', '{"t":"a"}', false],
    ['{"t":"a"}', '{}', false],
    ['{}', '{"t":"a"}', false],
    ['{"n":1}', '{"n":1}', true],
    ['{"n":1}', '{"n":10}', false],
    ['{"i":[]}', '{}', true],
    ['{"i":[ ]}', '{"i":[]}', true],
    ['{"i":[{}]}', '{"i":[]}', false],
    ['{"i":[]}', '{"i":[{}]}', false],
    ['{"i":[{"k":"a"}]}', '{"i":[{"k":"a"}]}', true],
    ['{"i":[{"k":"a"}]}', '{"i":[ {"l":[],"k":"a"} ]}', true],
    ['{"i":[{"k":"a"}]}', '{"i":[{"k":"b"}]}', false],
    ['{"i":[{"k":"a"}]}', '{"i":[{"k":"a"},{}]}', false],
    ['{"i":[{"k":"a"},{}]}', '{"i":[{"k":"a"}]}', false],
    ['{"i":[{"k":"a"},{"l":["x"]}]}', '{"i":[{"k":"a","l":[]}, {"k":null,"l":["x"]}]}', true],
    ['{"i":[{"k":"a"},{"l":["x"]}]}', '{"i":[{"l":["x"]},{"k":"a"}]}', false],
    ['{"i":[{"l":["x","y"]}]}', '{"i":[{"l":["x" ,"y"]}]}', true],
    ['{"i":[{"l":["x","y"]}]}', '{"i":[{"l":["x"]}]}', false],
  ])('of %s in %s are kept: %s', (sent, came, kept) => {
    const [was, is] = [shape(), shape()];
    const bytes = Buffer.from(`${sent}\n${came}\n`);
    expect(was.match(bytes, 0)).toBe(sent.length);
    expect(is.match(bytes, sent.length + 1)).toBe(bytes.length - 1);
    expect(new KeptMembers(was, is, ['t', 'n', 'i']).areKept(bytes)).toBe(kept);
  });

  it('of other names are nobody’s', () => {
    const [was, is] = [shape(), shape()];
    const bytes = Buffer.from('{"t":"a"}\n{"t":"b"}\n');
    was.match(bytes, 0);
    is.match(bytes, 10);
    expect([new KeptMembers(was, is, ['n']).areKept(bytes), new KeptMembers(was, is, []).areKept(bytes)]).toEqual([
      true,
      true,
    ]);
  });
});
