import { describe, expect, it } from 'vitest';
import { mergeResults } from '../run/merge.js';
import { brokenResult, cleanResult, emptyResult } from '../testing/sample-results.js';
import { type TestCase, testSuites } from './test-cases.js';

const casesOf = (suites: ReturnType<typeof testSuites>, endpoint: string): readonly TestCase[] =>
  suites.find(({ name }) => name === endpoint)?.cases ?? [];

const statusOf = (cases: readonly TestCase[]): Record<string, string> =>
  Object.fromEntries(cases.map(({ name, status }) => [name, status]));

describe('the test cases of a result', () => {
  it('are one for each code, endpoint and kind of property that asked, of the same names whatever was found', async () => {
    const clean = casesOf(testSuites(await cleanResult()), 'createContact');
    const broken = casesOf(testSuites(await brokenResult()), 'createContact');
    const names = clean.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['response.body.type (edge)', 'response.body.type (valid)']));
    expect(names).toHaveLength(new Set(names).size);
    expect(names.filter((name) => !/^response\.[\w.-]+ \((edge|valid)\)$/.test(name))).toEqual([]);
    expect(broken.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    expect(clean.every(({ status }) => status === 'passed')).toBe(true);
  });

  it('fail for the kinds that showed the defect, and pass for the others', async () => {
    const cases = statusOf(casesOf(testSuites(await brokenResult()), 'createContact'));
    expect(cases['response.body.type (valid)']).toBe('failed');
    expect(cases['response.body.type (edge)']).toBe('passed');
  });

  it('are by code and endpoint alone where no kinds are known, as in a recording or an older result', async () => {
    const { coverage, findings, ...rest } = await brokenResult();
    const { promised, statuses } = coverage.endpoints['createContact']!;
    const older = {
      ...rest,
      coverage: { ...coverage, endpoints: { ...coverage.endpoints, createContact: { promised, statuses } } },
      findings: findings.map(({ kinds: _, ...finding }) => finding),
    };
    const cases = statusOf(casesOf(testSuites(older), 'createContact'));
    expect(cases['response.body.type']).toBe('failed');
    expect(Object.keys(cases).filter((name) => name.includes('('))).toEqual([]);
  });

  it('of two parts are those of the whole', async () => {
    const broken = await brokenResult();
    const part = (shard: string, result: typeof broken) => ({
      ...result,
      run: { ...result.run, id: shard, shard },
    });
    const whole = mergeResults([part('1/2', await cleanResult()), part('2/2', broken)]);
    expect(statusOf(casesOf(testSuites(whole), 'createContact'))).toEqual(
      statusOf(casesOf(testSuites(broken), 'createContact')),
    );
    expect(whole.coverage.endpoints['createContact']!.kinds!['valid']).toBeGreaterThan(
      broken.coverage.endpoints['createContact']!.kinds!['valid']!,
    );
  });

  it('say that an endpoint was not asked', () => {
    const { coverage, ...rest } = emptyResult();
    const endpoints = { getContact: { promised: [200], statuses: {} } };
    const cases = casesOf(testSuites({ ...rest, coverage: { ...coverage, endpoints } }), 'getContact');
    expect(statusOf(cases)).toEqual({ answers: 'skipped' });
  });
});
