import type { Contract } from '../contract/contract.js';
import type { ResultFinding } from '../run/result.js';

/** A finding that cannot be written this way, and why. */
export interface NotExported {
  readonly finding: ResultFinding;
  readonly why: string;
}

export interface Exported {
  /** The whole file; undefined when no finding could be written. */
  readonly text: string | undefined;
  readonly left: readonly NotExported[];
}

/** Findings as a file of another tool, pure and from the report alone: an old report exports as a new one does. */
export type Export = (findings: readonly ResultFinding[], contract: Contract) => Exported;

/** One piece a finding, joined to a file; a piece that cannot be written says why instead. */
export function exportEach(
  findings: readonly ResultFinding[],
  write: (finding: ResultFinding) => { readonly piece: string } | { readonly why: string },
  join: (pieces: readonly string[]) => string,
): Exported {
  const pieces: string[] = [];
  const left: NotExported[] = [];
  for (const finding of findings) {
    const written = write(finding);
    if ('piece' in written) pieces.push(written.piece);
    else left.push({ finding, why: written.why });
  }
  return { text: pieces.length === 0 ? undefined : join(pieces), left };
}
