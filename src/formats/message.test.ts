import { brotliCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absentBody, emptyBody } from '../exchange/body.js';
import type { Header } from '../exchange/headers.js';
import {
  base64Body,
  codedBody,
  emptyRecorded,
  encodedBody,
  formBody,
  hasNoBody,
  headersOf,
  isObject,
  own,
  type Recorded,
  statusOf,
  templated,
  textBody,
  unrecordedRequestBody,
} from './message.js';

/** A body as text, with what was undone to get it, and what the recorder lost. */
function told({ body, fidelity }: Recorded) {
  return [body.state, Buffer.from(body.bytes).toString(), body.decoded, fidelity];
}
const asItIs = (text: string) => [text === '' ? 'empty' : 'present', text, [], []];
const wellFormed = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\ufffd'));
/** No UTF-8, and no coding that shows. */
const image = Buffer.from('89504e470d0a1a0a', 'hex');

describe('an own key', () => {
  it.each<[unknown, string, unknown]>([
    [{ a: 1 }, 'a', 1],
    [{ a: 1 }, 'b', undefined],
    [{}, 'constructor', undefined],
    [JSON.parse('{"__proto__": 2}'), '__proto__', 2],
    [null, 'a', undefined],
    ['text', 'length', undefined],
    [[1], 'length', undefined],
  ])('of %j, %s, is %j', (value, key, expected) => {
    expect(own(value, key)).toBe(expected);
  });

  it('is of an object, which no list and no null is', () => {
    expect([{}, [], null, undefined, 'x', 1].map(isObject)).toEqual([true, false, false, false, false, false]);
  });
});

const field = fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,8}$/);
const lines = fc.array(fc.tuple(field, fc.string()));

describe('header lines', () => {
  it('are the same however a recorder wrote them', () => {
    fc.assert(
      fc.property(lines, (headers) => {
        const noise = [[':authority', 'x'] as const, ['', 'x'] as const, ...headers];
        expect(headersOf(noise)).toEqual(headers);
        expect(headersOf(noise.map(([name, value]) => ({ name, value })))).toEqual(headers);
        expect(headersOf(noise.map(([key, value]) => ({ key, value })))).toEqual(headers);
        const names = [...new Set(noise.map(([name]) => name))];
        const lists = names.map((name) => [name, noise.filter(([own]) => own === name).map(([, value]) => value)]);
        const sorted = [...headers].sort(([a], [b]) => names.indexOf(a) - names.indexOf(b));
        expect(headersOf(Object.fromEntries(lists))).toEqual(sorted);
      }),
      { seed: 31, numRuns: 100 },
    );
  });

  it.each<[unknown, readonly Header[] | undefined]>([
    [undefined, []],
    [null, []],
    [[], []],
    [{}, []],
    ['a: b', undefined],
    [7, undefined],
    [{ a: 'b' }, [['a', 'b']]],
    [
      { a: null, b: 7, c: true },
      [
        ['a', ''],
        ['b', '7'],
        ['c', 'true'],
      ],
    ],
    [[['a', 7]], [['a', '7']]],
    [[['a']], [['a', '']]],
    [[['a', null]], [['a', '']]],
    [[['a', 'b', 'c']], [['a', 'b']]],
    [[[7, 'b']], undefined],
    [[{ name: 'a' }], [['a', '']]],
    [[{ name: 7, value: 'b' }], undefined],
    [[['a', 'b'], 'c'], undefined],
  ])('of %j are %j', (written, expected) => {
    expect(headersOf(written)).toEqual(expected);
  });
});

it('a status is a whole number from 0 to 999, or up to three digits in text', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5, max: 1100 }), (status) => {
      const known = status >= 0 && status <= 999 ? status : undefined;
      expect(statusOf(status)).toBe(known);
      expect(statusOf(String(status))).toBe(known);
    }),
    { seed: 32, numRuns: 500 },
  );
  expect([0, 999, '0', '999', '007'].map(statusOf)).toEqual([0, 999, 0, 999, 7]);
  for (const none of [
    -1,
    1000,
    '2e2',
    '200 ',
    [200],
    '1000',
    200.5,
    '200 OK',
    'HTTP 200',
    '',
    ' 200',
    null,
    true,
    Number.NaN,
  ])
    expect(statusOf(none)).toBe(undefined);
});

describe('a body that was not recorded', () => {
  it.each<[number, string, readonly Header[], boolean]>([
    [200, 'GET', [], false],
    [204, 'GET', [], true],
    [304, 'GET', [], true],
    [200, 'HEAD', [], true],
    [200, 'GET', [['Content-Length', '0']], true],
    [200, 'GET', [['Content-Length', '1']], false],
  ])('of a %d to a %s with %j was there to record, or not: %j', (status, method, headers, none) => {
    expect(hasNoBody(status, method, headers)).toBe(none);
  });

  it.each<[string, readonly Header[], unknown]>([
    ['GET', [], emptyBody],
    ['get', [], emptyBody],
    ['HEAD', [], emptyBody],
    ['OPTIONS', [], emptyBody],
    ['TRACE', [], emptyBody],
    ['DELETE', [], emptyBody],
    ['POST', [], absentBody],
    ['PATCH', [], absentBody],
    ['POST', [['Content-Length', '0']], emptyBody],
    ['POST', [['Content-Length', '3']], absentBody],
    ['GET', [['Content-Length', '3']], absentBody],
    ['GET', [['Transfer-Encoding', 'chunked']], absentBody],
  ])('of a %s with %j is empty only where nothing speaks of one', (method, headers, body) => {
    expect(unrecordedRequestBody(method, headers)).toEqual(body);
  });
});

describe('a body told as text', () => {
  it('is that text, whether or not its bytes were counted', () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        expect(told(textBody(text, undefined))).toEqual(asItIs(text));
        expect(told(textBody(text, Buffer.byteLength(text)))).toEqual(asItIs(text));
      }),
      { seed: 33, numRuns: 200 },
    );
  });

  it('is taken back from Latin-1 where the count proves it', () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        const bytes = Buffer.from(`${text}é`);
        const latin1 = ['present', `${text}é`, ['latin1'], ['text-misread-as-latin1']];
        expect(told(textBody(bytes.toString('latin1'), bytes.length))).toEqual(latin1);
      }),
      { seed: 34, numRuns: 200 },
    );
  });

  it.each<[string, number | undefined]>([
    ['Ã©', undefined],
    ['Ã©', 4],
    ['Ã©', 1],
    ['é', 1],
    ['Ã©Ł', 3],
    ['plain', 5],
    ['', 0],
    ['é', 2],
  ])('%j of %j bytes stays as it is', (text, size) => {
    expect(told(textBody(text, size))).toEqual(asItIs(text));
  });

  it('with half a surrogate pair has no known bytes', () => {
    const { body, fidelity } = textBody('a\ud800', 2);
    expect([body.state, body.decoded, fidelity]).toEqual(['undecodable', [], []]);
    expect(body.problem).toContain('surrogate');
  });

  it('with U+FFFD may have lost what stood there', () => {
    expect(told(textBody('a\ufffd', undefined))).toEqual(['present', 'a\ufffd', [], ['replacement-characters']]);
    expect(textBody('a\ufffd', 9).fidelity).toEqual(['replacement-characters', 'body-cut']);
    expect(textBody('"\ufffd"', 9).fidelity).toEqual(['replacement-characters', 'size-disagrees']);
  });

  it('of fewer bytes than were counted is cut, unless it is whole JSON', () => {
    expect(told(textBody('{"a":', 6))).toEqual(['truncated', '{"a":', [], ['body-cut']]);
    expect(textBody('{"a":', 6).body.problem).toBe('the recorder counted 6 bytes and kept 5');
    expect(told(textBody('', 6))).toEqual(['truncated', '', [], ['body-cut']]);
    expect(told(textBody('{}', 6))).toEqual(['present', '{}', [], ['size-disagrees']]);
    expect(told(textBody('{"a":', 5))).toEqual(asItIs('{"a":'));
    expect(told(textBody('{"é":', 6))).toEqual(asItIs('{"é":'));
  });
});

describe('a body told as base64', () => {
  it('is its bytes, padded or not, on one line or on many', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 8 }), (content, width) => {
        const bytes = Buffer.concat([image, content]);
        const padded = bytes.toString('base64');
        const broken = padded.replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n\n');
        for (const text of [padded, padded.replace(/=+$/, ''), broken]) {
          const { body, fidelity } = base64Body(text, []);
          expect([body.state, body.decoded, fidelity]).toEqual(['present', ['base64'], []]);
          expect(Buffer.from(body.bytes)).toEqual(bytes);
        }
      }),
      { seed: 35, numRuns: 100 },
    );
  });

  it.each(['a', 'ab=', 'abcde', 'abcd!', '!abcd', 'ab==cd==', 'ab-_', '====', 'abc==', 'ab cd', 'abcd='])(
    '%j is undecodable',
    (text) => {
      expect(told(base64Body(text, []))).toEqual(['undecodable', text, [], []]);
      expect(base64Body(text, []).body.problem).toContain('base64');
    },
  );

  it('may be empty', () => {
    expect(told(base64Body('', []))).toEqual(['empty', '', ['base64'], []]);
  });
});

describe('a body told under the name of an encoding', () => {
  it.each([undefined, null, ''])('%j is text as it is, counted', (encoding) => {
    expect(told(encodedBody('YWJj', encoding, []))).toEqual(asItIs('YWJj'));
    expect(encodedBody('YWJj', encoding, [], 9).fidelity).toEqual(['body-cut']);
  });

  it('base64 is undone, and then the coding that its headers name', () => {
    expect(told(encodedBody('YWJj', 'base64', []))).toEqual(['present', 'abc', ['base64'], []]);
    const text = brotliCompressSync('a text, and a text').toString('base64');
    const undone = encodedBody(text, 'base64', [['content-encoding', 'br']]);
    expect(told(undone)).toEqual(['present', 'a text, and a text', ['base64', 'br'], []]);
  });

  it('that is not known says nothing of the bytes', () => {
    const { body } = encodedBody('YWJj', 'x'.repeat(100), []);
    expect([body.state, body.problem]).toEqual([
      'undecodable',
      `the recorder's encoding "${'x'.repeat(39)} is not known`,
    ]);
    expect(encodedBody('YWJj', 64, []).body.state).toBe('undecodable');
  });
});

describe('a content-coding', () => {
  const text = 'a text that is longer than sixteen bytes, é';
  const zip = gzipSync(text);
  const named = (...values: string[]) => values.map((value): Header => ['Content-Encoding', value]);
  const zstd = Buffer.from('28b52ffd', 'hex');

  it.each<[string, Uint8Array, Header[], readonly string[], readonly string[]]>([
    ['gzip by name', zip, named('gzip'), ['gzip'], []],
    ['gzip in capitals', zip, named('GZIP'), ['gzip'], []],
    ['gzip without a name', zip, [], ['gzip'], ['content-coding-unnamed']],
    ['gzip under no coding', zip, named('identity'), ['gzip'], []],
    ['gzip under an old name', zip, named('x-gzip'), ['x-gzip'], []],
    ['brotli', brotliCompressSync(text), named('br'), ['br'], []],
    ['one in another', brotliCompressSync(zip), named('gzip', 'br'), ['br', 'gzip'], []],
    ['one in another, on one line', brotliCompressSync(zip), named('gzip, BR '), ['br', 'gzip'], []],
    ['one that the recorder undid', Buffer.from(text), named('gzip'), [], []],
    ['one without magic bytes that the recorder undid', Buffer.from(text), named('br'), [], []],
  ])('is undone: %s', (_, bytes, headers, decoded, fidelity) => {
    const { body, fidelity: lost } = codedBody(bytes, headers, ['file']);
    expect([body.state, Buffer.from(body.bytes).toString(), body.decoded, lost]).toEqual([
      'present',
      text,
      ['file', ...decoded],
      fidelity,
    ]);
  });

  it.each(['gzip', 'x-gzip', 'zstd', 'gzip ', 'GZIP', 'zstd, gzip', '', 'identity'])(
    '%j is not believed of bytes that do not show it',
    (name) => {
      const { body, fidelity } = codedBody(image, named(name), []);
      expect([body.state, Buffer.from(body.bytes), fidelity]).toEqual(['present', image, []]);
    },
  );

  it.each(['br', 'my-gzip', 'gzip-2', 'my-zstd', 'zstd-2', 'br, identity-2'])('%j has to decode', (name) => {
    expect(codedBody(image, named(name), []).body.state).toBe('undecodable');
  });

  it('shows by all of its first bytes', () => {
    expect(codedBody(zstd, [], []).body.state).toBe('undecodable');
    expect(codedBody(zip.subarray(0, 2), [], []).body.state).toBe('undecodable');
    for (const [magic, length] of [[zstd, 4] as const, [zip, 2] as const])
      for (let at = 0; at < length; at++) {
        const other = Buffer.from(magic);
        other[at] = 0;
        expect(codedBody(other, [], []).body.state).toBe('present');
      }
  });

  it('of nothing is nothing', () => {
    expect(codedBody(new Uint8Array(0), named('br'), []).body.state).toBe('empty');
  });

  it('that decodes to more than 16 MiB is left alone', () => {
    const most = 16 * 1024 * 1024;
    const states = [most, most + 1].map((size) => codedBody(gzipSync(Buffer.alloc(size)), [], []).body.state);
    expect(states).toEqual(['present', 'undecodable']);
  });
});

describe('a form told as its fields', () => {
  it('is the URL-encoded text of them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(wellFormed, wellFormed), { minLength: 1 }), (pairs) => {
        const byName = pairs.map(([name, value]) => ({ name, value }));
        const byKey = pairs.map(([key, value]) => ({ key, value }));
        for (const fields of [byName, byKey]) {
          const { body, fidelity } = formBody(fields, 'application/x-www-form-urlencoded');
          expect([...new URLSearchParams(Buffer.from(body.bytes).toString())]).toEqual(pairs);
          expect(fidelity).toEqual(['body-as-params']);
        }
      }),
      { seed: 36, numRuns: 50 },
    );
  });

  it('is lost when it had parts', () => {
    expect(formBody([{ name: 'a', value: 'b' }], 'multipart/form-data; boundary=x')).toEqual({
      body: absentBody,
      fidelity: ['body-as-params'],
    });
  });

  it('has empty text for what a field does not tell', () => {
    expect(told(formBody([{ name: 'a' }, 'x', { value: 7 }], undefined))).toEqual([
      'present',
      'a=&=&=7',
      [],
      ['body-as-params'],
    ]);
  });
});

it('what a tool fills in when it plays back was not said', () => {
  expect(told(templated('a template'))).toEqual(['undecodable', '', [], ['templated']]);
  expect(templated('a template').body.problem).toBe('a template, not filled in');
});

it('a body that was seen to be empty has lost nothing', () => {
  expect(told(emptyRecorded)).toEqual(asItIs(''));
});
