import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect } from 'vitest';
import { convert } from 'xmlbuilder2';
import { allReporters, type ReportName } from '../src/reporters/index.js';
import { hostileTexts, withText } from '../src/testing/hostile-result.js';
import { brokenResult } from '../src/testing/sample-results.js';
import { guarantee, size } from './guarantee.js';

const naughty = new URL('../../shared/corpora/naughty-strings/blns.json', import.meta.url);

/** Throws where a report is not well-formed by the parser of its format. */
const parse: Readonly<Record<ReportName, (report: string) => unknown>> = {
  json: JSON.parse,
  sarif: JSON.parse,
  ctrf: JSON.parse,
  har: JSON.parse,
  junit: (report) => convert(report, { format: 'object' }),
  html: (report) =>
    expect(markupOf(report)).not.toMatch(
      /<(img|link|iframe|object|embed|svg|script)|\s(on\w+|src|style)=|javascript:/i,
    ),
  markdown: (report) =>
    expect(report.replaceAll(/^(`{3,}|~{3,})[\s\S]*?^\1$/gm, '')).not.toMatch(/<(script|img|iframe)/i),
};

/** What is markup in the page and not text: tags, without ours. */
function markupOf(page: string): string {
  const foreign = page.replace(/<style>[^<]*<\/style>/, '').replace(/<script>[\s\S]*?<\/script>\n<\/body>/, '');
  return (foreign.match(/<[^>]*>/g) ?? []).map((tag) => tag.replaceAll(/"[^"]*"/g, '""')).join('\n');
}

/** Controls, direction marks and halves of surrogate pairs. */
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u;

guarantee(
  {
    id: 'G8',
    promise: 'Reports are well-formed and inert, whatever strangers wrote into what they quote.',
    experiment:
      'Texts that broke other reports, the list of naughty strings, and random texts of any code unit, each in every place of a result that may quote a stranger; each report is parsed by a parser of its format, and no text may become markup, an escape or a direction mark.',
    limit: 'That a browser runs nothing of the HTML report is a test of its own (src/reporters).',
  },
  async () => {
    const result = await brokenResult();
    const corpus = existsSync(naughty) ? (JSON.parse(readFileSync(naughty, 'utf8')) as string[]) : [];
    if (corpus.length === 0)
      console.warn('the naughty strings are not beside this checkout: reports are tried without');
    const random = fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), { seed: 8, numRuns: size(60, 10_000) });
    const texts = [...hostileTexts, ...corpus.filter((_, at) => at % size(8, 1) === 0), ...random];
    const every = await allReporters();
    for (const text of texts)
      for (const { id, render } of every) {
        const report = render(withText(result, text));
        parse[id as ReportName](report);
        expect(report.match(acting), `${id}: ${JSON.stringify(text)}`).toBeNull();
      }
    return { sample: `${texts.length} texts in ${every.length} reports`, result: '0 malformed, 0 active' };
  },
);
