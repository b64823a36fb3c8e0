import type { RunResult } from '../run/result.js';

/** Renders one finished run; pure, so equal results give equal bytes. */
export interface Reporter {
  /** As in `--report`. */
  readonly id: string;
  /** File name inside the report directory. */
  readonly file: string;
  render(result: RunResult): string;
}
