import type { Check } from '../checks/check.js';
import type { Glance } from '../checks/plainly-conforms.js';
import type { Contract } from '../contract/contract.js';
import { HarnessError } from '../errors.js';
import type { Exchange } from '../exchange/exchange.js';
import { type Finding, fingerprint } from '../finding/finding.js';
import type { Counted, Sink, Source } from '../sources/source.js';
import { type BasePaths, type Judge, type Judgement, judgeWith } from './judge.js';
import { type KindOf, Tally } from './tally.js';

/** What happens while a run goes on, for progress and journals. */
export type RunEvent =
  | { readonly kind: 'exchange'; readonly exchange: Exchange; readonly judgement: Judgement }
  | { readonly kind: 'unreadable'; readonly place: string; readonly reason: string }
  /** Exchanges that were judged elsewhere. */
  | { readonly kind: 'counted'; readonly exchanges: number; readonly violating: number }
  | { readonly kind: 'step'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }
  /** A defect that was not seen before. */
  | { readonly kind: 'finding'; readonly finding: Finding };

export interface RunPlan {
  readonly contract: Contract;
  readonly checks: Readonly<Record<string, Check>>;
  readonly sources: readonly Source[];
  /** Spares the checks where it sees that they would find nothing. */
  readonly glance?: Glance;
  readonly basePaths?: BasePaths;
  /** What kind of property an exchange belongs to, for reports that tell kinds apart. */
  readonly kindOf?: KindOf;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

export interface RunOutcome {
  readonly tally: Tally;
  /** What kept a source from finishing; what was seen before it stays in the tally. */
  readonly troubles: readonly HarnessError[];
  /** What our own code threw; the sources and checks that did not throw went on. */
  readonly bugs: readonly unknown[];
  readonly unfinishedCases: number;
  /** Exchanges that stayed unanswered or throttled after every permitted retry, and the longest row of them. */
  readonly silence: { readonly count: number; readonly longest: number };
}

/** Runs sources one after the other into one judge and one tally. Throws nothing of its own. */
export async function run(plan: RunPlan): Promise<RunOutcome> {
  const tally = new Tally(plan.contract, plan.kindOf);
  const judge = judgeWith(plan.contract, plan.checks, plan.basePaths, plan.glance);
  const sink = new Counter(judge, tally, plan.onEvent);
  const troubles: HarnessError[] = [];
  for (const source of plan.sources) {
    try {
      await source(sink, plan.signal);
    } catch (error) {
      if (error instanceof HarnessError) troubles.push(error);
      else sink.bug(error);
    }
  }
  return {
    tally,
    troubles,
    bugs: [...sink.bugs.values()],
    unfinishedCases: sink.unfinished,
    silence: { count: sink.silent, longest: sink.longest },
  };
}

class Counter implements Sink {
  unfinished = 0;
  silent = 0;
  longest = 0;
  /** By their text: one bug that shows in every exchange is one. */
  readonly bugs = new Map<string, unknown>();
  private row = 0;

  constructor(
    private readonly judge: Judge,
    private readonly tally: Tally,
    private readonly onEvent: RunPlan['onEvent'],
  ) {}

  exchange(exchange: Exchange, superseded = false) {
    const judgement = this.judge(exchange);
    if (judgement.bug !== undefined) this.bug(judgement.bug);
    const fresh = this.tally.count(exchange, judgement);
    if (exchange.origin.kind === 'live' && !superseded && judgement.reason !== 'interrupted') this.watch(judgement);
    this.onEvent?.({ kind: 'exchange', exchange, judgement });
    this.tell(fresh);
    return judgement.findings;
  }

  bug(error: unknown): void {
    this.bugs.set(String(error), error);
  }

  private tell(fresh: readonly Finding[]): void {
    for (const finding of fresh) this.onEvent?.({ kind: 'finding', finding });
  }

  private watch(judgement: Judgement): void {
    if (judgement.class !== 'unjudged') {
      this.row = 0;
      return;
    }
    this.silent++;
    this.row++;
    this.longest = Math.max(this.longest, this.row);
  }

  unreadable(place: string, reason: string): void {
    this.tally.countUnreadable(place, reason);
    this.onEvent?.({ kind: 'unreadable', place, reason });
  }

  absorb(counted: Counted): void {
    for (const bug of counted.bugs) this.bug(bug);
    const fresh = this.tally.absorb(counted);
    this.onEvent?.({ kind: 'counted', exchanges: counted.totals.exchanges, violating: counted.violating });
    this.tell(fresh);
  }

  found: Sink['found'] = (findings) => this.tell(this.tally.found(findings));

  step(text: string): void {
    this.onEvent?.({ kind: 'step', text });
  }

  note(text: string): void {
    this.tally.notes.add(text);
    this.onEvent?.({ kind: 'note', text });
  }

  expect: Sink['expect'] = (places) => this.tally.expect(places);
  tried: Sink['tried'] = (places, failed) => this.tally.tried(places, failed);

  planUnfinished(cases: number): void {
    this.unfinished += cases;
  }

  minimised: Sink['minimised'] = (key, finding) => {
    const sighting = this.tally.sightings.get(key);
    if (!sighting || fingerprint(finding) !== key) return;
    sighting.finding = finding;
    const { origin } = finding.evidence;
    sighting.path = origin.kind === 'live' ? `${origin.property}:${origin.path}` : null;
  };

  confirmed: Sink['confirmed'] = (key, steady) => {
    const sighting = this.tally.sightings.get(key);
    if (sighting) sighting.steady = steady;
  };
}
