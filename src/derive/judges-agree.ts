import type { Wire } from '../contract/wire.js';

/**
 * Whether ajv and zod can only give one verdict on values of this tree, so that asking one is asking both. They may
 * differ on lengths (code points or UTF-16 units), patterns (Unicode or not), most formats, steps of a fraction, and
 * where keys nobody described are judged.
 */
export function judgesAgree(wire: Wire): boolean {
  switch (wire.kind) {
    case 'object':
      return wire.rest === 'open' && Object.values(wire.fields).every((field) => judgesAgree(field.wire));
    case 'array':
      return judgesAgree(wire.item);
    case 'union':
      return wire.options.every(judgesAgree);
    case 'string':
      return (
        wire.min === 0 &&
        wire.max === undefined &&
        wire.patterns.length === 0 &&
        (wire.format === undefined || wire.format === 'date')
      );
    case 'number':
      return wire.multipleOf === undefined;
    case 'enum':
    case 'boolean':
    case 'null':
    case 'any':
      return true;
    default:
      return false;
  }
}
