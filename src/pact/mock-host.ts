import { startChild } from './child.js';
import type { MockPlan } from './mock-plan.js';

export type MockMessage = { readonly open: MockPlan } | { readonly close: { readonly expectMatch: boolean } };
export type MockAnswer = { readonly url: string } | MockResult;

/** What Pact's mock server saw; `pact` is the file of this one interaction, null when the client missed it. */
export interface MockResult {
  readonly problems: readonly string[];
  readonly pact: string | null;
}

export interface MockServer {
  readonly url: string;
  /** `expectMatch` false: the client broke already, so a request that never came is not waited for. */
  close(expectMatch: boolean): Promise<MockResult>;
}

/** Pact's mock servers, one at a time, in a child process. */
export interface MockHost {
  open(plan: MockPlan): Promise<MockServer>;
  stop(): Promise<void>;
}

export function startMockHost(): MockHost {
  const child = startChild('mock');
  return {
    async open(plan) {
      const { url } = (await child.ask({ open: plan } satisfies MockMessage)) as { url: string };
      return {
        url,
        close: async (expectMatch) => (await child.ask({ close: { expectMatch } } satisfies MockMessage)) as MockResult,
      };
    },
    stop: () => child.stop(),
  };
}
