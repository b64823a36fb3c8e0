import { createHash } from 'node:crypto';

/** Numbers that follow from a salt and a name alone; without the salt nobody can tell which name they were made of. */
export class Stream {
  private block = Buffer.alloc(0);
  private at = 0;
  private round = 0;

  constructor(
    private readonly salt: string,
    private readonly name: string,
  ) {}

  /** 0 ≤ result < count, for counts up to 65,536. */
  below(count: number): number {
    if (this.at + 2 > this.block.length) {
      this.block = createHash('sha256')
        .update(JSON.stringify([this.salt, this.round++, this.name]))
        .digest();
      this.at = 0;
    }
    const value = this.block.readUInt16BE(this.at);
    this.at += 2;
    return (value * count) >>> 16;
  }

  pick(letters: readonly string[]): string {
    return letters[this.below(letters.length)]!;
  }
}
