import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { route } from '../contract/route.js';
import { catalogue } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { type Judgement, judgeWith } from '../run/judge.js';
import { exchangeOf, type GoldenCase, goldenCases } from '../testing/golden-case.js';
import type { EchoMode } from './echo-faithful.js';
import { checksFor } from './index.js';

const cases = goldenCases(fileURLToPath(new URL('./golden', import.meta.url)));
const names = Object.keys(checksFor('strict'));

function found(check: string, golden: GoldenCase): Finding[] {
  const exchange = exchangeOf(golden);
  const routed = route(contract, exchange.request.method, exchange.request.url);
  if (routed === undefined || exchange.outcome.kind !== 'answered') throw new Error('the case speaks to no endpoint');
  const subject = { contract, ...routed, exchange, response: exchange.outcome };
  return [...checksFor(golden.echo)[check]!(subject)];
}

const told = ({ code, at, rule, message }: Finding) => ({ code, part: at.part, pointer: at.pointer, rule, message });
const classOf = ({ class: name, reason }: Judgement) => (reason === undefined ? name : `${name}: ${reason}`);
const judged = (golden: GoldenCase, echo: EchoMode) => judgeWith(contract, checksFor(echo))(exchangeOf(golden));

describe.each(names)('check %s', (check) => {
  const own = cases.filter((each) => each.check === check);

  it.each(['conforming', 'violating', 'unjudgeable'])('has a %s case', (outcome) => {
    expect(own.filter(({ golden }) => golden.outcome === outcome).length).toBeGreaterThan(0);
  });

  it.each(own.map(({ name, golden }) => [name, golden] as const))('finds what %s says', (_, golden) => {
    const findings = found(check, golden);
    expect(findings.map(told)).toEqual(golden.findings);
    expect(findings.length > 0, golden.outcome).toBe(golden.outcome === 'violating');
    const judgement = judged(golden, golden.echo);
    expect(classOf(judgement)).toBe(golden.verdict);
    if (golden.outcome === 'conforming') expect(judgement.class).toBe('conforms');
  });
});

describe('the golden cases', () => {
  it('are of checks that exist', () => {
    expect(cases.filter(({ check }) => !names.includes(check))).toEqual([]);
  });

  it('show every code that a check can give', () => {
    const shown = new Set(cases.flatMap(({ golden }) => golden.findings.map(({ code }) => code)));
    const given = Object.keys(catalogue).filter((code) => /^(request|response|echo)\./.test(code));
    expect(given.filter((code) => !shown.has(code))).toEqual([]);
  });

  it('are judged the same when they are judged again', () => {
    for (const { golden } of cases) expect(judged(golden, golden.echo)).toEqual(judged(golden, golden.echo));
  });
});
