import fc from 'fast-check';
import { createColors } from 'picocolors';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../run/result.js';
import { hostileTexts, withText } from '../testing/hostile-result.js';
import { brokenResult, cleanResult, emptyResult, largeResult } from '../testing/sample-results.js';
import { renderTerminal, type TerminalOptions } from './terminal.js';

const plain: TerminalOptions = {
  colors: createColors(false),
  columns: 100,
  detail: 'summary',
  report: 'reports/index.html',
};
let broken: RunResult;
beforeAll(async () => {
  broken = await brokenResult();
});

/** The size of the contract is not the matter here. */
function shown(result: RunResult): string {
  return renderTerminal(result, plain).replace(/\d+ endpoints, \d+ documented/, 'N endpoints, N documented');
}

describe('the terminal', () => {
  it('says promised, tried, judged, found, and where the report is', async () => {
    await expect(shown(await cleanResult())).toMatchFileSnapshot('golden/clean.txt');
    await expect(shown(broken)).toMatchFileSnapshot('golden/broken.txt');
    await expect(shown(emptyResult())).toMatchFileSnapshot('golden/empty.txt');
  });

  it('says the verdict alone on one line when that is asked for', () => {
    expect(renderTerminal(broken, { ...plain, detail: 'verdict' })).toMatch(
      /^✖ The provider breaks the contract: [^\n]*\n$/,
    );
  });

  it('counts what it leaves out, and leaves out nothing when all is asked for', async () => {
    const large = await largeResult(50);
    expect(renderTerminal(large, plain)).toContain('40 more findings in the report');
    const all = renderTerminal(large, { ...plain, detail: 'all', columns: 500 });
    expect(large.findings.filter(({ fingerprint }) => !all.includes(fingerprint))).toEqual([]);
  });

  it('keeps prose within the width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (columns) => {
        const lines = renderTerminal(broken, { ...plain, columns }).split('\n');
        const prose = lines.filter((line) => !/^ {2}(curl |npx |echo |\()|[✖▲ℹ]/.test(line));
        expect(prose.filter((line) => [...line].length > Math.max(20, columns))).toEqual([]);
      }),
      { seed: 51, numRuns: 30 },
    );
  });

  it('lets no stranger steer the screen or the CI system', () => {
    const texts = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(texts, fc.boolean(), (text, isColoured) => {
        const report = renderTerminal(withText(broken, text), {
          ...plain,
          detail: 'all',
          colors: createColors(isColoured),
        });
        const bare = report.replaceAll(/\u001b\[\d+m/g, '');
        expect(bare).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
        expect(bare).not.toMatch(/^\s*::|##\[|##vso\[|##teamcity\[/m);
      }),
      { seed: 52, numRuns: 60 },
    );
  });
});
