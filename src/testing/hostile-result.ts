import { existsSync, readFileSync } from 'node:fs';
import { escapePointer } from '../exchange/json.js';
import type { RunResult } from '../run/result.js';

/** Strings that have broken reports of others: markup, commands to CI systems and terminals, direction marks, formulas. */
export const hostileTexts: readonly string[] = [
  '<script>alert(1)</script><img src=x onerror=alert(2)>',
  '"\'><svg/onload=alert(3)>',
  '</style></script></pre></details><!--',
  '-->',
  ']]>',
  '<![CDATA[ &#x0; &amp; &lol;',
  '\u0000\u0008\u000b\u001b[2J\u001b]8;;http://127.0.0.1/\u0007link\u001b]8;;\u0007\u007f\u009b31m',
  '\ufffe\uffff\ud800 \udfff\u{1fffe}',
  'a\u202egnp.exe\u2066\u200f\u061c',
  '\r\n::error file=x::y\n::set-env name=A::b',
  '::add-mask::x',
  '##[error]x ##vso[task.setvariable]y ##teamcity[testFailed]',
  '| a | b |\n| --- |',
  '```\n# out of the fence\n~~~',
  '![x](http://127.0.0.1/x.png) [y](javascript:alert(4)) <http://127.0.0.1> www.example.org @everyone :tada: $x$',
  '{0} {1} [link](javascript:alert(5))',
  "=cmd|' /C calc'!A0",
  'x'.repeat(70_000),
  '\u2028\u2029\u0085',
  '__proto__',
  'A:',
  '',
  ' ',
];

const bigList = new URL('../../../shared/corpora/naughty-strings/blns.json', import.meta.url);

/** Ours, and the big list of naughty strings where it is at hand. */
export function naughtyTexts(): string[] {
  if (existsSync(bigList)) return [...hostileTexts, ...(JSON.parse(readFileSync(bigList, 'utf8')) as string[])];
  console.warn('reports are not tried with the big list of naughty strings: it is not beside this checkout');
  return [...hostileTexts];
}

/** The same result with one text in every place that may quote a stranger; what is code of ours stays. */
export function withText(result: RunResult, text: string): RunResult {
  return {
    ...result,
    command: text,
    contract: { ...result.contract, name: text },
    run: { ...result.run, id: text, shard: text, target: text, options: { [text]: [text] } },
    unjudged: [{ reason: text, count: 1 }],
    unreadable: [{ place: text, reason: text }],
    notes: [text],
    coverage: coverageOf(text),
    findings: result.findings.map((finding) => findingWith(finding, text)),
    artefacts: [{ path: text, sha256: text }],
  };
}

function coverageOf(text: string): RunResult['coverage'] {
  const tried = { total: 2, tried: 1, failed: 1 };
  const places = { [text]: { [text]: 'failed', other: 'untried' } } as const;
  return {
    endpoints: { [text]: { promised: [200], statuses: { 200: 1, 500: 1 }, kinds: { [text]: 2 } } },
    fields: { [text]: tried },
    edges: { [text]: tried },
    mutations: { [text]: tried },
    places: { fields: places, mutations: places },
  };
}

type Found = RunResult['findings'][number];

function findingWith(finding: Found, text: string): Found {
  const { evidence } = finding;
  const request = { ...evidence.request, method: text, url: text, ...messageWith(text) };
  const response = evidence.response && {
    ...evidence.response,
    ...messageWith(text),
    defects: [{ kind: text, detail: text }],
  };
  const exchange = { id: text, place: text, request, response, unanswered: { reason: text, detail: text } };
  return {
    ...finding,
    code: finding.severity === 'info' ? text : finding.code,
    title: text,
    message: text,
    endpoint: text,
    at: { ...finding.at, pointer: `/${escapePointer(text.toWellFormed())}` },
    rule: text,
    kinds: [text],
    fingerprint: `${text}|${finding.fingerprint}`,
    known: finding.known && { reason: text, expires: text },
    evidence: { place: text, request, response, before: [exchange] } as unknown as Found['evidence'],
    reproduce: { seed: 1, path: text, curl: text, replay: text },
  };
}

function messageWith(text: string): object {
  const body = `{${JSON.stringify(text.toWellFormed())}: ["a", ${JSON.stringify(text.toWellFormed())}]}`;
  return {
    headers: [
      ['content-type', text],
      [text, text],
    ],
    body: {
      state: 'present',
      text: text.length % 2 === 0 ? text : body,
      base64: null,
      size: text.length + 1,
      omitted: 3,
    },
  };
}
