export interface FileFault {
  /** Only operations on files below this folder count. */
  readonly below: string;
  /** The operation that goes wrong, from 1. */
  readonly at: number;
  readonly how: string;
}
export function arm(fault: FileFault): void;
export function disarm(): { readonly reached: boolean; readonly operations: readonly string[] };
