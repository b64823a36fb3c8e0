import { authFaults } from './auth.js';
import { conditionalFaults } from './conditional.js';
import { echoFaults } from './echo.js';
import type { Fault } from './fault.js';
import { relationFaults } from './relations.js';
import { responseBodyFaults } from './response-body.js';
import { stateFaults } from './state.js';
import { statusFaults } from './status.js';
import { validationFaults } from './validation.js';
import { wireFaults } from './wire.js';

export type { Fault } from './fault.js';

/** Every breach the sandbox can commit, by area. */
export const faults: readonly Fault[] = [
  ...responseBodyFaults,
  ...statusFaults,
  ...wireFaults,
  ...validationFaults,
  ...echoFaults,
  ...stateFaults,
  ...relationFaults,
  ...authFaults,
  ...conditionalFaults,
];
