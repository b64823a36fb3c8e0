import type { Wire } from '../contract/wire.js';
import { brokenLists, brokenNumbers, brokenTuples, recordKeys, unknownKeys } from './broken-bounds.js';
import { brokenTexts, outsideEnum } from './broken-texts.js';
import type { Defect } from './defect.js';
import { laxValues } from './lax-values.js';
import { nulls, wrongTypes } from './wrong-types.js';

/** Values that a place must not have, each wrong in one way only; null may be allowed after all. */
export function defectsOf(wire: Wire): Defect[] {
  return [...wrongTypes(wire), ...nulls(wire), ...laxValues(wire), ...constraints(wire)];
}

function constraints(wire: Wire): Defect[] {
  switch (wire.kind) {
    case 'string':
      return brokenTexts(wire);
    case 'enum':
      return outsideEnum(wire);
    case 'number':
      return brokenNumbers(wire);
    case 'array':
      return brokenLists(wire);
    case 'tuple':
      return brokenTuples(wire);
    case 'object':
      return unknownKeys(wire);
    case 'record':
      return recordKeys(wire);
    default:
      return [];
  }
}
