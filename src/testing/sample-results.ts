import { contract } from '../../contracts/chift/index.js';
import { checksFor } from '../checks/index.js';
import { bodyOf, emptyBody } from '../exchange/body.js';
import type { Answered, Exchange } from '../exchange/exchange.js';
import { createRedactor } from '../exchange/redact.js';
import type { ResultFinding, RunResult } from '../run/result.js';
import { resultOf } from '../run/result-of.js';
import { run } from '../run/run.js';
import type { Source } from '../sources/source.js';

const tenant = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const target = 'http://127.0.0.1:4010';

const person = {
  is_customer: true,
  first_name: 'Zoë',
  last_name: 'Dupont',
  email: 'zoe@example.org',
  gender: 'F',
  birthdate: '1990-02-28',
  addresses: [{ address_type: 'main', street: 'Rue Haute', city: 'Bruxelles', postal_code: '1000', country: 'BE' }],
};
const contact = { id: 'c-1', source_ref: { id: '17', model: 'res.partner' }, ...person, external_reference: null };

/** One create with its answer, as the fuzz source would send it. */
export function sampleExchange(
  number: number,
  request: unknown,
  status: number,
  answer: unknown,
  headers?: Answered['headers'],
): Exchange {
  return {
    id: `createContact.accepts-random:${number}:${number}`,
    origin: { kind: 'live', property: 'createContact.accepts-random', path: `${number}` },
    request: {
      method: 'POST',
      url: `${target}/consumers/${tenant}/invoicing/contacts`,
      headers: [
        ['accept', 'application/json'],
        ['content-type', 'application/json'],
        ['x-chift-client-requestid', `sample-${number}`],
        ['authorization', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzYW1wbGUifQ.c2lnbmF0dXJl'],
      ],
      body: bodyOf(JSON.stringify(request)),
    },
    outcome: {
      kind: 'answered',
      status,
      headers: headers ?? [['content-type', 'application/json']],
      body: answer === undefined ? emptyBody : bodyOf(typeof answer === 'string' ? answer : JSON.stringify(answer)),
      durationMs: 12 + (number % 40),
      defects: [],
    },
    before: [],
  };
}

const fields = Object.keys(person).concat('phone', 'mobile', 'vat', 'currency', 'language', 'comment', 'company_name');
const edges = ['absent', 'null', 'empty', 'one-char', 'unicode', 'long', 'list-of-two'];
const mutations = ['wrong-type', 'unknown-enum-value', 'missing-required', 'null-where-none', 'bad-date'];

/** A clean run; with a breach in it for every answer that `broken` gives. */
async function runOf(broken: readonly Exchange[], command: string): Promise<RunResult> {
  const source: Source = async (sink) => {
    for (const field of fields) for (const name of edges) sink.expect([{ axis: 'field', pointer: `/${field}`, name }]);
    for (const name of mutations)
      for (const field of fields.slice(0, 6)) sink.expect([{ axis: 'mutation', pointer: `/${field}`, name }]);
    for (let number = 0; number < 120; number++) {
      sink.exchange(sampleExchange(number, person, 200, contact));
      const [pointer, name] = [`/${fields[number % fields.length]}`, edges[number % edges.length]!];
      sink.tried([{ axis: 'field', pointer, name }], broken.length > 0 && number % 17 === 3);
      sink.tried([{ axis: 'mutation', pointer: `/${fields[number % 5]}`, name: mutations[number % 5]! }], false);
    }
    for (const exchange of broken) sink.exchange(exchange);
    sink.exchange({
      ...sampleExchange(900, {}, 200, {}),
      outcome: { kind: 'unanswered', reason: 'timeout', detail: 'no complete answer: timeout' },
    });
    sink.exchange({
      ...sampleExchange(901, {}, 200, {}),
      request: { method: 'GET', url: `${target}/health`, headers: [], body: emptyBody },
    });
    sink.note('not tried: auth probes, because no foreign consumer is configured');
  };
  const outcome = await run({
    contract,
    checks: checksFor('strict'),
    sources: [source],
    kindOf: ({ id }) => (id.endsWith('3') ? 'edge' : 'valid'),
    signal: new AbortController().signal,
  });
  return resultOf({
    version: '0.1.0',
    command,
    contract,
    contractHash: `sha256:${'5f'.repeat(32)}`,
    run: {
      id: 'sample',
      seed: 42,
      shard: null,
      startedAt: '2026-08-21T09:00:00.000Z',
      durationMs: 4321,
      target,
      options: { only: ['valid', 'edge', 'invalid'] },
    },
    outcome,
    spent: { requests: 131, creates: 119, shrinkRequests: 9 },
    redactor: createRedactor(['sample-secret']),
    known: [],
    today: '2026-08-21',
    failOn: 'error',
    minJudged: 0,
    interrupted: undefined,
    replay: { file: 'reports/result.json', flags: ['--url', target] },
  });
}

/** Nothing found. */
export const cleanResult = (): Promise<RunResult> => runOf([], 'verify');

/** A handful of breaches of different kinds, judged by the real checks; one is accepted. */
export async function brokenResult(): Promise<RunResult> {
  const withAddress = { ...contact, addresses: [{ ...person.addresses[0], address_type: 'home', country: 32 }] };
  const result = await runOf(
    [
      sampleExchange(201, person, 200, withAddress),
      sampleExchange(202, { first_name: '😀' }, 500, '<!doctype html><h1>Internal Server Error</h1>', [
        ['content-type', 'text/html'],
      ]),
      sampleExchange(203, person, 200, { ...contact, loyalty_points: 7 }),
      sampleExchange(204, person, 200, { ...contact, id: undefined, source_ref: undefined }),
      sampleExchange(205, { ...person, gender: 'M' }, 422, {
        detail: [{ loc: ['body', 'first_name'], msg: 'bad', type: 'value_error' }],
      }),
    ],
    'verify',
  );
  const accepted = { reason: 'ticket 118: fixed in the next release', expires: '2026-12-31' };
  return {
    ...result,
    findings: result.findings.map((finding, index) => (index === 1 ? { ...finding, known: accepted } : finding)),
  };
}

/** As many findings as asked for: the breaches above, moved from place to place. */
export async function largeResult(count: number): Promise<RunResult> {
  const { findings, ...rest } = await brokenResult();
  const many = Array.from({ length: count }, (_, index): ResultFinding => {
    const finding = findings[index % findings.length]!;
    if (index < findings.length) return finding;
    const pointer = `${finding.at.pointer}/field_${index}`;
    const fingerprint = [finding.code, finding.endpoint, finding.at.part, pointer, finding.rule].join('|');
    return {
      ...finding,
      at: { ...finding.at, pointer },
      fingerprint,
      reproduce: { ...finding.reproduce, replay: null },
    };
  });
  const rank = { error: 0, warning: 1, info: 2 };
  return { ...rest, findings: many.toSorted((a, b) => rank[a.severity] - rank[b.severity]) };
}

/** A run that ended before it saw anything. */
export function emptyResult(): RunResult {
  return {
    schemaVersion: 1,
    tool: { name: 'chift-contract', version: '0.1.0' },
    command: 'check',
    contract: { name: 'chift/contacts', hash: `sha256:${'00'.repeat(32)}` },
    run: { id: 'empty', seed: null, shard: null, startedAt: '', durationMs: 0, target: null, options: {} },
    verdict: 'inconclusive',
    exitCode: 3,
    totals: {
      exchanges: 0,
      judged: 0,
      unjudged: 0,
      outOfScope: 0,
      unreadable: 0,
      requests: 0,
      creates: 0,
      shrinkRequests: 0,
    },
    unjudged: [],
    unreadable: [],
    coverage: { endpoints: {}, fields: {}, edges: {}, mutations: {}, places: { fields: {}, mutations: {} } },
    notes: [],
    findings: [],
    artefacts: [],
  };
}
