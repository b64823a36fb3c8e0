import { create } from 'xmlbuilder2';
import type { RunResult } from '../run/result.js';
import type { Reporter } from './reporter.js';
import { describeFinding, type TestCase, type TestSuite, testSuites } from './test-cases.js';
import { oneLine, visible } from './visible-text.js';

/** JUnit XML as both the Jenkins and the windyroad schema want it: one suite per endpoint, one case per promise. */
export const junit: Reporter = {
  id: 'junit',
  file: 'junit.xml',
  render(result) {
    const testsuite = testSuites(result).map((suite, id) => suiteElement(suite, id, result));
    const document = create({ version: '1.0', encoding: 'UTF-8' }, { testsuites: { testsuite } });
    return `${document.end({ prettyPrint: true })}\n`;
  },
};

const elements = { failed: 'failure', error: 'error', skipped: 'skipped' } as const;

function suiteElement({ name, cases, told }: TestSuite, id: number, result: RunResult): object {
  const count = (status: TestCase['status']) => cases.filter((each) => each.status === status).length;
  const { contract, run } = result;
  return {
    '@name': attribute(name),
    '@timestamp': timestamp(run.startedAt),
    '@hostname': 'localhost',
    '@tests': cases.length,
    '@failures': count('failed'),
    '@errors': count('error'),
    '@skipped': count('skipped'),
    '@time': name === 'run' ? (run.durationMs / 1000).toFixed(3) : '0.000',
    '@package': attribute(contract.name),
    '@id': id,
    properties: { property: properties(result).map(([key, value]) => ({ '@name': key, '@value': attribute(value) })) },
    testcase: cases.map((each) => caseElement(each, `${contract.name}.${name}`)),
    'system-out': { '#': content(told.map(describeFinding).join('\n\n')) },
    'system-err': {},
  };
}

function caseElement({ name, status, message, text }: TestCase, className: string): object {
  const attributes = { '@name': attribute(name), '@classname': attribute(className), '@time': '0.000' };
  if (status === 'passed') return attributes;
  const type = status === 'skipped' ? {} : { '@type': attribute(name) };
  return { ...attributes, [elements[status]]: { '@message': attribute(message), ...type, '#': content(text) } };
}

/** The library undoes one escaping when it reads and leaves an entity alone when it writes; no ampersand here is one. */
function content(text: string): string {
  return visible(text).replaceAll('&', '&amp;amp;');
}

/** On one line, and never empty: the windyroad schema wants names. */
function attribute(text: string): string {
  return oneLine(text).replaceAll('&', '&amp;amp;').trim() || '-';
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
