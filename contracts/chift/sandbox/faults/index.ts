import { responseBodyFaults } from './response-body.js';

export type { Fault } from './fault.js';

/** Every breach the sandbox can commit, by area. */
export const faults = [...responseBodyFaults];
