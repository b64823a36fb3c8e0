import fc from 'fast-check';
import type { Wire } from '../contract/wire.js';
import { HarnessError } from '../errors.js';
import type { Dice } from './dice.js';
import { belongs, regexOf } from './membership.js';

type StringWire = Extract<Wire, { kind: 'string' }>;

const attempts = 500;

/** A string that satisfies all patterns and lengths; grown from one pattern, or from all in a row, and tried against all. */
export function matching(wire: StringWire, dice: Dice): string {
  const random = randomOf(dice);
  const grown = (pattern: string) => growing(pattern).generate(random, undefined).value;
  const { patterns } = wire;
  const turns = patterns.length === 1 ? 1 : patterns.length + 1;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const pattern = patterns[attempt % turns];
    const text = pattern === undefined ? inOrder(patterns).map(grown).join('') : grown(pattern);
    if (text.isWellFormed() && belongs(wire, text)) return text;
  }
  throw new HarnessError(
    'usage',
    `no string found that fits ${wire.patterns.map((each) => `/${each}/`).join(' and ')}`,
    {
      hint: 'the patterns, the lengths and the format may contradict each other',
    },
  );
}

/** What must stand first before what must stand last. */
function inOrder(patterns: readonly string[]): string[] {
  const rank = (pattern: string) => (pattern.startsWith('^') ? 0 : pattern.endsWith('$') ? 2 : 1);
  return [...patterns].sort((a, b) => rank(a) - rank(b));
}

/** Fast-check's own source of randomness, fed by ours. */
export function randomOf(dice: Dice): fc.Random {
  const generator = { clone: () => generator, next: () => dice.next(), getState: () => [] };
  return new fc.Random(generator);
}

const arbitraries = new Map<string, fc.Arbitrary<string>>();

function growing(pattern: string): fc.Arbitrary<string> {
  let arbitrary = arbitraries.get(pattern);
  if (arbitrary === undefined) {
    try {
      arbitrary = fc.stringMatching(regexOf(pattern));
    } catch (cause) {
      throw new HarnessError('usage', `no strings can be made for /${pattern}/: ${(cause as Error).message}`, {
        hint: 'say it without looking ahead or back and without references, or as lengths and formats',
        cause,
      });
    }
    arbitraries.set(pattern, arbitrary);
  }
  return arbitrary;
}
