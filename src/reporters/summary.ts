import type { ResultFinding, RunResult } from '../run/result.js';

export interface FindingCounts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  /** Errors and warnings that an accepted-findings entry covers; not in the other counts. */
  readonly accepted: number;
}

export function findingCounts(findings: readonly ResultFinding[]): FindingCounts {
  const count = (severity: ResultFinding['severity']) =>
    findings.filter((finding) => finding.known === null && finding.severity === severity).length;
  return {
    error: count('error'),
    warning: count('warning'),
    info: count('info'),
    accepted: findings.filter(({ known }) => known !== null).length,
  };
}

const subjects = new Map([
  ['check', 'The recorded exchanges'],
  ['client', 'The client'],
]);

/** The verdict as one sentence that needs no knowledge of the tool. */
export function verdictSentence(result: RunResult): string {
  if (result.command === 'drift' && (result.verdict === 'conforms' || result.verdict === 'violates'))
    return driftSentence(result);
  const subject = subjects.get(result.command) ?? 'The provider';
  const plural = subject.endsWith('s');
  const found = foundSentence(result.findings);
  switch (result.verdict) {
    case 'conforms':
      return `${subject} ${plural ? 'keep' : 'keeps'} the contract: ${amount(result.totals.judged, 'exchange')} judged, ${found}.`;
    case 'violates':
      return `${subject} ${plural ? 'break' : 'breaks'} the contract: ${found}.`;
    case 'inconclusive':
      return `No verdict: ${inconclusiveReason(result)}.`;
    case 'refused':
      return 'Refused for safety: nothing was written.';
    case 'infrastructure':
      return `No verdict: the target was out of reach or stopped answering (${amount(result.totals.judged, 'exchange')} judged).`;
    case 'incomplete':
      return `A report or the journal could not be written whole; ${found}.`;
  }
}

/** Nobody was asked anything: two descriptions were laid side by side. */
function driftSentence({ verdict, totals, findings }: RunResult): string {
  const found = foundSentence(findings);
  return verdict === 'conforms'
    ? `Nothing breaks: ${compared(totals.judged)}, ${found}.`
    : `Something breaks: ${found}.`;
}

const compared = (count: number): string => `${amount(count, 'description')} compared`;

function inconclusiveReason({ totals, exitCode }: RunResult): string {
  if (exitCode === 130 || exitCode === 143) return `interrupted after ${amount(totals.judged, 'exchange')}`;
  if (totals.judged === 0) return 'nothing could be judged';
  if (exitCode === 2) return `some of the input could not be read (${amount(totals.judged, 'exchange')} judged)`;
  if (totals.unreadable * 2 > totals.exchanges)
    return `${totals.unreadable} of ${amount(totals.exchanges, 'entry', 'entries')} could not be read`;
  return `too little was judged or the plan was not finished (${amount(totals.judged, 'exchange')} judged)`;
}

/** `2 errors and 1 warning`, or `nothing found`. */
function foundSentence(findings: readonly ResultFinding[]): string {
  const { error, warning, info, accepted } = findingCounts(findings);
  const parts = [
    ...(error > 0 ? [amount(error, 'error')] : []),
    ...(warning > 0 ? [amount(warning, 'warning')] : []),
    ...(info > 0 ? [`${info} to know`] : []),
    ...(accepted > 0 ? [`${accepted} accepted before`] : []),
  ];
  if (parts.length === 0) return 'nothing found';
  return [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter(Boolean).join(' and ');
}

/** What was promised, tried and judged, as labelled sentences in the order a reader asks. */
export function summaryLines(result: RunResult): readonly (readonly [label: string, text: string])[] {
  const { contract, run } = result;
  return [
    ['Promised', `${contract.name}: ${promised(result)}`],
    ...(result.command === 'drift'
      ? [['Compared', amount(result.totals.judged, 'description')] as const]
      : [['Tried', tried(result)] as const, ['Judged', judged(result)] as const]),
    ['Found', foundSentence(result.findings)],
    ...(run.target === null ? [] : [['Target', run.target] as const]),
    ...(run.seed === null ? [] : [['Seed', `${run.seed}${run.shard === null ? '' : `, shard ${run.shard}`}`] as const]),
  ];
}

function promised({ coverage }: RunResult): string {
  const endpoints = Object.values(coverage.endpoints);
  const statuses = endpoints.reduce((sum, { promised: list }) => sum + list.length, 0);
  const fields = Object.keys(coverage.fields).length;
  return [
    amount(endpoints.length, 'endpoint'),
    amount(statuses, 'documented answer'),
    ...(fields > 0 ? [amount(fields, 'request place')] : []),
  ].join(', ');
}

function tried({ totals, coverage, run }: RunResult): string {
  const kinds = run.options['only'];
  const sent = totals.requests > 0 ? [amount(totals.requests, 'request'), `${totals.creates} created`] : [];
  return [
    ...(sent.length > 0 ? sent : [amount(totals.exchanges, 'recorded exchange')]),
    ...(Array.isArray(kinds) ? [`kinds ${kinds.join(', ')}`] : []),
    ...share('edges', coverage.edges),
    ...share('mutations', coverage.mutations),
  ].join(', ');
}

function share(label: string, axis: RunResult['coverage']['edges']): string[] {
  const { total, tried: seen } = sumTried(axis);
  return total === 0 ? [] : [`${seen} of ${total} ${label}`];
}

export function sumTried(axis: RunResult['coverage']['edges']): { total: number; tried: number; failed: number } {
  return Object.values(axis).reduce(
    (sum, each) => ({
      total: sum.total + each.total,
      tried: sum.tried + each.tried,
      failed: sum.failed + each.failed,
    }),
    { total: 0, tried: 0, failed: 0 },
  );
}

const shownReasons = 5;

function judged({ totals, unjudged }: RunResult): string {
  const rest = unjudged.slice(shownReasons).length;
  const reasons = [
    ...unjudged.slice(0, shownReasons).map(({ reason, count }) => `${reason} ${count}`),
    ...(rest > 0 ? [amount(rest, 'more reason')] : []),
  ].join(', ');
  return [
    `${totals.judged} of ${amount(totals.exchanges, 'exchange')}`,
    ...(totals.unjudged > 0 ? [`${totals.unjudged} could not be judged (${reasons})`] : []),
    ...(totals.outOfScope > 0 ? [`${totals.outOfScope} to other endpoints`] : []),
    ...(totals.unreadable > 0 ? [`${totals.unreadable} could not be read`] : []),
  ].join(', ');
}

export function amount(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}

/** `createContact · response.body /addresses/0/country`. */
export function whereOf({ endpoint, at }: Pick<ResultFinding, 'endpoint' | 'at'>): string {
  return `${endpoint} · ${at.part}${at.pointer === '' ? '' : ` ${at.pointer}`}`;
}

/** How often, how surely, since when accepted. */
export function standing({ seen, steady, known, attribution, evidence }: ResultFinding): readonly string[] {
  return [
    `seen ${seen === 1 ? 'once' : `${seen} times`}`,
    ...(steady === null ? [] : [steady ? 'shown again when sent again' : 'not shown when sent again']),
    ...(attribution === 'contract' ? [] : [`attributed to: ${attribution}`]),
    ...(known === null ? [] : [`accepted${known.expires === null ? '' : ` until ${known.expires}`}: ${known.reason}`]),
    ...writtenBy(evidence.recorded),
    evidence.place,
  ];
}

/** What was on a wire needs no word, and of a description nobody expects that it was. */
function writtenBy(recorded: ResultFinding['evidence']['recorded']): string[] {
  if (recorded === undefined || recorded.provenance === 'observation' || recorded.format === 'openapi') return [];
  const what = recorded.provenance === 'stub' ? 'a stub' : 'an example';
  return [`in ${what} only, which people wrote: the provider was not seen to say it`];
}
