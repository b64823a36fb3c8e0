import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { HtmlRenderer, Parser } from 'commonmark';
import { htmlUnescape } from 'escape-goat';
import { describe, expect, it } from 'vitest';
import { convert } from 'xmlbuilder2';
import { isFindingCode } from '../finding/catalogue.js';
import { har as harFormat } from '../formats/har.js';
import { type RunResult, resultSchema } from '../run/result.js';
import { harValidator } from '../testing/har-validator.js';
import { withText } from '../testing/hostile-result.js';
import { type ReportReading, reporterSuite } from '../testing/reporter-suite.js';
import { brokenResult, largeResult } from '../testing/sample-results.js';
import { allReporters, type ReportName, reportNames } from './index.js';
import { sarif } from './sarif.js';

const schemas = new URL('../../../shared/corpora/report-schemas/', import.meta.url);

/** JSON Schema from outside the project; null, loudly, where it is not at hand. */
function schemaAt(name: string): ValidateFunction | null {
  const url = new URL(name, schemas);
  if (!existsSync(url)) {
    console.warn(`reports are not checked against ${name}: it is not beside this checkout`);
    return null;
  }
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(url, 'utf8'));
  return ajv.compile(schema);
}

function jsonReading(check: (document: unknown) => void | Promise<void>): ReportReading {
  return {
    skeleton: (report) => shapeOf(JSON.parse(report)),
    texts: (report) => leavesOf(JSON.parse(report)).join('\n'),
    validate: (report) => check(JSON.parse(report)),
  };
}

function bySchema(name: string): (document: unknown) => void {
  const validate = schemaAt(name);
  return (document) => {
    if (validate?.(document) === false) throw new Error(JSON.stringify(validate.errors?.slice(0, 3)));
  };
}

/** Kinds of values; keys that a stranger may have named are only counted. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  return Object.values(value).map(shapeOf);
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

const xsds = ['junit-jenkins.xsd', 'junit-windyroad.xsd'].map((name) => new URL(name, schemas));
const hasXmllint = spawnSync('xmllint', ['--version']).status === 0 && xsds.every((url) => existsSync(url));
if (!hasXmllint)
  console.warn('junit reports are not checked against the JUnit schemas: xmllint or the schemas are missing');

function validXml(reports: readonly string[]): void {
  for (const report of reports) convert(report, { format: 'object' });
  if (!hasXmllint) return;
  const folder = mkdtempSync(join(tmpdir(), 'junit-'));
  try {
    const files = reports.map((_, at) => join(folder, `${at}.xml`));
    for (const [at, file] of files.entries()) writeFileSync(file, reports[at]!);
    for (const { pathname } of xsds) {
      const { status, stderr } = spawnSync('xmllint', ['--noout', '--huge', '--schema', pathname, ...files]);
      if (status !== 0) throw new Error(stderr.toString());
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const junitReading: ReportReading = {
  // Tags with the names of their attributes, and every `<` that opens none; between tags a quote is text.
  skeleton: (report) => report.match(/<(?:[^<"]|"[^"<]*")*?>|</g)?.map((tag) => tag.replaceAll(/"[^"]*"/g, '""')),
  texts: (report) => htmlUnescape(report.replaceAll('&#xA;', '\n')),
  validate: (report) => validXml([report]),
  validateAll: validXml,
};

/** The page apart from its one style sheet and its one script. */
const withoutOurs = (page: string): string =>
  page.replace(/<style>[^<]*<\/style>/, '').replace(/<script>[\s\S]*?<\/script>\n<\/body>/, '');

/** Tags with their attributes, and every `<` that opens none. */
const tagsOf = (page: string): string[] => withoutOurs(page).match(/<(?:[^<>"]|"[^"<>]*")*>|</g) ?? [];

const withoutValues = (tag: string): string => tag.replaceAll(/"[^"]*"/g, '""');

const htmlReading: ReportReading = {
  skeleton: (report) => tagsOf(report).map(withoutValues),
  texts: (report) => htmlUnescape(report),
  validate: (report) => {
    const tags = tagsOf(report);
    expect(tags.map(withoutValues).join('\n')).not.toMatch(
      /<(script|img|link|iframe|object|svg|$)|\s(on\w+|src|style)=/im,
    );
    expect(tags.filter((tag) => /\shref="(?!#)/.test(tag))).toEqual([]);
    expect(report.match(/Content-Security-Policy" content="default-src &#39;none&#39;;/g)).toHaveLength(1);
  },
};

const entity = /&#(\d+);/g;

/** Prose alone: a fence ends at the first line that is the fence it began with. */
function proseOf(report: string): string {
  let fence: string | undefined;
  const lines = report.split('\n').filter((line) => {
    if (fence !== undefined) {
      if (line === fence) fence = undefined;
      return false;
    }
    fence = /^(`{3,})\w+$/.exec(line)?.[1];
    return fence === undefined;
  });
  return lines.join('\n');
}

/** What CommonMark makes of a report; HTML in it stands as it was written. */
const rendered = (report: string): string => new HtmlRenderer().render(new Parser().parse(report));

const markdownReading: ReportReading = {
  limit: 65_536,
  skeleton: (report) => proseOf(report).match(/<\/?[\w!-]+|^#|\||```/gm),
  texts: (report) => report.replaceAll(entity, (_, code: string) => String.fromCodePoint(Number(code))),
  validate: (report) => {
    const prose = proseOf(report)
      .replaceAll(entity, '')
      .replaceAll(/<\/?(code|details|summary)>/g, '');
    expect(prose.replace('<!-- chift-contract -->', '').match(/.{0,40}?([<>[\]`@*_]|www\.|https?:)/)).toBeNull();
    const tags = new Set(tagsOf(rendered(report)).map(withoutValues));
    const ours = /^<(\/?(h2|p|pre|code|details|summary)|code class=""|!-- chift-contract --)>$/;
    expect([...tags].filter((tag) => !ours.test(tag))).toEqual([]);
    expect(report.length).toBeLessThanOrEqual(65_536);
  },
};

const validHar = harValidator();

async function readAsHar(document: unknown): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(document));
  if (!validHar(document)) throw new Error(JSON.stringify(validHar.errors?.slice(0, 3)));
  const { entries } = (document as { log: { entries: unknown[] } }).log;
  const read: string[] = [];
  const reading = { file: 'evidence.har', wants: () => true, beside: async () => ({ problem: 'none' }) };
  for await (const { kind } of harFormat.read(chunksOf(bytes), reading)) read.push(kind);
  expect(read).toHaveLength(entries.length);
}

async function* chunksOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

/** How each report is read: by another way than it is written. */
const readings: Readonly<Record<ReportName, ReportReading>> = {
  json: jsonReading((document) => void resultSchema.parse(document)),
  junit: junitReading,
  html: htmlReading,
  sarif: jsonReading(bySchema('sarif-2.1.0.schema.json')),
  ctrf: jsonReading(bySchema('ctrf.schema.json')),
  markdown: markdownReading,
  har: {
    ...jsonReading(readAsHar),
    // How many parameters a URL has is the text's own matter: HAR repeats the URL in pieces.
    skeleton: (report) => shapeOf(JSON.parse(report, (key, value) => (key === 'queryString' ? [] : value))),
  },
};
const all = await allReporters();
for (const reporter of all) reporterSuite(reporter, readings[reporter.id as ReportName]);

interface Told {
  readonly message: { readonly text: string };
}

interface Rule {
  readonly id: string;
  readonly properties: { readonly tags: readonly string[] };
  readonly help: { readonly markdown: string };
  readonly fullDescription: { readonly text: string };
}

describe('the SARIF report', () => {
  it('has no link and no placeholder in a message that a stranger wrote', async () => {
    const hostile = withText(await brokenResult(), '{0} [x](javascript:alert(1))');
    const [run] = JSON.parse(sarif.render(hostile)).runs;
    const messages: string[] = run.results.map((result: { message: { text: string } }) => result.message.text);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.filter((text) => /\]\(|(?<!\{)\{\d+\}(?!\})/.test(text))).toEqual([]);
  });

  const runOf = (result: RunResult) => JSON.parse(sarif.render(result)).runs[0];

  it('holds as many results as GitHub takes, errors first, and counts the others', async () => {
    const run = runOf(await largeResult(25_010));
    expect(run.results).toHaveLength(25_000);
    const levels: string[] = run.results.map(({ level }: { level: string }) => level);
    expect(levels.lastIndexOf('error')).toBeLessThan([...levels, 'note'].indexOf('note'));
    const notices = run.invocations[0].toolExecutionNotifications.map((each: Told) => each.message.text);
    expect(notices).toContain('10 more findings are in the JSON report');
  });

  it('has texts as long as GitHub shows, and help with an example and advice for every rule', async () => {
    const run = runOf(withText(await brokenResult(), 'word '.repeat(2000)));
    const told: Told[] = [...run.results, ...run.invocations[0].toolExecutionNotifications];
    expect(Math.max(...told.map(({ message }) => message.text.length))).toBe(1000);
    expect(run.results[0].properties.curl).toBeUndefined();
    const rules: Rule[] = run.tool.driver.rules.filter(({ id }: Rule) => isFindingCode(id));
    expect(rules.length).toBeGreaterThan(40);
    for (const { properties, help, fullDescription } of rules) {
      expect(properties.tags.length).toBeLessThanOrEqual(10);
      expect(fullDescription.text.length).toBeLessThanOrEqual(1024);
      expect(help.markdown).toMatch(/\*\*Example:\*\* .+\n\n\*\*What to do:\*\* /);
    }
  });

  it('has the same fingerprints whatever the evidence, the seed and the order', async () => {
    const result = await brokenResult();
    const fingerprints = (each: RunResult): unknown[] =>
      JSON.parse(sarif.render(each))
        .runs[0].results.map((found: { partialFingerprints: object }) => JSON.stringify(found.partialFingerprints))
        .sort();
    const other = {
      ...result,
      run: { ...result.run, seed: 9, id: 'other' },
      findings: result.findings.toReversed().map((finding) => ({ ...finding, message: 'other', seen: 99 })),
    };
    expect(fingerprints(other)).toEqual(fingerprints(result));
    expect(new Set(fingerprints(result)).size).toBe(result.findings.length);
  });

  it('suppresses what was accepted, and points into a recording', async () => {
    const { findings, ...rest } = await brokenResult();
    const recorded = findings.map((finding) => ({
      ...finding,
      evidence: { ...finding.evidence, place: 'recordings/a b.ndjson:7' },
      reproduce: { ...finding.reproduce, path: null },
    }));
    const [run] = JSON.parse(sarif.render({ ...rest, findings: recorded })).runs;
    expect(run.results.filter((result: object) => 'suppressions' in result)).toHaveLength(1);
    expect(run.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'recordings/a%20b.ndjson' },
      region: { startLine: 7 },
    });
  });
});

describe('the list of reporters', () => {
  it('is by name, each with a file of its own', () => {
    expect(all.map(({ id }) => id)).toEqual(reportNames);
    expect(new Set(all.map(({ file }) => file)).size).toBe(all.length);
  });
});
