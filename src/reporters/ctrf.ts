import type { RunResult } from '../run/result.js';
import type { Reporter } from './reporter.js';
import { amount } from './summary.js';
import { type TestCase, testSuites } from './test-cases.js';
import { jsonText, visible } from './visible-text.js';

/** Common Test Report Format 0.0.0 and later: the cases of the JUnit report, with the fingerprints beside them. */
export const ctrf: Reporter = {
  id: 'ctrf',
  file: 'ctrf-report.json',
  render: (result) => jsonText(report(result)),
};

const statuses = { passed: 'passed', failed: 'failed', skipped: 'skipped', error: 'other' } as const;

function report(result: RunResult): object {
  const { tool, run, contract, notes, findings } = result;
  const tests = testSuites(result).flatMap((suite) =>
    suite.cases.map((each) => test(each, [contract.name, suite.name])),
  );
  const count = (status: string) => tests.filter((each) => each.status === status).length;
  const start = startOf(run.startedAt);
  const duration = Math.round(run.durationMs);
  return {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    generatedBy: `${tool.name} ${tool.version}`,
    timestamp: new Date(start).toISOString(),
    results: {
      tool: { name: tool.name, version: tool.version },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: count('other'),
        start,
        stop: start + duration,
        duration,
      },
      tests,
      environment: {
        appName: visible(contract.name),
        ...(!run.target ? {} : { testEnvironment: visible(run.target) }),
        ...(run.shard ? { shardId: visible(run.shard) } : {}),
      },
      extra: {
        command: result.command,
        seed: run.seed,
        verdict: result.verdict,
        exitCode: result.exitCode,
        totals: result.totals,
        notes: notes.map(visible),
        told: findings.filter(({ severity }) => severity === 'info').map(({ fingerprint }) => visible(fingerprint)),
      },
    },
  };
}

function test({ name, status, message, text, findings }: TestCase, suite: readonly string[]) {
  return {
    name: visible(name),
    status: statuses[status],
    duration: 0,
    suite: suite.map(visible),
    ...(message === '' ? {} : { message: visible(message) }),
    ...(text === '' ? {} : { trace: visible(text) }),
    ...(findings.some(({ steady }) => steady === false) ? { flaky: true } : {}),
    ...(findings.length === 0
      ? {}
      : {
          tags: [...new Set(findings.map(({ severity }) => severity))],
          extra: {
            places: amount(findings.length, 'place'),
            fingerprints: findings.map(({ fingerprint }) => visible(fingerprint)),
          },
        }),
  };
}

/** Milliseconds since 1970; 0 for a start that is no date. */
export function startOf(startedAt: string): number {
  const start = Date.parse(startedAt);
  return Number.isNaN(start) ? 0 : start;
}
