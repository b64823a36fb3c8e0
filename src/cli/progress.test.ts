import { describe, expect, it } from 'vitest';
import { testWorld } from '../testing/test-world.js';
import { paceText, progressOn } from './progress.js';

describe('progress', () => {
  it('tells exchanges, rate, findings and the time that is left', () => {
    const pace = { exchanges: 120, violating: 3, elapsedMs: 3000, expected: 500 };
    expect(paceText(pace)).toBe('120 of at most 500 exchanges, 40/s, 3 breaking the contract, 10 s left');
    expect(paceText({ ...pace, expected: 20_000 })).toMatch(/, 9 min left$/);
    expect(paceText({ ...pace, expected: 100 })).toMatch(/, 0 s left$/);
    expect(paceText({ ...pace, elapsedMs: 120_000, expected: undefined })).toBe(
      '120 exchanges, 1.0/s, 3 breaking the contract',
    );
    expect(paceText({ exchanges: 0, violating: 0, elapsedMs: 0, expected: 5 })).toBe(
      '0 of at most 5 exchanges, 0 breaking the contract',
    );
  });

  it('is a line at the start and one at the end in CI, and nothing in a pipe or when quiet', () => {
    const printedIn = (env: Record<string, string>, quiet: boolean): string => {
      const world = testWorld({ cwd: '.', env });
      progressOn(world, quiet, 9).end();
      return world.printed.err;
    };
    expect(printedIn({ CI: 'true' }, false)).toMatch(/^running: at most 9 exchanges\nran: 0 exchanges[^\n]*\n$/);
    expect(printedIn({ CI: 'true' }, true)).toBe('');
    expect(printedIn({}, false)).toBe('');
  });
});
