/** Thrown by the door when nothing more may be sent; sources end their plan on it. */
export class BudgetSpent extends Error {
  readonly limit: 'requests' | 'creates' | 'time' | 'interrupted';
  constructor(limit: BudgetSpent['limit']) {
    super(limit === 'interrupted' ? 'the run was interrupted' : `the budget of ${limit} is spent`);
    this.name = 'BudgetSpent';
    this.limit = limit;
  }
}

export interface BudgetLimits {
  readonly maxRequests: number;
  readonly maxCreates: number;
  /** Monotonic milliseconds after which nothing is sent; undefined for no limit. */
  readonly deadline: number | undefined;
}

/** Counts at the door, before the send: retries, shrinking and token requests included, whatever the answer is. */
export class Budget {
  requests = 0;
  creates = 0;
  shrinkRequests = 0;

  constructor(
    readonly limits: BudgetLimits,
    private readonly now: () => number,
  ) {}

  /** Takes one request off the budget or throws {@link BudgetSpent}. */
  reserve(writes: boolean, purpose: 'plan' | 'shrink'): void {
    if (this.limits.deadline !== undefined && this.now() >= this.limits.deadline) throw new BudgetSpent('time');
    if (this.requests >= this.limits.maxRequests) throw new BudgetSpent('requests');
    if (writes && this.creates >= this.limits.maxCreates) throw new BudgetSpent('creates');
    this.requests++;
    if (writes) this.creates++;
    if (purpose === 'shrink') this.shrinkRequests++;
  }

  /** A write that the provider answered with a refusal created nothing. */
  releaseCreate(): void {
    this.creates--;
  }

  get left(): number {
    return Math.max(0, this.limits.maxRequests - this.requests);
  }
}
