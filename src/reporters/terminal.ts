import type { createColors } from 'picocolors';
import type { ResultFinding, RunResult } from '../run/result.js';
import { amount, findingCounts, standing, summaryLines, verdictSentence, whereOf } from './summary.js';
import { oneLine, withoutCommand } from './visible-text.js';

export interface TerminalOptions {
  readonly colors: ReturnType<typeof createColors>;
  /** Width of the terminal; narrower than 20 is taken as 20. */
  readonly columns: number;
  /** `verdict`: one line; `summary`: the first findings; `all`: every finding. */
  readonly detail: 'verdict' | 'summary' | 'all';
  /** Where the report lies, as it is to be printed. */
  readonly report: string | undefined;
}

const shownInSummary = 10;
const labelWidth = 10;
/** A longer command is no help on a screen. */
const longestCurl = 2000;

/** The verdict as a person reads it after a run: promised, tried, judged, found, and where the report is. */
export function renderTerminal(result: RunResult, options: TerminalOptions): string {
  const lines = options.detail === 'verdict' ? headline(result, options) : full(result, options);
  return `${lines.map(withoutCommand).join('\n')}\n`;
}

function full(result: RunResult, options: TerminalOptions): string[] {
  const shown = options.detail === 'all' ? result.findings : result.findings.slice(0, shownInSummary);
  const rest = result.findings.length - shown.length;
  return [
    '',
    ...headline(result, options),
    '',
    ...summaryLines(result).flatMap(([label, text]) => labelled(label, text, options)),
    ...shown.flatMap((finding, index) => ['', ...findingLines(finding, shown[index - 1], options)]),
    ...(rest > 0 ? ['', ...wrap(`${amount(rest, 'more finding')} in the report.`, options.columns, '', '')] : []),
    ...notes(result, options),
    ...(options.report === undefined ? [] : ['', ...labelled('Report', options.report, options)]),
  ];
}

function headline(result: RunResult, { colors, columns }: TerminalOptions): string[] {
  const good = result.verdict === 'conforms';
  const paint = good ? colors.green : result.verdict === 'violates' ? colors.red : colors.yellow;
  return wrap(`${good ? '✔' : '✖'} ${verdictSentence(result)}`, columns, '', '  ').map((line) =>
    paint(colors.bold(line)),
  );
}

function labelled(label: string, text: string, { colors, columns }: TerminalOptions): string[] {
  const indent = ' '.repeat(labelWidth);
  return wrap(oneLine(text), columns, indent, indent).map((line, index) =>
    index === 0 ? `${colors.dim(label.padEnd(labelWidth))}${line.slice(labelWidth)}` : line,
  );
}

const marks = { error: '✖', warning: '▲', info: 'ℹ' } as const;

function findingLines(
  finding: ResultFinding,
  above: ResultFinding | undefined,
  { colors, columns }: TerminalOptions,
): string[] {
  const { severity, known, code, title, message, reproduce } = finding;
  const paint = known ? colors.dim : { error: colors.red, warning: colors.yellow, info: colors.cyan }[severity];
  return [
    `${paint(`${marks[severity]} ${oneLine(title, 200)}`)} ${colors.dim(oneLine(code, 100))}`,
    ...wrap(oneLine(whereOf(finding), 300), columns, '  ', '    ').map(colors.bold),
    ...wrap(oneLine(message, 400), columns, '  ', '  '),
    ...wrap(oneLine(standing(finding).join(' · '), 400), columns, '  ', '  ').map(colors.dim),
    ...(reproduce.replay === null ? wrap(oneLine(finding.fingerprint), columns, '  ', '    ').map(colors.dim) : []),
    ...curlLine(reproduce.curl, above?.reproduce.curl).map((line) => colors.cyan(`  ${line}`)),
    ...(reproduce.replay === null ? [] : [`  ${colors.cyan(oneLine(reproduce.replay))}`]),
  ];
}

/** Several findings in one exchange need its command once. */
function curlLine(curl: string | null, above: string | null | undefined): string[] {
  if (curl === null) return [];
  if (curl === above) return ['(the same request)'];
  return curl.length > longestCurl ? ['(the request is in the report)'] : [oneLine(curl)];
}

function notes({ notes: told, findings }: RunResult, options: TerminalOptions): string[] {
  const { accepted } = findingCounts(findings);
  const lines = [...told, ...(accepted > 0 ? [`${amount(accepted, 'finding')} accepted before, by --known`] : [])];
  if (lines.length === 0) return [];
  return ['', ...lines.flatMap((note) => labelled('Note', note, options))];
}

/** Words stay whole where they fit; `first` and `next` are the indents. */
function wrap(text: string, columns: number, first: string, next: string): string[] {
  const width = Math.max(20, columns);
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ').flatMap((part) => pieces(part, width - next.length))) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = next;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  const characters = [...word];
  if (characters.length <= width) return [word];
  return [characters.slice(0, width).join(''), ...pieces(characters.slice(width).join(''), width)];
}
