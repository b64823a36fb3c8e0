import { test as base } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../contracts/chift/index.js';

/** What tests made with {@link test} may ask for. */
export interface SandboxFixtures {
  /** The emulated provider, started for the one test that asks for it and closed after it. */
  readonly sandbox: Sandbox;
  /** How it is started; `test.override({ sandboxOptions: { faults: ['id-number'] } })` breaks a promise. */
  readonly sandboxOptions: SandboxOptions;
}

/** vitest's `test` with a provider: `test('creates', async ({ sandbox }) => { … sandbox.url … })`. */
export const test = base.extend<SandboxFixtures>({
  sandboxOptions: {},
  sandbox: async ({ sandboxOptions }, use) => {
    const sandbox = await startSandbox(sandboxOptions);
    await use(sandbox);
    await sandbox.close();
  },
});
