import { contract } from '../../contracts/chift/index.js';
import { endpointById } from '../contract/contract.js';
import { toWire, type Wire } from '../contract/wire.js';
import { arbitraryOf, valueAt } from '../derive/arbitrary.js';
import { edgePlan } from '../derive/edges.js';
import { exampleOf } from '../derive/example.js';
import { mutationsOf } from '../derive/mutation.js';
import { exitCodes } from '../errors.js';
import type { World } from './world.js';

const defaultCount = 10;

/** Bodies for create-contact, one JSON document a line; invalid ones with label, pointer and the text to send. */
export async function generateBodies(
  world: World,
  kind: 'valid' | 'edge' | 'invalid',
  count: number | undefined,
  given: number | undefined,
): Promise<number> {
  const seed = given ?? world.seed();
  const create = endpointById(contract, contract.provider.resource.create);
  const wire = toWire(create.request.body!, `${create.id} request body`);
  for (const body of bodies(wire, kind, count, seed))
    if (!world.stdout.write(`${JSON.stringify(body)}\n`) && !(await world.drained())) break;
  if (given === undefined && kind === 'valid') world.stderr.write(`seed ${seed}\n`);
  return exitCodes.conforms;
}

function* bodies(
  wire: Wire,
  kind: 'valid' | 'edge' | 'invalid',
  count: number | undefined,
  seed: number,
): Iterable<unknown> {
  if (kind === 'valid') {
    const valid = arbitraryOf(wire);
    for (let index = 0; index < (count ?? defaultCount); index++) yield valueAt(valid, seed, 'generate', index);
  } else if (kind === 'edge') {
    yield* repeated(
      edgePlan(wire, { hostile: true }).map(({ body }) => body),
      count,
    );
  } else {
    const base = exampleOf(wire, { optional: 'present' });
    const all = mutationsOf(wire).map((mutation) => {
      const { id, class: name, pointer, label, reason } = mutation;
      return { label, pointer, class: name, id, reason, ...mutation.apply(base) };
    });
    yield* repeated(all, count);
  }
}

/** The whole finite list, or exactly as many as asked for, from the start again where the list is shorter. */
function* repeated(all: readonly unknown[], count = all.length): Iterable<unknown> {
  for (let index = 0; index < count; index++) yield all[index % all.length];
}
