/**
 * Seeded generator (sfc32) that all values are drawn from. A body costs fast-check one draw of the seed and nothing
 * more, which is what makes generation fast; the sequence is part of what a seed promises, so it never changes.
 */
export class Dice {
  /** Recursive places entered so far; at the limit the smallest value ends the recursion. */
  depth = 0;
  private counter = 1;
  private a: number;
  private b: number;
  private c: number;

  constructor(high: number, low: number) {
    this.a = high | 0;
    this.b = low | 0;
    this.c = 0x9e3779b9 | 0;
    for (let round = 0; round < 12; round++) this.next();
  }

  /** 32 random bits, signed. */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum;
  }

  /** 0 ≤ result < count, for counts up to 2^31. */
  below(count: number): number {
    return Math.floor(((this.next() >>> 0) * count) / 4294967296);
  }

  /** 0 ≤ result < 1 with 53 bits. */
  unit(): number {
    return ((this.next() >>> 5) * 67108864 + (this.next() >>> 6)) / 9007199254740992;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

type Lanes = [number, number, number, number];
const origin: Lanes = [1779033703, 3144134277, 1013904242, 2773480762];

/** Four 32-bit lanes of a text (cyrb128): seeds a stream by its name, nothing cryptographic. */
export function hash128(text: string): Lanes {
  return mixed(absorbed(origin, text));
}

/** The hash of `start` and whatever follows, for many that begin alike. */
export function hash128From(start: string): (rest: string) => Lanes {
  const lanes = absorbed(origin, start);
  return (rest) => mixed(absorbed(lanes, rest));
}

function absorbed([a, b, c, d]: Lanes, text: string): Lanes {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = b ^ Math.imul(a ^ unit, 597399067);
    b = c ^ Math.imul(b ^ unit, 2869860233);
    c = d ^ Math.imul(c ^ unit, 951274213);
    d = a ^ Math.imul(d ^ unit, 2716044179);
  }
  return [a, b, c, d];
}

function mixed([a, b, c, d]: Lanes): Lanes {
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}
