import fc from 'fast-check';
import type { ZodType } from 'zod';
import { toWire } from '../contract/wire.js';
import { type ArbitraryOptions, arbitraryOf, drawnArbitrary } from './arbitrary.js';
import { edgePlan } from './edges.js';
import { type Mutant, type Mutation, mutationsOf } from './mutation.js';

/** A body with one defect, as text and as value, and what is wrong with it. */
export type InvalidBody = Mutant & Pick<Mutation, 'id' | 'class' | 'pointer' | 'label' | 'reason'>;

/** Valid bodies of a schema: fresh JSON data without `undefined`, with shrinks that stay valid. */
export function validBodies<T>(schema: ZodType<T>, options: ArbitraryOptions = {}): fc.Arbitrary<T> {
  return arbitraryOf(toWire(schema, 'schema'), options) as fc.Arbitrary<T>;
}

/** Valid bodies that show a named edge: extreme lengths, odd scripts, telltale dates, nulls, missing fields, long lists. */
export function edgeBodies<T>(schema: ZodType<T>, { hostile = true }: ArbitraryOptions = {}): fc.Arbitrary<T> {
  const wire = toWire(schema, 'schema');
  const plan = edgePlan(wire, { hostile });
  return drawnArbitrary(wire, (dice) => structuredClone(dice.pick(plan).body)) as fc.Arbitrary<T>;
}

/** Bodies with exactly one defect each: in a value, in the JSON text or in the content type. Shrinks keep the defect. */
export function invalidBodies(schema: ZodType, options: ArbitraryOptions = {}): fc.Arbitrary<InvalidBody> {
  const wire = toWire(schema, 'schema');
  return fc
    .tuple(fc.constantFrom(...mutationsOf(wire)), arbitraryOf(wire, options))
    .map(([{ apply, ...told }, base]) => ({ ...told, ...apply(base) }));
}
