import fc from 'fast-check';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { Wire } from '../contract/wire.js';
import { Dice, hash128, hash128From } from './dice.js';
import { compile } from './draw.js';
import { compileBytes } from './draw-bytes.js';
import { belongs } from './membership.js';
import { minimalOf } from './minimal.js';
import { shrinkBody } from './shrink.js';
import type { Draw } from './strings.js';

/** How bodies are drawn. */
export interface ArbitraryOptions {
  /**
   * Markup, formulas, templates, control characters and check digits that may be somebody's: default true. False is
   * safe for real targets. Either way mail hosts are reserved ones and phones come from ranges kept for fiction.
   */
  readonly hostile?: boolean;
}

/** Values inside the tree, as fresh JSON data without `undefined`; every shrink is inside it too. */
export function arbitraryOf(wire: Wire, options: ArbitraryOptions = {}): fc.Arbitrary<unknown> {
  minimalOf(wire);
  return drawnArbitrary(wire, compile(wire, { hostile: options.hostile ?? true }));
}

/** Values drawn in any way, shrunk by the tree. */
export function drawnArbitrary(wire: Wire, draw: Draw): fc.Arbitrary<unknown> {
  return new WireArbitrary(wire, draw);
}

/**
 * Value number `index` of the stream `path` under `seed`. It depends on these three alone, so shards and concurrent
 * runs agree on it; the text `seed|path|index` seeds a generator of its own.
 */
export function valueAt<T>(arbitrary: fc.Arbitrary<T>, seed: number, path: string, index: number): T {
  const state = hash128(`${seed}|${path}|${index}`);
  return arbitrary.generate(new fc.Random(xoroshiro128plusFromState(state)), undefined).value;
}

/** What `valueAt` gives for the same seed and stream, by number, as JSON bytes (see `jsonBytes`). */
export function bytesOf(
  wire: Wire,
  seed: number,
  path: string,
  options: ArbitraryOptions = {},
): (index: number) => string {
  minimalOf(wire);
  const draw = compileBytes(wire, { hostile: options.hostile ?? true });
  const stateOf = hash128From(`${seed}|${path}|`);
  return (index) => {
    const generator = xoroshiro128plusFromState(stateOf(`${index}`));
    return draw(new Dice(generator.next(), generator.next()));
  };
}

/** The whole value in one draw of a seed: fast-check's own combinators cost ten times as much. */
class WireArbitrary extends fc.Arbitrary<unknown> {
  constructor(
    private readonly wire: Wire,
    private readonly draw: Draw,
  ) {
    super();
  }

  override generate(random: fc.Random): fc.Value<unknown> {
    const value = this.draw(new Dice(random.nextInt(), random.nextInt()));
    return new fc.Value(value, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is unknown {
    return belongs(this.wire, value);
  }

  /** Directed by the tree, not by how the value was drawn: recorded bodies shrink as well as generated ones. */
  override shrink(value: unknown): fc.Stream<fc.Value<unknown>> {
    return new fc.Stream(smaller(this.wire, value));
  }
}

function* smaller(wire: Wire, value: unknown): IterableIterator<fc.Value<unknown>> {
  for (const candidate of shrinkBody(wire, value)) yield new fc.Value(candidate, undefined);
}
