import { expect } from 'vitest';
import { type ContractMatchers, matchers } from './matchers.js';

export type { AnswerInHand } from './conformance.js';
export { type ContractMatchers, matchers, type Promised } from './matchers.js';
export { type SandboxFixtures, test } from './sandbox-test.js';

declare module 'vitest' {
  interface Matchers<T> extends ContractMatchers<T> {}
}

expect.extend(matchers);
