import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget, BudgetSpent } from './budget.js';

const limits = { maxRequests: 5, maxCreates: 2, deadline: undefined };

function spend(budget: Budget, writes = false, purpose: 'plan' | 'shrink' = 'plan'): BudgetSpent['limit'] | undefined {
  try {
    budget.reserve(writes, purpose);
    return undefined;
  } catch (error) {
    if (error instanceof BudgetSpent) return error.limit;
    throw error;
  }
}

describe('the budget', () => {
  it('never lets more through than its limits, in whatever order requests, releases and time come', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('reserve' as const), writes: fc.boolean(), shrink: fc.boolean() }),
      fc.record({ kind: fc.constant('release' as const) }),
      fc.record({ kind: fc.constant('tick' as const) }),
    );
    fc.assert(
      fc.property(
        fc.nat(8),
        fc.nat(4),
        fc.nat(6),
        fc.array(step, { maxLength: 40 }),
        (maxRequests, maxCreates, deadline, steps) => {
          let time = 0;
          const budget = new Budget({ maxRequests, maxCreates, deadline }, () => time);
          let [passed, created, shrunk] = [0, 0, 0];
          for (const each of steps) {
            if (each.kind === 'tick') time++;
            else if (each.kind === 'release') {
              if (created === 0) continue;
              created--;
              budget.releaseCreate();
            } else {
              const refused = spend(budget, each.writes, each.shrink ? 'shrink' : 'plan');
              const over = time >= deadline || passed >= maxRequests || (each.writes && created >= maxCreates);
              expect(refused !== undefined).toBe(over);
              if (over) continue;
              passed++;
              if (each.writes) created++;
              if (each.shrink) shrunk++;
            }
            expect(budget).toMatchObject({ requests: passed, creates: created, shrinkRequests: shrunk });
            expect(budget.left).toBe(maxRequests - passed);
          }
        },
      ),
      { seed: 1 },
    );
  });

  it('of nothing sends nothing', () => {
    expect(spend(new Budget({ ...limits, maxRequests: 0 }, () => 0))).toBe('requests');
  });

  it('says which limit ended it', () => {
    const budget = new Budget({ ...limits, maxCreates: 1, deadline: 10 }, () => 0);
    expect([spend(budget, true), spend(budget, true), spend(budget)]).toEqual([undefined, 'creates', undefined]);
    expect(spend(new Budget({ ...limits, deadline: 10 }, () => 10))).toBe('time');
    expect(new BudgetSpent('creates').message).toBe('the budget of creates is spent');
    expect(new BudgetSpent('interrupted').message).toBe('the run was interrupted');
  });
});
