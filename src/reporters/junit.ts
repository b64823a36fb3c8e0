import { create } from 'xmlbuilder2';
import { catalogue, isFindingCode } from '../finding/catalogue.js';
import type { ResultFinding, RunResult } from '../run/result.js';
import type { Reporter } from './reporter.js';
import { standing, verdictSentence, whereOf } from './summary.js';
import { oneLine, visible } from './visible-text.js';

/** One suite per endpoint, one test case per promise (finding code): names are stable, so trends work. */
export const junit: Reporter = {
  id: 'junit',
  file: 'junit.xml',
  render: (result) =>
    `${create({ version: '1.0', encoding: 'UTF-8' }, { testsuites: { testsuite: suites(result) } }).end({ prettyPrint: true })}\n`,
};

interface TestCase {
  readonly name: string;
  /** Without it the case passed. */
  readonly outcome?: {
    readonly kind: 'failure' | 'error' | 'skipped';
    readonly message: string;
    readonly text: string;
  };
}

function suites(result: RunResult): object[] {
  const ids = [
    ...new Set([...Object.keys(result.coverage.endpoints), ...result.findings.map(({ endpoint }) => endpoint)]),
  ];
  const list = ids.map((id): [string, TestCase[], readonly ResultFinding[]] => {
    const findings = result.findings.filter(({ endpoint }) => endpoint === id);
    return [id, endpointCases(id, findings, result), findings.filter(({ severity }) => severity === 'info')];
  });
  return [...list, ['run', runCases(result), []] as const].map(([name, cases, told], index) =>
    suite(name, cases, told, index, result),
  );
}

/** Every answer of an endpoint goes through every check of an answer: what is not found there has passed. */
function endpointCases(id: string, findings: readonly ResultFinding[], { coverage }: RunResult): TestCase[] {
  const answered = Object.keys(coverage.endpoints[id]?.statuses ?? {}).length > 0;
  const found = findings.filter(({ severity }) => severity !== 'info');
  if (!answered && found.length === 0)
    return [
      { name: 'answers', outcome: { kind: 'skipped', message: 'no answer of this endpoint was seen', text: '' } },
    ];
  const checked = answered
    ? Object.keys(catalogue).filter((code) => code.startsWith('response.') && !isInfo(code))
    : [];
  const codes = [...new Set([...checked, ...found.map(({ code }) => code)])].sort();
  return codes.map((code) =>
    codeCase(
      code,
      found.filter((finding) => finding.code === code),
    ),
  );
}

function isInfo(code: string): boolean {
  return isFindingCode(code) && catalogue[code].severity === 'info';
}

function codeCase(code: string, findings: readonly ResultFinding[]): TestCase {
  if (findings.length === 0) return { name: code };
  const open = findings.filter(({ known }) => known === null);
  const message = `${(open[0] ?? findings[0]!).title}${findings.length > 1 ? ` (${findings.length} places)` : ''}`;
  const text = findings.map(describeFinding).join('\n\n');
  return { name: code, outcome: { kind: open.length > 0 ? 'failure' : 'skipped', message, text } };
}

function describeFinding(finding: ResultFinding): string {
  const { message, fingerprint, reproduce, severity } = finding;
  return [
    `${severity}: ${message}`,
    whereOf(finding),
    standing(finding).join(', '),
    `fingerprint: ${fingerprint}`,
    ...(reproduce.curl === null ? [] : [reproduce.curl]),
    ...(reproduce.replay === null ? [] : [reproduce.replay]),
  ].join('\n');
}

/** What kept the run from a verdict, and what it could not judge. */
function runCases(result: RunResult): TestCase[] {
  const judged = result.verdict === 'conforms' || result.verdict === 'violates';
  const verdict: TestCase = judged
    ? { name: 'verdict' }
    : { name: 'verdict', outcome: { kind: 'error', message: verdictSentence(result), text: result.notes.join('\n') } };
  const unjudged = result.unjudged.map(({ reason, count }) => skipped(`unjudged: ${reason}`, `${count} exchanges`));
  const unreadable = result.unreadable.map(({ place, reason }) => skipped(`unreadable: ${place}`, reason));
  return [verdict, ...unjudged, ...unreadable];
}

function skipped(name: string, message: string): TestCase {
  return { name, outcome: { kind: 'skipped', message, text: '' } };
}

function suite(
  name: string,
  cases: readonly TestCase[],
  told: readonly ResultFinding[],
  id: number,
  result: RunResult,
): object {
  const count = (kind: string) => cases.filter(({ outcome }) => outcome?.kind === kind).length;
  const { contract, run } = result;
  return {
    '@name': oneLine(name),
    '@timestamp': timestamp(run.startedAt),
    '@hostname': 'localhost',
    '@tests': cases.length,
    '@failures': count('failure'),
    '@errors': count('error'),
    '@skipped': count('skipped'),
    '@time': id === 0 ? (run.durationMs / 1000).toFixed(3) : '0.000',
    '@package': oneLine(contract.name),
    '@id': id,
    properties: { property: properties(result).map(([key, value]) => ({ '@name': key, '@value': oneLine(value) })) },
    testcase: cases.map((each) => testCase(each, `${contract.name}.${name}`)),
    'system-out': { $: visible(told.map(describeFinding).join('\n\n')) },
    'system-err': {},
  };
}

function testCase({ name, outcome }: TestCase, className: string): object {
  const attributes = { '@name': oneLine(name), '@classname': oneLine(className), '@time': '0.000' };
  if (outcome === undefined) return attributes;
  const { kind, message, text } = outcome;
  const type = kind === 'skipped' ? {} : { '@type': oneLine(name) };
  return { ...attributes, [kind]: { '@message': oneLine(message), ...type, $: visible(text) } };
}

/** The windyroad schema allows no time zone; the start of a run is UTC. */
function timestamp(startedAt: string): string {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.exec(startedAt)?.[0] ?? '1970-01-01T00:00:00';
}

function properties({ tool, command, contract, run, verdict, exitCode, totals }: RunResult): [string, string][] {
  return [
    ['tool', `${tool.name} ${tool.version}`],
    ['command', command],
    ['contract.hash', contract.hash],
    ...(run.seed === null ? [] : [['seed', `${run.seed}`] as [string, string]]),
    ...(run.shard === null ? [] : [['shard', run.shard] as [string, string]]),
    ...(run.target === null ? [] : [['target', run.target] as [string, string]]),
    ['verdict', verdict],
    ['exitCode', `${exitCode}`],
    ...Object.entries(totals).map(([name, value]): [string, string] => [`totals.${name}`, `${value}`]),
  ];
}
