import { authFaults } from './auth.js';
import { conditionalFaults } from './conditional.js';
import { echoFaults } from './echo.js';
import type { Fault } from './fault.js';
import { laxFaults } from './lax.js';
import { listFaults } from './lists.js';
import { readingFaults } from './reading.js';
import { relationFaults } from './relations.js';
import { responseBodyFaults } from './response-body.js';
import { stateFaults } from './state.js';
import { statusFaults } from './status.js';
import { strictFaults } from './strict.js';
import { wireFaults } from './wire.js';

export type { Fault } from './fault.js';

/** Every breach the sandbox can commit, by area. */
export const faults: readonly Fault[] = [
  ...responseBodyFaults,
  ...statusFaults,
  ...wireFaults,
  ...laxFaults,
  ...strictFaults,
  ...echoFaults,
  ...readingFaults,
  ...listFaults,
  ...stateFaults,
  ...relationFaults,
  ...authFaults,
  ...conditionalFaults,
];
