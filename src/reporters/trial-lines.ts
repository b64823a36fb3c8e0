import type { RunResult } from '../run/result.js';
import { amount, sumTried } from './summary.js';

/** What was tried, a line each. */
export function trialLines({ command, totals, coverage, run }: RunResult): string[] {
  if (command === 'drift') return [`${amount(totals.judged, 'description')} compared`];
  const kinds = run.options['only'];
  const { called, answers, seen } = answersOf(coverage.endpoints);
  return [
    ...(totals.requests > 0
      ? [`${amount(totals.requests, 'request')} sent, ${totals.creates} created something`]
      : [amount(totals.exchanges, 'recorded exchange')]),
    ...(Array.isArray(kinds) ? [`only the kinds ${kinds.join(', ')}`] : []),
    ...tried('edge', 'edges', coverage.edges, coverage.places.fields),
    ...tried('mutation', 'mutations', coverage.mutations, coverage.places.mutations),
    ...(answers === 0
      ? []
      : [
          `${seen} of ${amount(answers, 'documented answer')} seen, on ${called} of ${amount(Object.keys(coverage.endpoints).length, 'endpoint')}`,
        ]),
    `${totals.judged} of ${amount(totals.exchanges, 'exchange')} judged`,
  ];
}

type Coverage = RunResult['coverage'];

function tried(one: string, many: string, axis: Coverage['edges'], places: Coverage['places']['fields']): string[] {
  const { total, tried: count } = sumTried(axis);
  if (total === 0) return [];
  return [
    `${count} of ${total} ${total === 1 ? one : many}, on ${amount(Object.keys(places).length, 'place')} of a request`,
  ];
}

function answersOf(endpoints: Coverage['endpoints']): { called: number; answers: number; seen: number } {
  const all = Object.values(endpoints);
  return {
    called: all.filter(({ statuses }) => Object.keys(statuses).length > 0).length,
    answers: all.reduce((sum, { promised }) => sum + promised.length, 0),
    seen: all.reduce((sum, { promised, statuses }) => sum + promised.filter((each) => statuses[each]).length, 0),
  };
}

/** What was not tried, not seen or not judged, a line each, and what the run has to note: missing data never reads as a pass. */
export function gapLines({ command, notes, unjudged, unreadable, totals, coverage }: RunResult): string[] {
  return [
    ...untried('edge', 'edges', coverage.edges),
    ...untried('mutation', 'mutations', coverage.mutations),
    ...unjudged.map(({ reason, count }) => `${amount(count, 'exchange')} could not be judged: ${reason}`),
    ...(totals.outOfScope > 0
      ? [`${amount(totals.outOfScope, 'exchange')} to endpoints that the contract does not name`]
      : []),
    ...unreadable.map(({ place, reason }) => `${place} could not be read: ${reason}`),
    ...(totals.unreadable > unreadable.length
      ? [`${totals.unreadable - unreadable.length} more could not be read`]
      : []),
    ...notes,
    ...(command === 'drift' ? [] : unseen(coverage.endpoints)),
  ];
}

function untried(one: string, many: string, axis: Coverage['edges']): string[] {
  const { total, tried: count } = sumTried(axis);
  return total > count ? [`${total - count} planned ${total - count === 1 ? one : many} not tried`] : [];
}

function unseen(endpoints: Coverage['endpoints']): string[] {
  const all = Object.entries(endpoints);
  const silent = all.filter(([, { statuses }]) => Object.keys(statuses).length === 0).map(([id]) => id);
  const partly = all.filter(([id]) => !silent.includes(id));
  return [
    ...(silent.length > 0 ? [`never called: ${silent.join(', ')}`] : []),
    ...partly.flatMap(([id, { promised, statuses }]) => {
      const missed = promised.filter((status) => !statuses[status]);
      return missed.length === 0 ? [] : [`${id} never answered ${missed.join(', ')}, which is documented`];
    }),
  ];
}
