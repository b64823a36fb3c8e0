import { hasPlace } from '../exchange/pointer.js';
import { severityOf } from '../finding/catalogue.js';
import { type Finding, fingerprint, generalPointer } from '../finding/finding.js';
import type { Call, Surroundings } from '../property/property.js';
import { BudgetSpent } from '../transport/budget.js';
import type { CaseContext } from './caller.js';
import { type CasePath, casePath, inputAt } from './case-path.js';
import type { Item, Plan } from './plan.js';
import type { Sink, Source } from './source.js';

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

interface Suspect {
  readonly item: Item;
  readonly position: number;
  readonly finding: Finding;
}

/** At most this many runs of a property go into making one counterexample small. */
const runsPerFinding = 80;

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

  /** What shrinking will need: planned cases may cut it down to a third, since they are what the run is for. */
  private keptBack(reserve: number): number {
    if (this.suspects.size === this.settled.size) return 0;
    return this.taken < this.options.plan.cases.length ? Math.floor(reserve / 3) : reserve;
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

  /** Errors before warnings, in the order of the plan; each gets an equal share of what is left. */
  async minimiseAll(): Promise<void> {
    const open = [...this.suspects]
      .filter(([key]) => !this.settled.has(key))
      .sort(([, a], [, b]) => rank(a) - rank(b) || a.position - b.position);
    if (open.length > 0) this.sink.step(`making small what was found: ${open.length}, each sent once more`);
    for (const [at, [key, suspect]] of open.entries()) {
      const share = Math.floor(this.options.budgetLeft() / (open.length - at));
      await this.minimise(key, suspect, Math.min(runsPerFinding, Math.max(2, share)));
      this.settled.add(key);
      if (this.signal.aborted) return;
    }
  }

  /** Greedy descent, locked on one fingerprint: a candidate that fails otherwise is another defect, not a smaller one. */
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
    for (let smaller = true; smaller; ) {
      smaller = false;
      let position = -1;
      for (const candidate of item.inputs.shrink(input)) {
        position++;
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

/** Where the case begins: its number, or an input of the corpus. */
function startOf({ inputs, index, address }: Item): { readonly start: CasePath; readonly input: unknown } {
  if (address === undefined) return { start: String(index), input: inputs.at(index) };
  return { start: address, input: inputAt(inputs, address)?.input };
}

/**
 * What came back otherwise than it was sent has to be sent: candidates without the place are known not to show it, and
 * cost no request.
 */
function showable({ item, finding }: Suspect, first: unknown): (candidate: unknown) => boolean {
  const { inputs } = item;
  const place = generalPointer(finding.at.pointer);
  const has = (input: unknown): boolean => hasPlace(inputs.bodyOf?.(input), place);
  return finding.code.startsWith('echo.') && has(first) ? has : () => true;
}

function isSerious({ code }: Finding): boolean {
  return severityOf(code) !== 'info';
}

function rank({ finding }: Suspect): number {
  return severityOf(finding.code) === 'error' ? 0 : 1;
}
