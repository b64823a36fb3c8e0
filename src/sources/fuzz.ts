import { severityOf } from '../finding/catalogue.js';
import { type Finding, fingerprint } from '../finding/finding.js';
import type { Call, Surroundings } from '../property/property.js';
import { BudgetSpent } from '../transport/budget.js';
import type { CaseContext } from './caller.js';
import { casePath } from './case-path.js';
import type { Item, Plan } from './plan.js';
import type { Sink, Source } from './source.js';
import { leadersOf, rank, type Suspect, showable, startOf } from './suspect.js';

export interface FuzzOptions {
  readonly plan: Plan;
  readonly around: Surroundings;
  callFor(sink: Sink): (context: CaseContext) => Call;
  readonly concurrency: number;
  /** Stop after the cases that come first when one of them shows a defect: nothing more is written there. */
  readonly canary?: boolean;
  /** Requests that are still allowed. */
  budgetLeft(): number;
  /** Requests kept back for shrinking and sending again, once something was found. */
  readonly shrinkReserve: number;
}

/** At most this many runs of a property go into making one counterexample small. */
const runsPerFinding = 120;

/** Drives a provider through a plan, then makes what it found small and sends it once more. */
export function fuzz(options: FuzzOptions): Source {
  return async (sink, signal) => {
    const hunt = new Hunt(options, sink, signal);
    const { length } = options.plan.cases;
    if (length > 0) sink.step(length === 1 ? 'trying 1 planned case' : `trying ${length} planned cases`);
    for (const item of options.plan.cases) sink.expect(item.inputs.covers(startOf(item).input));
    try {
      await hunt.tryAll(options.shrinkReserve);
      if (hunt.stopped !== undefined) return;
      await hunt.minimiseAll();
      await hunt.tryAll(0);
      await hunt.minimiseAll();
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      hunt.stopped = error.message;
    } finally {
      hunt.tellRest();
    }
  };
}

class Hunt {
  /** Why nothing more could be sent. */
  stopped: string | undefined;
  private canaryIsPast = false;
  private readonly queue: Iterator<Item>;
  private taken = 0;
  private readonly tried = new Set<Item>();
  private readonly suspects = new Map<string, Suspect>();
  private readonly settled = new Set<string>();
  private readonly callFor: (context: CaseContext) => Call;

  constructor(
    private readonly options: FuzzOptions,
    private readonly sink: Sink,
    private readonly signal: AbortSignal,
  ) {
    this.callFor = options.callFor(sink);
    this.queue = inOrder(options.plan);
  }

  /** Cases in order, several at a time; an exclusive one waits until it is alone. Stops at the reserve if there is work for it. */
  async tryAll(reserve: number): Promise<void> {
    const running = new Set<Promise<void>>();
    let failure: unknown;
    const settle = async () => {
      await Promise.all(running);
      if (failure !== undefined) throw failure;
    };
    while (failure === undefined && !this.signal.aborted) {
      if (this.options.budgetLeft() <= this.keptBack(reserve)) break;
      const { value: item, done } = this.queue.next();
      if (done) break;
      if (!this.canaryIsPast && !item.property.first) {
        await settle();
        this.canaryIsPast = true;
        if (this.options.canary && this.canaryFailed()) break;
      }
      // Random bodies take what the plan has left over, never what a slow case of it still needs.
      const isFirstFiller = this.taken === this.options.plan.cases.length;
      if (item.exclusive || isFirstFiller) await settle();
      if (isFirstFiller) this.sink.step('trying random bodies as far as the budget goes');
      const run = this.tryOne(item, this.taken++)
        .catch((error: unknown) => {
          failure ??= error;
        })
        .finally(() => running.delete(run));
      running.add(run);
      if (item.exclusive) await settle();
      else if (running.size >= this.options.concurrency) await Promise.race(running);
    }
    await settle();
  }

  private canaryFailed(): boolean {
    const failed = [...this.suspects.values()].find(({ item }) => item.property.first);
    if (failed === undefined) return false;
    this.stopped = `the first contact failed (${failed.finding.code}), so nothing more was written`;
    return true;
  }

  /** What shrinking will need: planned cases may cut it down to a half, since they are what the run is for. */
  private keptBack(reserve: number): number {
    if (this.suspects.size === this.settled.size) return 0;
    return this.taken < this.options.plan.cases.length ? Math.floor(reserve / 2) : reserve;
  }

  private async tryOne(item: Item, position: number): Promise<void> {
    const { start, input } = startOf(item);
    const found = (await this.run(item, input, start, 'plan')).filter(isSerious);
    this.tried.add(item);
    this.sink.tried(item.inputs.covers(input), found.length > 0);
    for (const finding of found) {
      const key = fingerprint(finding);
      const earlier = this.suspects.get(key);
      if (earlier === undefined || position < earlier.position) this.suspects.set(key, { item, position, finding });
    }
  }

  /** Runs one property on one input; gives the findings of the checks and of the property itself. */
  private async run(item: Item, input: unknown, casePath: string, purpose: 'plan' | 'shrink'): Promise<Finding[]> {
    const call = this.callFor({ property: item.property.id, casePath, purpose });
    const found: Finding[] = [];
    const watched: Call = async (request) => {
      const called = await call(request);
      found.push(...called.findings);
      return called;
    };
    const own = await item.property.run(input, watched, this.options.around);
    this.sink.found(own);
    return [...found, ...own];
  }

  /**
   * Errors before warnings, in the order of the plan. One of each code comes first, and these share what is left. The others
   * are mostly the same defects at other places: each may take all but one request for every one after it, which shows
   * that it happens again.
   */
  async minimiseAll(): Promise<void> {
    const open = [...this.suspects]
      .filter(([key]) => !this.settled.has(key))
      .sort(([, a], [, b]) => rank(a) - rank(b) || a.position - b.position);
    if (open.length > 0) this.sink.step(`making small what was found: ${open.length}, each sent once more`);
    const leaders = leadersOf(open);
    await this.minimiseEach(leaders, (left, waiting) => Math.floor(left / (waiting + 1)));
    await this.minimiseEach(
      open.filter((each) => !leaders.includes(each)),
      (left, waiting) => left - waiting,
    );
  }

  private async minimiseEach(
    open: readonly [string, Suspect][],
    share: (left: number, waiting: number) => number,
  ): Promise<void> {
    for (const [at, [key, suspect]] of open.entries()) {
      if (this.signal.aborted) return;
      const requests = share(this.options.budgetLeft(), open.length - at - 1);
      await this.minimise(key, suspect, Math.min(runsPerFinding, Math.max(2, requests)));
      this.settled.add(key);
    }
  }

  /**
   * Greedy descent, locked on one fingerprint: a candidate that fails otherwise is another defect, not a smaller one. After
   * a step it goes on where it was, since what could not go a moment ago can seldom go now; a last pass from the start
   * shows that nothing can.
   */
  private async minimise(key: string, suspect: Suspect, requests: number): Promise<void> {
    const { item } = suspect;
    const limit = this.options.budgetLeft() - requests;
    const asked = new Set<string>();
    const { start, input: first } = startOf(item);
    let input = first;
    const steps: number[] = [];
    const shows = async (candidate: unknown, path: readonly number[]): Promise<Finding | undefined> => {
      const found = await this.run(item, candidate, casePath(start, path), 'shrink');
      return found.find((finding) => fingerprint(finding) === key);
    };
    const mayShow = showable(suspect, first);
    const again = await shows(input, steps);
    this.sink.confirmed(key, again !== undefined);
    if (again === undefined) return;
    for (let from = 0; ; ) {
      let smaller = false;
      let position = -1;
      for (const candidate of item.inputs.shrink(input)) {
        if (++position < from) continue;
        if (this.options.budgetLeft() <= limit || this.signal.aborted) return;
        const text = JSON.stringify(candidate);
        if (asked.has(text) || !mayShow(candidate)) continue;
        asked.add(text);
        const finding = await shows(candidate, [...steps, position]);
        if (finding === undefined) continue;
        input = candidate;
        steps.push(position);
        smaller = true;
        this.sink.minimised(key, finding);
        break;
      }
      if (!smaller && from === 0) return;
      from = smaller ? position : 0;
    }
  }

  /** What was not tried is told, never left out. */
  tellRest(): void {
    const missed = this.options.plan.cases.filter((item) => !this.tried.has(item));
    if (missed.length === 0) return;
    const names = [...new Set(missed.map(({ property }) => property.id))].join(', ');
    const why = this.stopped === undefined ? '' : `; ${this.stopped}`;
    this.sink.note(`not tried: ${missed.length} planned cases (${names})${why}`);
    this.sink.planUnfinished(missed.length);
  }
}

function* inOrder({ cases, fillers }: Plan): Iterator<Item> {
  yield* cases;
  yield* fillers();
}

function isSerious({ code }: Finding): boolean {
  return severityOf(code) !== 'info';
}
