import type { Change } from '../behaviour.js';

/** A difference that keeps every promise. */
export interface Variation {
  readonly name: string;
  readonly description: string;
  readonly change: Change;
}

export const variations: readonly Variation[] = [];
