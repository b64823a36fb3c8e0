import { contract } from '../../contracts/chift/index.js';
import { endpointById } from '../contract/contract.js';
import { toWire, type Wire } from '../contract/wire.js';
import { arbitraryOf, bytesOf, valueAt } from '../derive/arbitrary.js';
import { edgePlan } from '../derive/edges.js';
import { exampleOf } from '../derive/example.js';
import { mutationsOf } from '../derive/mutation.js';
import { jsonBytes } from '../derive/strings.js';
import { exitCodes } from '../errors.js';
import type { World } from './world.js';

type BodyKind = 'valid' | 'edge' | 'invalid';

const defaultCount = 10;
const stream = 'generate';
/** Bytes gathered before they are written: a write for each line would cost more than the line. */
const chunkLength = 1 << 16;

/** Bodies for create-contact, one JSON document a line; invalid ones with label, pointer and the text to send. */
export async function generateBodies(
  world: World,
  kind: BodyKind,
  count: number | undefined,
  given: number | undefined,
): Promise<number> {
  const seed = given ?? world.seed();
  const create = endpointById(contract, contract.provider.resource.create);
  const wire = toWire(create.request.body!, `${create.id} request body`);
  const { length, lineAt } = linesOf[kind](wire, seed);
  await write(world, lineAt, count ?? length);
  if (given === undefined && kind !== 'edge') world.stderr.write(`seed ${seed}\n`);
  return exitCodes.conforms;
}

/** Ends early when the reader has seen enough. */
async function write({ stdout, drained }: World, lineAt: (index: number) => string, count: number): Promise<void> {
  let chunk = Buffer.allocUnsafe(chunkLength);
  let filled = 0;
  const flush = (): boolean => {
    const isTaken = Boolean(stdout.write(chunk.subarray(0, filled)));
    chunk = Buffer.allocUnsafe(chunkLength);
    filled = 0;
    return isTaken;
  };
  for (let index = 0; index < count; index++) {
    const line = `${lineAt(index)}\n`;
    if (filled + line.length > chunk.length) {
      if (filled > 0 && !flush() && !(await drained())) return;
      if (line.length > chunk.length) chunk = Buffer.allocUnsafe(line.length);
    }
    filled += chunk.write(line, filled, 'latin1');
  }
  if (filled > 0 && !flush()) await drained();
}

interface Lines {
  /** How many there are when nobody says. */
  readonly length: number;
  /** JSON bytes without a line end. */
  lineAt(index: number): string;
}

const linesOf: Readonly<Record<BodyKind, (wire: Wire, seed: number) => Lines>> = {
  valid: (wire, seed) => ({ length: defaultCount, lineAt: bytesOf(wire, seed, stream) }),
  edge: (wire) => {
    const lines = edgePlan(wire, { hostile: true }).map(({ body }) => jsonBytes(body));
    return { length: lines.length, lineAt: (index) => lines[index % lines.length]! };
  },
  invalid: invalidLines,
};

/** Every defect once in the fullest body; whoever asks for more gets them again in bodies drawn from the seed. */
function invalidLines(wire: Wire, seed: number): Lines {
  const full = exampleOf(wire, { optional: 'present' });
  const drawn = arbitraryOf(wire);
  const mutations = mutationsOf(wire);
  const lineAt = (index: number) => {
    const { id, class: name, pointer, label, reason, apply } = mutations[index % mutations.length]!;
    const base = index < mutations.length ? full : valueAt(drawn, seed, stream, index);
    return jsonBytes({ label, pointer, class: name, id, reason, ...apply(base) });
  };
  return { length: mutations.length, lineAt };
}
