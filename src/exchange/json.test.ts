import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, jsonOf, textOf } from './body.js';
import { type JsonReading, readJson } from './json.js';
import { maxDepth, scanJson } from './json-scanner.js';
import { readPlainJson } from './plain-json.js';

const layout = fc.constantFrom(undefined, 1, '\t', ' \r\n');
const json = fc
  .tuple(fc.jsonValue({ stringUnit: 'binary', maxDepth: 6 }), layout)
  .map(([value, indent]) => JSON.stringify(value, null, indent));
/** Nearly JSON: one piece of a JSON text replaced by another that matters to the grammar. */
const nearly = fc
  .tuple(
    json,
    fc.nat(400),
    fc.nat(3),
    fc.constantFrom(
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '-',
      '.',
      'e',
      'E+1',
      'null',
      '\u0001',
      '\\u12',
      '\\ud800',
      ' ',
      '\u00a0',
      'NaN',
      '//',
      '1',
      '',
    ),
  )
  .map(
    ([text, at, length, piece]) =>
      text.slice(0, at % (text.length + 1)) + piece + text.slice((at % (text.length + 1)) + length),
  );

const flagsOf = (reading: JsonReading) =>
  reading.ok ? reading.flags.map(({ kind, pointer }) => `${kind} ${pointer}`) : reading.message;
const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('readJson', () => {
  it('gives the value of JSON.parse, and accepts the same texts', () => {
    fc.assert(
      fc.property(fc.oneof(json, nearly), (text) => {
        const reading = readJson(text);
        expect(reading.ok).toBe(parses(text));
        if (reading.ok) expect(reading.value).toEqual(JSON.parse(text));
        else expect(reading.byteOffset).toBe(Buffer.byteLength(text.slice(0, reading.offset)));
      }),
      { numRuns: 3000, seed: 11 },
    );
  });

  it('names an offset up to which the text can still become JSON', () => {
    const rests = ['', '0', '"', ':0', '}', ']', 'e', 'l', 'ue', 'rue', 'alse', 'ull', '0:'];
    const whole = (text: string) => [text, ...rests.map((rest) => text + rest)];
    fc.assert(
      fc.property(nearly, (text) => {
        const reading = readJson(text);
        fc.pre(!reading.ok && reading.offset > 0);
        const before = text.slice(0, reading.ok ? 0 : reading.offset);
        expect(
          completions(before).some((one) => whole(one).some(parses)),
          JSON.stringify(before),
        ).toBe(true);
      }),
      { numRuns: 1000, seed: 12 },
    );
  });

  it('never takes the quick way where the careful one would find something', () => {
    const pieces = fc.constantFrom(
      '"a":1',
      '"a":2',
      '"b":"x"',
      '"b" :"\\":"',
      '"c":"\\u0041"',
      '"c":"\\ufffd"',
      '"d":12345678901234567',
      '"e":1e400',
      '"e":-1E-400',
      '"f":{"a":1}',
      '"g":[1,{"a":":"}]',
      '"\\u0061":3',
      '"h":"\ufffd"',
      '"i":"\\udc00"',
      '"__proto__":1',
      '":":":"',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), fc.array(pieces, { maxLength: 3 }), (outer, inner) => {
        const text = `{${[...outer, `"in":[{${inner.join(',')}}]`].join(', ')}}`;
        const plain = readPlainJson(text);
        if (plain !== undefined) expect(scanJson(text)).toEqual({ ok: true, flags: [] });
      }),
      { numRuns: 3000, seed: 13 },
    );
  });

  it('takes the quick way for what providers answer', () => {
    expect(
      readPlainJson('{"id":"1","url":"https://x.y/z?a:b","n":[1,2.5,-0,1e3],"s":"\\n\\u00e9 \u{1f600}"}'),
    ).toBeDefined();
  });

  const flagged: [text: string, flags: string[]][] = [
    ['{"a":1,"b":{"a":2},"a":3}', ['duplicate-key /a']],
    ['[{"x/y":1,"x/y":2,"\\u0078/y":3}]', ['duplicate-key /0/x~1y', 'duplicate-key /0/x~1y']],
    ['{"__proto__":1,"__proto__":2}', ['duplicate-key /__proto__']],
    ['[9007199254740991,9007199254740992,-9007199254740993]', ['unsafe-integer /1', 'unsafe-integer /2']],
    ['{"a":[1e400,-1e400,1e308]}', ['overflow /a/0', 'overflow /a/1']],
    [
      '["\\ud83d","\\ud83d\\ude00","\\ude00\\ud83d","\ud83d"]',
      ['lone-surrogate /0', 'lone-surrogate /2', 'lone-surrogate /3'],
    ],
    ['{"a":1,"\\ud800":2}', ['lone-surrogate /\ud800']],
    ['{"a":"x\ufffdy","b":"\\uFFFD"}', ['replacement-character /a', 'replacement-character /b']],
    ['[1,[],{},"\\u0000",1.0,1e22]', []],
  ];
  it.each(flagged)('lists what JSON.parse hides in %j', (text, flags) =>
    expect(flagsOf(readJson(text))).toEqual(flags),
  );

  const refused: [text: string, offset: number, message: string][] = [
    ['', 0, 'unexpected end of the text'],
    ['{"a":1}}', 7, 'trailing data after the JSON value'],
    ['{"a":01}', 6, "expected ',' or the end of the container"],
    ["{'a':1}", 1, 'expected a key in double quotes'],
    ['{"a" 1}', 5, "expected ':' after the key"],
    ['[1,]', 3, 'expected a value'],
    ['{"a":1,}', 7, 'expected a key in double quotes'],
    ['["a', 3, 'the string is not closed'],
    ['["\\x"]', 2, 'unknown escape in a string'],
    ['["a\tb"]', 3, 'control character in a string'],
    ['[NaN]', 1, 'expected a value'],
    ['"é" x', 4, 'trailing data after the JSON value'],
  ];
  it.each(refused)('refuses %j with its place', (text, offset, message) =>
    expect(readJson(text)).toMatchObject({ ok: false, offset, message }),
  );

  it('counts bytes, not characters, into the text', () =>
    expect(readJson('"é😀" x')).toMatchObject({ offset: 6, byteOffset: 9 }));

  it('refuses what is nested too deep for those who come after', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(readJson(nested(maxDepth)).ok).toBe(true);
    expect(readJson(nested(maxDepth + 1))).toMatchObject({
      ok: false,
      message: `nested deeper than ${maxDepth} levels`,
    });
    expect(readJson('{"a":'.repeat(1e6)).ok).toBe(false);
  });

  it('reads megabytes of escapes without overflowing the stack', () => {
    expect(readJson(`["${'\\n'.repeat(8e6)}",1e400]`)).toMatchObject({ ok: true, flags: [{ kind: 'overflow' }] });
  });
});

/** The text with what is open in it closed: strings, then brackets. */
function completions(text: string): string[] {
  const open: string[] = [];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]!;
    if (quoted) {
      if (mark === '\\') at++;
      else if (mark === '"') quoted = false;
    } else if (mark === '"') quoted = true;
    else if (mark === '{') open.unshift('}');
    else if (mark === '[') open.unshift(']');
    else if (mark === '}' || mark === ']') open.shift();
  }
  const end = open.join('');
  const fillers = quoted ? ['"', '":0'] : ['', '0', '"":0', ':0', 'l', 'ull', 'rue', 'alse'];
  return fillers.map((filler) => text + filler + end);
}

const suite = fileURLToPath(new URL('../../../shared/corpora/json-test-suite/test_parsing', import.meta.url));
const present = existsSync(suite);
if (!present) console.warn(`skipped: the JSON test suite is not at ${suite}`);

describe.skipIf(!present)('the JSON test suite', () => {
  const files = present ? readdirSync(suite) : [];
  const readingOf = (file: string) => {
    const body = bodyOf(readFileSync(`${suite}/${file}`));
    return { text: textOf(body), json: jsonOf(body) };
  };
  it('is there', () => expect(files.length).toBeGreaterThan(300));
  it.each(files.filter((file) => file.startsWith('y_')))('accepts %s', (file) => {
    const { text, json: reading } = readingOf(file);
    expect([text.invalidAt, reading.ok]).toEqual([undefined, true]);
  });
  it.each(files.filter((file) => file.startsWith('n_')))('refuses %s and says where', (file) => {
    const { text, json: reading } = readingOf(file);
    const size = readFileSync(`${suite}/${file}`).length;
    if (text.invalidAt === undefined) expect(reading).toMatchObject({ ok: false });
    if (!reading.ok && text.invalidAt === undefined) expect(reading.byteOffset).toBeLessThanOrEqual(size);
  });
  it.each(files.filter((file) => file.startsWith('i_')))('tells about %s, or passes it', (file) => {
    const { text, json: reading } = readingOf(file);
    const told = text.invalidAt !== undefined || text.byteOrderMark || !reading.ok || reading.flags.length > 0;
    expect([file, told]).toEqual([file, !harmless.has(file)]);
  });
  /** Left open by the RFC and without loss: numbers too small to tell from zero. */
  const harmless = new Set(['i_number_double_huge_neg_exp.json', 'i_number_real_underflow.json']);
});
