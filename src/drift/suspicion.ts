import type { Node } from './shape.js';

/** What changed at a place. Stable names: they are part of fingerprints. */
export type DifferenceKind =
  | 'type'
  | 'null'
  | 'enum'
  | 'format'
  | 'pattern'
  | 'length'
  | 'range'
  | 'multiple'
  | 'items'
  | 'unique'
  | 'field'
  | 'required'
  | 'unknown-fields'
  | 'size'
  | 'option'
  | 'condition'
  | 'default';

/** Which side should accept what the other refuses, when the change is as it reads. */
export type Effect =
  /** `b` takes less than `a`. */
  | 'narrower'
  /** `b` takes more than `a`. */
  | 'wider'
  /** Each takes what the other refuses. */
  | 'both'
  /** `b` describes a field that `a` leaves open. */
  | 'described'
  /** `b` leaves a field open that `a` describes. */
  | 'forgotten'
  /** The values are the same, what they mean is not. */
  | 'meaning';

export type Side = 'a' | 'b';

/** A place in both schemas at once. */
export interface Place {
  /** JSON pointer to the value; a list is shown by its first item, any other field as `*`. */
  readonly pointer: string;
  /** The whole value around a value at this place, one that the side should accept; undefined where there is none. */
  readonly around: (value: unknown, side: Side) => unknown;
}

/** A difference as it is read off two schemas, with the values that should prove it. */
export interface Suspicion {
  readonly pointer: string;
  readonly kind: DifferenceKind;
  /** Stable across runs: `null allowed`, `enum value "other" added`. */
  readonly rule: string;
  readonly before: string;
  readonly after: string;
  readonly effect: Effect;
  /** Whole values that this side should accept and the other refuse. */
  readonly tries: (side: Side) => Iterable<unknown>;
}

/** A suspicion at its own place: `tries` gives values for the place alone. */
export type Report = Omit<Suspicion, 'pointer'>;

/** How the parts of the comparison reach each other. */
export interface Search {
  report(place: Place, report: Report): void;
  /** Compares two nodes at a place. */
  compare(a: Node, b: Node, place: Place): void;
  /** How many differences the comparison would report; nothing is kept. */
  trial(comparison: () => void): number;
}

/** What a change of one side means for what both sides take. */
export function effectOf(lost: boolean, gained: boolean): Effect {
  return lost && gained ? 'both' : lost ? 'narrower' : 'wider';
}
