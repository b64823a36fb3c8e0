import type { ResultFinding, RunResult } from '../run/result.js';
import { jsonLines, linesAt } from './json-lines.js';
import type { Reporter } from './reporter.js';
import { amount, standing, summaryLines, verdictSentence, whereOf } from './summary.js';
import { oneLine, visible } from './visible-text.js';

/** GitHub takes 65,536 characters for a comment, and 1 MiB for a step summary. */
const longest = { comment: 65_000, summary: 300_000 };
/** So many findings are shown with their evidence; all are in the table. */
const inDetail = 20;

/** For a pull-request comment: verdict, table of findings, the first of them with evidence; what does not fit is counted. */
export const markdown: Reporter = {
  id: 'markdown',
  file: 'summary.md',
  render: (result) => renderMarkdown(result, longest.comment),
};

/** The same for the page of a run in GitHub Actions, which has more room. */
export function stepSummary(result: RunResult): string {
  return renderMarkdown(result, longest.summary);
}

function renderMarkdown(result: RunResult, most: number): string {
  const { findings, notes } = result;
  const mark = { conforms: '✅', violates: '❌' }[result.verdict as string] ?? '⚠️';
  const head = [
    '<!-- chift-contract -->',
    `## ${mark} ${cell(verdictSentence(result))}`,
    '',
    '| | |',
    '| --- | --- |',
    ...summaryLines(result).map(([label, text]) => `| ${label} | ${cell(text)} |`),
    ...fitting(
      notes.map((note) => `| Note | ${cell(note)} |`),
      most / 4,
    ),
  ].join('\n');
  const rows = findings.map(row);
  const details = findings
    .filter(({ known }) => known === null)
    .slice(0, inDetail)
    .map(detail);
  const room = most - head.length - 500;
  const shownRows = fitting(rows, room);
  const shownDetails = fitting(details, room - sizeOf(shownRows));
  const left = rows.length - shownRows.length;
  const table = ['', '| | Code | Where | What | Fingerprint |', '| --- | --- | --- | --- | --- |', ...shownRows];
  return `${[
    head,
    ...(rows.length > 0 ? table : []),
    ...(left > 0 ? ['', `${amount(left, 'more finding')} in the JSON report.`] : []),
    ...shownDetails,
  ].join('\n')}\n`;
}

/** Shortened: a table is read at a glance. */
const cell = (text: string): string => plain(oneLine(text, 400));

function fitting(parts: readonly string[], room: number): string[] {
  let left = room;
  const end = parts.findIndex((part) => {
    left -= part.length + 1;
    return left < 0;
  });
  return parts.slice(0, end < 0 ? parts.length : end);
}

const sizeOf = (parts: readonly string[]): number => parts.reduce((sum, part) => sum + part.length + 1, 0);

const marks = { error: '❌', warning: '⚠️', info: 'ℹ️' } as const;

function row(finding: ResultFinding): string {
  const { severity, known, code, message, fingerprint } = finding;
  const cells = [
    known ? '💤' : marks[severity],
    asCode(code),
    asCode(whereOf(finding)),
    plain(oneLine(message, 300)),
    asCode(fingerprint),
  ];
  return `| ${cells.join(' | ')} |`;
}

function detail(finding: ResultFinding): string {
  const { title, evidence, at, reproduce } = finding;
  const { request, response } = evidence;
  return [
    '',
    `<details><summary>${plain(title)}: ${asCode(whereOf(finding))}</summary>`,
    '',
    plain(standing(finding).join(' · ')),
    '',
    fenced('http', [
      `${request.method} ${request.url}`,
      ...headerLines(request.headers),
      '',
      ...bodyLines(request.body, at.part === 'request.body' ? at.pointer : ''),
    ]),
    ...(response === null
      ? []
      : [
          fenced('http', [
            `HTTP/1.1 ${response.status}`,
            ...headerLines(response.headers),
            '',
            ...bodyLines(response.body, at.part === 'response.body' ? at.pointer : ''),
          ]),
        ]),
    ...(reproduce.curl === null || reproduce.curl.length > 4000 ? [] : [fenced('sh', [reproduce.curl])]),
    '',
    '</details>',
  ].join('\n');
}

function headerLines(headers: readonly (readonly [string, string])[]): string[] {
  return headers.map(([name, value]) => `${name}: ${value}`);
}

const mostLines = 60;

/** Around the broken place, which an arrow marks. */
function bodyLines({ text, base64, size }: ResultFinding['evidence']['request']['body'], pointer: string): string[] {
  if (size === 0) return [];
  const lines = text === null ? undefined : jsonLines(text);
  if (lines === undefined) return [oneLine(text ?? base64 ?? '', 2000)];
  const { hits } = pointer === '' ? { hits: new Set<number>() } : linesAt(lines, pointer);
  const from = hits.size === 0 ? 0 : Math.max(0, Math.min(...hits) - mostLines / 3);
  const shown = lines.slice(from, from + mostLines).map(({ depth, text: line }, index) => {
    const arrow = hits.size === 0 ? '' : hits.has(from + index) ? '> ' : '  ';
    return `${arrow}${'  '.repeat(depth)}${oneLine(line, 500)}`;
  });
  return [...(from > 0 ? ['…'] : []), ...shown, ...(from + mostLines < lines.length ? ['…'] : [])];
}

/** A fence longer than any in the content cannot be closed by it. */
function fenced(language: string, lines: readonly string[]): string {
  const content = lines.map((line) => visible(line)).join('\n');
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `\n${fence}${language}\n${content}\n${fence}`;
}

/** Every character that Markdown or GitHub could act on as a character reference: no links, mentions, tables, HTML. */
function plain(text: string): string {
  return oneLine(text).replaceAll(/[&<>"'`|\\*_{}[\]()#+!@~$:^=]|www\.|(?<=\w)\.(?=\w)/gi, (match) =>
    [...match].map((character) => (/[a-z]/i.test(character) ? character : `&#${character.codePointAt(0)};`)).join(''),
  );
}

/** Code, where mentions and emoji codes stay text. */
const asCode = (text: string): string => `<code>${plain(text)}</code>`;
