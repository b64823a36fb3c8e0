import type { Contract, Deviation } from '../contract/contract.js';
import { generalPointer } from '../finding/finding.js';
import type { Change } from './change.js';

/** The contract's own reason for a change, where it differs from the published document on purpose. */
export function deviationFor({ deviations = [] }: Contract, { operation, rule, at }: Change): Deviation | undefined {
  return deviations.find(
    (deviation) =>
      deviation.rule === rule &&
      (deviation.endpoints?.includes(operation) ?? true) &&
      (deviation.pointer === undefined || generalPointer(deviation.pointer) === generalPointer(at.pointer)),
  );
}
