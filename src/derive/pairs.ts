/**
 * Rows in which every pair of levels of every two columns occurs at least once (a covering array of strength two).
 * Greedy and deterministic: about the product of the two largest counts, where all combinations would be the product of all.
 */
export function pairwise(levels: readonly number[]): number[][] {
  const open = new OpenPairs(levels);
  const rows: number[][] = [];
  for (let seed = open.first(); seed !== undefined; seed = open.first()) {
    const row = new Array<number>(levels.length).fill(-1);
    row[seed.left] = seed.leftLevel;
    row[seed.right] = seed.rightLevel;
    for (const [column, count] of levels.entries())
      if (row[column] === -1) row[column] = open.best(row, column, count, rows.length);
    open.close(row);
    rows.push(row);
  }
  return rows;
}

interface Pair {
  readonly left: number;
  readonly leftLevel: number;
  readonly right: number;
  readonly rightLevel: number;
}

/** The pairs that no row has yet. */
class OpenPairs {
  private readonly offsets: number[] = [];
  private readonly width: number;
  private readonly open: Uint8Array;
  private readonly pairs: Pair[] = [];
  private next = 0;

  constructor(private readonly levels: readonly number[]) {
    this.width = levels.reduce((total, count) => {
      this.offsets.push(total);
      return total + count;
    }, 0);
    this.open = new Uint8Array(this.width * this.width);
    for (let left = 0; left < levels.length; left++)
      for (let right = left + 1; right < levels.length; right++) this.list(left, right);
  }

  first(): Pair | undefined {
    for (; this.next < this.pairs.length; this.next++) {
      const pair = this.pairs[this.next]!;
      if (this.open[this.index(pair.left, pair.leftLevel, pair.right, pair.rightLevel)] === 1) return pair;
    }
    return undefined;
  }

  /** The level that closes most pairs with the columns chosen so far; ties turn with the row. */
  best(row: readonly number[], column: number, count: number, turn: number): number {
    let [found, most] = [0, -1];
    for (let step = 0; step < count; step++) {
      const level = (step + turn) % count;
      let gain = 0;
      for (let other = 0; other < row.length; other++)
        if (other !== column && row[other]! >= 0) gain += this.open[this.index(column, level, other, row[other]!)]!;
      if (gain > most) [found, most] = [level, gain];
    }
    return found;
  }

  close(row: readonly number[]): void {
    for (let left = 0; left < row.length; left++)
      for (let right = 0; right < row.length; right++)
        if (left !== right) this.open[this.index(left, row[left]!, right, row[right]!)] = 0;
  }

  private list(left: number, right: number): void {
    for (let leftLevel = 0; leftLevel < this.levels[left]!; leftLevel++)
      for (let rightLevel = 0; rightLevel < this.levels[right]!; rightLevel++) {
        this.pairs.push({ left, leftLevel, right, rightLevel });
        this.open[this.index(left, leftLevel, right, rightLevel)] = 1;
        this.open[this.index(right, rightLevel, left, leftLevel)] = 1;
      }
  }

  private index(left: number, leftLevel: number, right: number, rightLevel: number): number {
    return (this.offsets[left]! + leftLevel) * this.width + this.offsets[right]! + rightLevel;
  }
}
