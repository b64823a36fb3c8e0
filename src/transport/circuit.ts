import { HarnessError } from '../errors.js';
import type { Answered, Unanswered } from '../exchange/exchange.js';
import { isThrottled } from './pace.js';

/** Requests in a row that stay without an answer before the target counts as gone. */
const longestSilence = 5;
/** Throttled answers in a row: three to a request, because each is tried again. */
const longestThrottle = 15;

/**
 * Opens when the target cannot be reached at all, or has stopped answering. What was sent is still handed over; the next
 * request is refused.
 */
export class Circuit {
  /** Whether anything ever came back. */
  private heard = false;
  private silent = 0;
  private open: HarnessError | undefined;

  constructor(private readonly origin: string) {}

  /** Throws an infrastructure error once it is open. */
  throwIfOpen(): void {
    if (this.open !== undefined) throw this.open;
  }

  watch(outcome: Answered | Unanswered): void {
    if (outcome.kind === 'unanswered' && outcome.reason === 'interrupted') return;
    if (outcome.kind === 'answered' || outcome.reason === 'protocol') {
      this.heard = true;
      this.silent = outcome.kind === 'answered' && isThrottled(outcome) ? this.silent + 1 : 0;
    } else this.silent++;
    const unreachable = outcome.kind === 'unanswered' && ['refused', 'dns', 'tls'].includes(outcome.reason);
    const enough = this.silent >= (outcome.kind === 'unanswered' ? longestSilence : longestThrottle);
    if (enough || (!this.heard && unreachable))
      this.open ??= new HarnessError(
        'infrastructure',
        `${this.origin} ${this.heard ? 'stopped answering' : 'cannot be reached'} (${why(outcome)})`,
        { hint: 'Check --url, the network and whether the provider is up.' },
      );
  }
}

function why(outcome: Answered | Unanswered): string {
  return outcome.kind === 'answered' ? `status ${outcome.status}` : outcome.detail;
}
