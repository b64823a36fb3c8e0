/** The package as programs see it: the engine's face, the contract with its models, and the commands as functions. */
export * from '../../contracts/chift/index.js';
export * from '../index.js';
export type { ResultFinding, RunResult } from '../run/result.js';
export { type CheckOptions, checkExchanges, type RecordedExchange } from './check-exchanges.js';
export { type Config, defineConfig } from './config.js';
export type { CallerOptions } from './library-world.js';
export { type VerifyOptions, verifyProvider as verify } from './verify-provider.js';
