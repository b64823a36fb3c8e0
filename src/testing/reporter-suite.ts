import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Reporter } from '../reporters/reporter.js';
import { visible } from '../reporters/visible-text.js';
import type { RunResult } from '../run/result.js';
import { hostileTexts, naughtyTexts, withText } from './hostile-result.js';
import { triesAll } from './sample.js';
import { brokenResult, cleanResult, emptyResult, largeResult } from './sample-results.js';

/** How a suite looks into a report: by another way than it was written. */
export interface ReportReading {
  /** What gives the report its form, without the texts in it: equal for all texts of a kind, or a text got out. */
  skeleton(report: string): unknown;
  /** The texts as a reader sees them, joined. */
  texts(report: string): string;
  /** Characters that a report has at most, where the format has a limit that many findings go beyond. */
  readonly limit?: number;
  /** Throws when the report breaks the rules of its format. */
  validate(report: string): void | Promise<void>;
  /** The same for many at once, where the judge is a program that takes long to start. */
  validateAll?(reports: readonly string[]): void;
}

/**
 * What every reporter must hold: valid by another's judgement, equal results give equal bytes, every finding is in it,
 * no text of a stranger gets out of its place, nothing is too empty or too large for it.
 */
export function reporterSuite(reporter: Reporter, reading: ReportReading): void {
  describe(`report ${reporter.id}`, () => {
    let broken: RunResult;
    beforeAll(async () => {
      broken = await brokenResult();
    });

    /** The form is that of letters. Where the texts fill a report to its limit, it is cut, and of the same pieces. */
    const expectForm = (report: string, ofLetters: string): void => {
      const [form, expected] = [reading.skeleton(report), reading.skeleton(ofLetters)];
      if (reading.limit === undefined || report.length < reading.limit * 0.8) expect(form).toEqual(expected);
      else expect(expected).toEqual(expect.arrayContaining([...new Set(form as unknown[])]));
    };

    it('is valid with findings, without, and with nothing at all', async () => {
      for (const result of [broken, await cleanResult(), emptyResult()]) {
        const report = reporter.render(result);
        await reading.validate(report);
        expect(report).toMatch(/[^\n]\n$/);
      }
    });

    it('is the same for equal results', () => {
      const report = reporter.render(broken);
      expect(reporter.render(structuredClone(broken))).toBe(report);
    });

    it('holds every finding by its fingerprint, however many, or counts what has no room', async () => {
      const large = await largeResult(2000);
      const seen = reading.texts(reporter.render(large));
      const left = large.findings.filter(({ fingerprint }) => !seen.includes(visible(fingerprint)));
      if (reading.limit !== undefined) expect(seen).toContain(`${left.length} more findings in the JSON report`);
      else expect(left).toEqual([]);
    });

    it.each((isLong ? naughtyTexts() : tried).map((text) => [text.slice(0, 40), text] as const))(
      'keeps %j in its place',
      { timeout: isLong ? 600_000 : 30_000 },
      async (_, text) => {
        const report = reporter.render(withText(broken, text));
        await reading.validate(report);
        expectForm(report, reporter.render(withText(broken, like(text))));
        expect(report.match(acting)).toBeNull();
      },
    );

    it('keeps any text in its place', { timeout: 3_600_000 }, async () => {
      const texts = fc.string({ unit: 'binary', maxLength: 40 });
      const waiting: string[] = [];
      const judged = async (report: string) => {
        if (reading.validateAll === undefined) return reading.validate(report);
        if (waiting.push(report) === 100) reading.validateAll(waiting.splice(0));
      };
      await fc.assert(
        fc.asyncProperty(texts, async (text) => {
          const report = reporter.render(withText(broken, text));
          if (isLong) await judged(report);
          expectForm(report, reporter.render(withText(broken, like(text))));
          expect(report.match(acting)).toBeNull();
        }),
        { seed: 21, numRuns: isLong ? 10_000 : 30 },
      );
      if (waiting.length > 0) reading.validateAll?.(waiting);
    });
  });
}

/** The longest is tried where all is. */
const tried = hostileTexts.filter(({ length }) => triesAll || length < 10_000);

/** `TEXTS=all`: the big list of naughty strings and 10,000 random ones, each under the validator. */
const isLong = process.env['TEXTS'] === 'all';

/** Controls, direction marks and halves of surrogate pairs: none may reach a file as they are. */
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u;

/** A text of letters that is handled as `text` is: as long, as many lines, as empty; and JSON where that is JSON. */
function like(text: string): string {
  if (isJson(text)) return text.startsWith('"') ? `"${'x'.repeat(text.length - 2)}"` : '1'.repeat(text.length);
  return text.replaceAll(/[^\n]/g, 'x');
}

function isJson(text: string): boolean {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value !== 'object' || value === null;
  } catch {
    return false;
  }
}
