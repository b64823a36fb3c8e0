import { type Contract, endpointById } from '../contract/contract.js';
import { toWire, type Wire } from '../contract/wire.js';
import { exampleOf } from '../derive/example.js';
import { type Mutation, mutationsOf } from '../derive/mutation.js';
import { shrinkBody } from '../derive/shrink.js';
import { generalPointer } from '../finding/finding.js';
import type { Covered, Property, Surroundings } from './property.js';

export interface InvalidInput {
  readonly mutation: string;
  readonly base: unknown;
}

/**
 * Every invalid neighbour of a valid body is refused: one variant of each class on each place, chosen by the seed.
 * The checks decide what is wrong with the answer, by the request itself.
 */
export function refusesInvalid(contract: Contract): Property<InvalidInput> {
  return mutationProperty(contract, 'refuses-invalid', false);
}

/** The variants that the first round left out, as far as the budget goes. */
export function refusesVariants(contract: Contract): Property<InvalidInput> {
  return mutationProperty(contract, 'refuses-variants', true);
}

function mutationProperty(contract: Contract, name: string, rest: boolean): Property<InvalidInput> {
  const create = endpointById(contract, contract.provider.resource.create);
  const wire = toWire(create.request.body!, `${create.id} request body`);
  const all = once(() => new Map(mutationsOf(wire).map((mutation) => [mutation.id, mutation])));
  const base = once(() => exampleOf(wire, { optional: 'present' }));
  return {
    id: `${create.id}.${name}`,
    kind: 'invalid',
    filler: rest,
    inputs: (around) => {
      const chosen = choose([...all().values()], around, rest);
      return {
        count: chosen.length,
        at: (index) => ({ mutation: chosen[index]!.id, base: base() }),
        shrink: (input) => smallerBases(wire, input),
        covers: (input) => [coverOf(all().get(input.mutation)!)],
      };
    },
    async run(input, call) {
      const { text, contentType } = all().get(input.mutation)!.apply(input.base);
      await call({ endpoint: create.id, raw: { content: text, contentType } });
      return [];
    },
  };
}

/** Made when it is first asked for: most commands list the properties and run none. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function* smallerBases(wire: Wire, input: InvalidInput): Iterable<InvalidInput> {
  for (const base of shrinkBody(wire, input.base)) yield { mutation: input.mutation, base };
}

/** One variant per class and place, turning with the seed; or all the others. */
function choose(mutations: readonly Mutation[], { seed }: Surroundings, rest: boolean): Mutation[] {
  const groups = new Map<string, Mutation[]>();
  for (const mutation of mutations) {
    const key = mutation.distinct ? mutation.id : `${mutation.class} ${generalPointer(mutation.pointer)}`;
    const group = groups.get(key);
    if (group) group.push(mutation);
    else groups.set(key, [mutation]);
  }
  return [...groups.values()].flatMap((group, position) => {
    const pick = (seed + position) % group.length;
    return group.filter((_, at) => (at === pick) !== rest);
  });
}

function coverOf(mutation: Mutation): Covered {
  return { axis: 'mutation', pointer: generalPointer(mutation.pointer), name: mutation.class };
}
