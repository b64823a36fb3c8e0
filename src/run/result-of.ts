import type { Contract } from '../contract/contract.js';
import { jsonOf } from '../exchange/body.js';
import type { Exchange, Origin } from '../exchange/exchange.js';
import type { Redactor } from '../exchange/redact.js';
import { catalogue } from '../finding/catalogue.js';
import { fingerprint } from '../finding/finding.js';
import { type KnownFinding, matchKnown } from '../finding/known.js';
import { coverageCounts } from './coverage.js';
import { curlOf, shellWord } from './curl.js';
import type { ResultFinding, RunResult } from './result.js';
import type { RunOutcome } from './run.js';
import type { Sighting, Tally } from './tally.js';
import { runVerdict } from './verdict.js';

export interface ResultInput {
  readonly version: string;
  readonly command: string;
  readonly contract: Contract;
  readonly contractHash: string;
  readonly run: RunResult['run'];
  readonly outcome: RunOutcome;
  readonly spent: { readonly requests: number; readonly creates: number; readonly shrinkRequests: number };
  readonly redactor: Redactor;
  readonly known: readonly KnownFinding[];
  /** `YYYY-MM-DD` in UTC, for the expiry of accepted findings. */
  readonly today: string;
  readonly failOn: 'error' | 'warning';
  readonly minJudged: number;
  readonly interrupted: number | undefined;
  /** How `replay` is called on the result; undefined when no result is written or nothing was sent. */
  readonly replay: ReplayCall | ((path: string) => readonly string[]) | undefined;
}

export interface ReplayCall {
  /** The result file, as seen from where the run was started. */
  readonly file: string;
  /** Flags that name the target, each a word. */
  readonly flags: readonly string[];
}

/** The one result that every reporter renders: counted, redacted, with its verdict. Artefacts are added once written. */
export function resultOf(input: ResultInput): RunResult {
  const { outcome, spent } = input;
  const { tally } = outcome;
  const findings = findingsOf(input);
  const decided = runVerdict({
    outcome,
    findings,
    failOn: input.failOn,
    requests: spent.requests,
    minJudged: input.minJudged,
    interrupted: input.interrupted,
  });
  return {
    schemaVersion: 1,
    tool: { name: 'chift-contract', version: input.version },
    command: input.command,
    contract: { name: input.contract.name, hash: input.contractHash },
    run: input.run,
    ...decided,
    totals: {
      exchanges: tally.exchanges,
      judged: tally.judged,
      unjudged: tally.unjudgedTotal,
      outOfScope: tally.outOfScope,
      unreadable: tally.unreadableTotal,
      ...spent,
    },
    unjudged: [...tally.unjudged]
      .map(([reason, count]) => ({ reason: input.redactor.text(reason), count }))
      .sort((a, b) => b.count - a.count || compare(a.reason, b.reason)),
    unreadable: tally.unreadable.map(({ place, reason }) => ({
      place: input.redactor.text(place),
      reason: input.redactor.text(reason),
    })),
    coverage: coverageOf(input.contract, tally),
    ...latencyOf(tally),
    notes: notesOf(input, findings),
    findings,
    artefacts: [],
  };
}

function findingsOf(input: ResultInput): ResultFinding[] {
  const rank = { error: 0, warning: 1, info: 2 };
  return [...input.outcome.tally.sightings.values()]
    .map((sighting) => findingOf(sighting, input))
    .sort((a, b) => rank[a.severity] - rank[b.severity] || compare(a.fingerprint, b.fingerprint));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function findingOf({ finding, seen, kinds, steady, path }: Sighting, input: ResultInput): ResultFinding {
  const { redactor, run } = input;
  const { severity, title } = catalogue[finding.code];
  // A field's name is the provider's to choose: it may hold a secret like any other text.
  const key = redactor.text(fingerprint(finding));
  const evidence = redactor.exchange(finding.evidence);
  const { covering } = matchKnown(input.known, key, input.today);
  const live = finding.evidence.origin.kind === 'live';
  return {
    code: finding.code,
    severity,
    title,
    message: redactor.text(finding.message),
    endpoint: finding.endpoint,
    at: { part: finding.at.part, pointer: redactor.text(finding.at.pointer) },
    rule: redactor.text(finding.rule),
    fingerprint: key,
    seen,
    ...(kinds.size > 0 && { kinds: [...kinds].sort() }),
    steady,
    known: covering ? { reason: covering.reason, expires: covering.expires ?? null } : null,
    attribution: attributionOf(finding.code, finding.evidence, input.contract),
    evidence: {
      place: evidence.place,
      ...recordedAs(finding.evidence.origin),
      request: evidence.request,
      response: evidence.response,
      before: finding.evidence.before.map((earlier) => redactor.exchange(earlier)),
    },
    reproduce: {
      seed: live ? run.seed : null,
      path,
      curl: typeof input.replay === 'function' ? null : curlOf(evidence.request),
      replay: live && path !== null && input.replay !== undefined ? replayOf(input.replay, key, path) : null,
    },
  };
}

function recordedAs(origin: Origin): Pick<ResultFinding['evidence'], 'recorded'> {
  if (origin.kind === 'live') return {};
  const { format, provenance, fidelity } = origin;
  return { recorded: { format, provenance, fidelity: [...fidelity] } };
}

function replayOf(replay: NonNullable<ResultInput['replay']>, key: string, path: string): string {
  const words = typeof replay === 'function' ? replay(path) : ['replay', replay.file, key, ...replay.flags];
  return ['npx', 'chift-contract', ...words.map(shellWord)].join(' ');
}

/** An error answer is attributed by its body; a wrong success, or a client's mistake, is always the contract's matter. */
function attributionOf(code: string, { outcome }: Exchange, contract: Contract): ResultFinding['attribution'] {
  if (code.startsWith('auth.')) return 'auth';
  if (code.startsWith('client.')) return 'contract';
  if (outcome.kind !== 'answered' || outcome.status < 400) return 'contract';
  const reading = outcome.body.state === 'present' ? jsonOf(outcome.body) : undefined;
  return contract.provider.attribute(outcome.status, reading?.ok ? reading.value : undefined);
}

function coverageOf(contract: Contract, tally: Tally): RunResult['coverage'] {
  const endpoints = contract.endpoints.map(({ id, responses }) => [
    id,
    {
      promised: Object.keys(responses).map(Number),
      statuses: sorted(tally.statuses.get(id) ?? new Map()),
      ...(tally.kinds.has(id) && { kinds: sorted(tally.kinds.get(id)!) }),
    },
  ]);
  const places = tally.places.places();
  return { endpoints: Object.fromEntries(endpoints), ...coverageCounts(places), places };
}

function latencyOf({ latency }: Tally): Pick<RunResult, 'latency'> {
  if (latency.size === 0) return {};
  return { latency: sorted(new Map([...latency].map(([endpoint, { classes }]) => [endpoint, classes]))) };
}

function sorted<T>(map: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...map].sort(([a], [b]) => compare(a, b)));
}

/** What stopped a source, what an accepted finding no longer covers, and what the sources said. */
function notesOf({ outcome, known, today, redactor }: ResultInput, findings: readonly ResultFinding[]): string[] {
  const troubles = outcome.troubles.map(({ message, hint }) => (hint === undefined ? message : `${message}. ${hint}`));
  const expired = findings
    .map(({ fingerprint: key }) => matchKnown(known, key, today).expired)
    .filter((entry) => entry !== undefined)
    .map(({ fingerprint: key, expires }) => `the acceptance of ${key} ended on ${expires}`);
  const seen = new Set(findings.map(({ fingerprint: key }) => key));
  const unused = known
    .filter(({ fingerprint: key }) => !seen.has(key))
    .map(({ fingerprint: key }) => `accepted and not seen in this run: ${key}`);
  const bugs = outcome.bugs.map((bug) => `a bug of this program: ${bug}`);
  const told = [...troubles, ...bugs, ...expired, ...unused, ...authorship(outcome.tally), ...outcome.tally.notes];
  return told.map((note) => redactor.text(note));
}

/** What a person wrote says what that person believes, not what the provider does. */
function authorship({ written: { example, stub }, judged }: Tally): string[] {
  const parts = [
    [example, 'example'],
    [stub, 'stub'],
  ].flatMap(([count, noun]) => (count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`]));
  if (parts.length === 0) return [];
  return [`${parts.join(' and ')} among ${judged} judged: written by people, so what is found there is their mistake`];
}
