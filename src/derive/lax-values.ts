import type { Wire } from '../contract/wire.js';
import { type Defect, expectation, fixed } from './defect.js';
import { belongs } from './membership.js';

/** What lax parsers turn into the expected type although the promise does not allow it. */
export function laxValues(wire: Wire): Defect[] {
  const kind = wire.kind === 'string' ? wire.format : wire.kind;
  const values = kind === undefined ? [] : (laxly[kind] ?? []);
  return fixed(
    `coercible-${kind}`,
    `${expectation(wire)} is expected, and only a lax parser makes one of it`,
    values.filter(([, value]) => !belongs(wire, value)),
  );
}

const laxly: Readonly<Record<string, readonly (readonly [string, unknown])[]>> = {
  boolean: [
    ['text-true', 'true'],
    ['one', 1],
    ['text-one', '1'],
    ['zero', 0],
    ['text-yes', 'yes'],
    ['text-off', 'off'],
    ['text-FALSE', 'FALSE'],
  ],
  number: [
    ['text-one', '1'],
    ['text-decimal', '1.0'],
    ['true', true],
  ],
  date: [
    ['midnight', '2024-01-31T00:00:00'],
    ['midnight-utc', '2024-01-31T00:00:00Z'],
    ['epoch-seconds', 1_706_659_200],
    ['epoch-text', '1706659200'],
  ],
  'date-time': [
    ['date-only', '2024-01-31'],
    ['epoch-seconds', 1_706_659_200],
  ],
  uuid: [['no-dashes', '3f0c8e7a1b2d4c5e8f90a1b2c3d4e5f6']],
};
