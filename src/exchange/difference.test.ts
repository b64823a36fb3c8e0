import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences, isKept } from './difference.js';
import { atPointer } from './json.js';

const told = (sent: unknown, came: unknown) => differences(sent, came).map(({ pointer, loss }) => `${loss} ${pointer}`);

/** The same, or with one thing in it replaced by what counts as nothing, or by something else. */
function nearTo(value: unknown): fc.Arbitrary<unknown> {
  const swaps: readonly (readonly [RegExp, string])[] = [
    [/null/, '[]'],
    [/\[\]/, 'null'],
    [/"[^"]*":/, '"k":'],
    [/\d/, '7'],
    [/\{"/, '{"none":null,"'],
    [/(?!)/, ''],
  ];
  return fc.constantFrom(...swaps).map(([from, to]) => JSON.parse(swapped(JSON.stringify(value), from, to)) as unknown);
}

function swapped(text: string, from: RegExp, to: string): string {
  const other = text.replace(from, to);
  try {
    JSON.parse(other);
    return other;
  } catch {
    return text;
  }
}

describe('what came back', () => {
  it.each<[unknown, unknown, string[]]>([
    ['a', 'a', []],
    [null, undefined, []],
    [[], null, []],
    [0, -0, []],
    ['BE 0123.456.749', 'BE0123456749', ['normalised ']],
    ['Zoë', 'zoe\u0308', ['normalised ']],
    ['Ltd.', 'LTD', ['normalised ']],
    ['01000', '1000', ['altered ']],
    ['1', 1, ['altered ']],
    [true, 'true', ['altered ']],
    ['', null, ['dropped ']],
    [false, undefined, ['dropped ']],
    [null, 'EUR', ['invented ']],
    [[1], {}, ['altered ']],
    [{ a: 1, b: 2 }, { a: 1, c: 3 }, ['dropped /b', 'invented /c']],
    [{ a: [] }, {}, []],
    [{ 'a/b~': 1 }, { 'a/b~': 2 }, ['altered /a~1b~0']],
    [
      [1, 2, 3],
      [1, 3],
      ['altered /1', 'dropped /2'],
    ],
    [[1], [1, null], ['invented /1']],
    [[{ a: 'x' }], [{ a: 'X ' }], ['normalised /0/a']],
    [{ toString: 'a' }, {}, ['dropped /toString']],
  ])('of %j as %j is %j', (sent, came, expected) => expect(told(sent, came)).toEqual(expected));

  it('is kept exactly where there is no difference', () => {
    const near = fc.jsonValue({ maxDepth: 2 }).chain((value) => fc.tuple(fc.constant(value), nearTo(value)));
    let kept = 0;
    fc.assert(
      fc.property(near, ([sent, came]) => {
        kept += Number(isKept(sent, came));
        expect(isKept(sent, came)).toBe(differences(sent, came).length === 0);
      }),
      { seed: 12, numRuns: 2000 },
    );
    expect(kept).toBeGreaterThan(200);
  });

  it('as it was sent has no difference', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(differences(value, structuredClone(value))).toEqual([]);
      }),
      { seed: 1 },
    );
  });

  it('seen from the other side has the same places, what was dropped being invented', () => {
    const mirrored = { dropped: 'invented', invented: 'dropped', altered: 'altered', normalised: 'normalised' };
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const there = differences(a, b).map(({ pointer, loss }) => `${pointer} ${mirrored[loss]}`);
        const back = differences(b, a).map(({ pointer, loss }) => `${pointer} ${loss}`);
        expect(there.sort()).toEqual(back.sort());
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('is quoted with the two values of its place', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (sent, came) => {
        for (const each of differences(sent, came)) {
          expect(each.sent).toEqual(atPointer(sent, each.pointer));
          expect(each.came).toEqual(atPointer(came, each.pointer));
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
