import { expect } from 'vitest';
import { type ContractMatchers, matchers } from './matchers.js';

export type { AnswerInHand } from './conformance.js';
export { type ContractMatchers, matchers, type Promised } from './matchers.js';
export { type SandboxFixtures, test } from './sandbox-test.js';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: merged declarations must repeat the type parameters exactly
  interface Matchers<T = any> extends ContractMatchers<T> {}
}

expect.extend(matchers);
