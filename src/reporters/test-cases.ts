import { catalogue, isFindingCode } from '../finding/catalogue.js';
import type { ResultFinding, RunResult } from '../run/result.js';
import { standing, verdictSentence, whereOf } from './summary.js';

/**
 * What test reporters call a test: one promise of one endpoint, and of one kind of property where the run knows it.
 * Names hold no seed and no value, so trends work.
 */
export interface TestCase {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped' | 'error';
  readonly message: string;
  /** The findings in full. */
  readonly text: string;
  readonly findings: readonly ResultFinding[];
}

export interface TestSuite {
  readonly name: string;
  readonly cases: readonly TestCase[];
  /** Findings that fail nothing. */
  readonly told: readonly ResultFinding[];
}

/** One suite per endpoint, and one for what concerns the run as a whole. */
export function testSuites(result: RunResult): TestSuite[] {
  const { coverage, findings } = result;
  const ids = [...new Set([...Object.keys(coverage.endpoints), ...findings.map(({ endpoint }) => endpoint)])];
  const endpoints = ids.map((id) => {
    const mine = findings.filter(({ endpoint }) => endpoint === id);
    return {
      name: id,
      cases: endpointCases(
        mine.filter(({ severity }) => severity !== 'info'),
        coverage.endpoints[id],
      ),
      told: mine.filter(({ severity }) => severity === 'info'),
    };
  });
  return [...endpoints, { name: 'run', cases: runCases(result), told: [] }];
}

const answerCodes = Object.entries(catalogue)
  .filter(([code, { severity }]) => code.startsWith('response.') && severity !== 'info')
  .map(([code]) => code);

/** Every answer goes through every check of an answer: what is not found there has passed. */
function endpointCases(findings: readonly ResultFinding[], covered: Covered | undefined): TestCase[] {
  const isAnswered = Object.keys(covered?.statuses ?? {}).length > 0;
  if (!isAnswered && findings.length === 0) return [skipped('answers', 'no answer of this endpoint was seen')];
  const answered = covered?.kinds === undefined ? (isAnswered ? [undefined] : []) : Object.keys(covered.kinds);
  const kinds = new Set([...answered, ...findings.flatMap(kindsOf)]);
  return [...kinds]
    .flatMap((kind) =>
      kindCases(
        findings.filter((finding) => kindsOf(finding).includes(kind)),
        kind,
        answered,
      ),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

type Covered = RunResult['coverage']['endpoints'][string];
type Kind = string | undefined;

const kindsOf = ({ kinds }: ResultFinding): readonly Kind[] => kinds ?? [undefined];

function kindCases(findings: readonly ResultFinding[], kind: Kind, answered: readonly Kind[]): TestCase[] {
  const codes = new Set([...(answered.includes(kind) ? answerCodes : []), ...findings.map(({ code }) => code)]);
  return [...codes].map((code) => {
    const mine = findings.filter((finding) => finding.code === code);
    return codeCase(kind === undefined ? code : `${code} (${kind})`, mine);
  });
}

/** Failed, unless every finding of it was accepted before. */
function codeCase(name: string, findings: readonly ResultFinding[]): TestCase {
  if (findings.length === 0) return { name, status: 'passed', message: '', text: '', findings };
  const open = findings.filter(({ known }) => known === null);
  const { title } = open[0] ?? findings[0]!;
  return {
    name,
    status: open.length > 0 ? 'failed' : 'skipped',
    message: findings.length > 1 ? `${title} (${findings.length} places)` : title,
    text: findings.map(describeFinding).join('\n\n'),
    findings,
  };
}

/** All that is known of a finding but its bodies, line by line. */
export function describeFinding(finding: ResultFinding): string {
  const { code, severity, message, fingerprint, reproduce } = finding;
  const title = isFindingCode(code) ? catalogue[code].title : finding.title;
  return [
    `${severity}: ${title}: ${message}`,
    whereOf(finding),
    standing(finding).join(', '),
    `fingerprint: ${fingerprint}`,
    ...(reproduce.curl === null ? [] : [reproduce.curl]),
    ...(reproduce.replay === null ? [] : [reproduce.replay]),
  ].join('\n');
}

/** What kept the run from a verdict, and what it could not judge. */
function runCases(result: RunResult): TestCase[] {
  const isJudged = result.verdict === 'conforms' || result.verdict === 'violates';
  const verdict: TestCase = {
    name: 'verdict',
    status: isJudged ? 'passed' : 'error',
    message: isJudged ? '' : verdictSentence(result),
    text: isJudged ? '' : result.notes.join('\n'),
    findings: [],
  };
  return [
    verdict,
    ...result.unjudged.map(({ reason, count }) => skipped(`unjudged: ${reason}`, `${count} exchanges`)),
    ...result.unreadable.map(({ place, reason }) => skipped(`unreadable: ${place}`, reason)),
  ];
}

function skipped(name: string, message: string): TestCase {
  return { name, status: 'skipped', message, text: '', findings: [] };
}
