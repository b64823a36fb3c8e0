import type { Wire } from '../contract/wire.js';

/** A value that a place must not have, and why. */
export interface Defect {
  readonly class: string;
  /** Tells the defects of one class on one place apart. */
  readonly variant: string;
  /** Made of the valid value it stands for. */
  value(current: unknown): unknown;
  /** What the place asks for. */
  readonly reason: string;
  /** Variants of the class are mistakes of their own: none stands for the others. */
  readonly distinct?: true;
}

/** Defects of one class with fixed values, whatever stands in the place now. */
export function fixed(
  name: string,
  reason: string,
  values: readonly (readonly [variant: string, value: unknown])[],
): Defect[] {
  return values.map(([variant, value]) => ({ class: name, variant, value: () => value, reason }));
}

function listed(values: readonly unknown[]): string {
  return values.length <= 50 ? values.join(', ') : `${values.slice(0, 50).join(', ')} and ${values.length - 50} more`;
}

/** `string`, `string or null`, `one of H, F, N/A`: the words of the reasons. */
export function expectation(wire: Wire): string {
  const shape =
    wire.kind === 'enum'
      ? `one of ${listed(wire.values)}`
      : wire.kind === 'string' && wire.format !== undefined
        ? `a ${wire.format}`
        : wire.kind === 'union'
          ? wire.options.map(expectation).join(' or ')
          : (words[wire.kind] ?? wire.kind);
  return wire.nullable ? `${shape} or null` : shape;
}

const words: Partial<Record<Wire['kind'], string>> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  tuple: 'a list',
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  intersection: 'a value of both schemas',
};
