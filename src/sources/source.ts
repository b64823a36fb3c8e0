import type { Exchange } from '../exchange/exchange.js';
import type { Finding } from '../finding/finding.js';
import type { Covered } from '../property/property.js';

/** What a tally of exchanges says, as plain data that goes from one thread to another. */
export interface Counted {
  readonly totals: {
    readonly exchanges: number;
    readonly judged: number;
    readonly unjudged: number;
    readonly outOfScope: number;
    readonly unreadable: number;
  };
  /** Judged exchanges that a person wrote. */
  readonly written: { readonly example: number; readonly stub: number };
  readonly unjudged: ReadonlyMap<string, number>;
  readonly unreadable: readonly { readonly place: string; readonly reason: string }[];
  readonly statuses: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly latency: ReadonlyMap<string, readonly { readonly count: number }[]>;
  /** Each defect with its first evidence, in the order in which they were seen. */
  readonly sightings: readonly { readonly finding: Finding; readonly seen: number }[];
  /** Exchanges that break the contract. */
  readonly violating: number;
  /** What our own code threw. */
  readonly bugs: readonly unknown[];
}

/** Where every source hands over what it gathered; one sink judges, counts and tells. */
export interface Sink {
  /** Judges and counts one exchange; the findings go back to the source. `superseded`: a permitted retry followed. */
  exchange(exchange: Exchange, superseded?: boolean): readonly Finding[];
  /** An entry that no exchange could be made of. */
  unreadable(place: string, reason: string): void;
  /** Findings that relate several exchanges, which no check on one exchange can see. */
  found(findings: readonly Finding[]): void;
  /** What was judged and counted elsewhere, as it would have been here. */
  absorb(counted: Counted): void;
  /** What begins now, for who is waiting. */
  step(text: string): void;
  /** What a reader of the report should know. */
  note(text: string): void;
  /** The places that the plan means to try. */
  expect(places: Iterable<Covered>): void;
  tried(places: readonly Covered[], failed: boolean): void;
  /** A smaller exchange that shows the same defect. */
  minimised(fingerprint: string, finding: Finding): void;
  /** This many planned cases were not tried: with nothing found, the run is inconclusive. */
  planUnfinished(cases: number): void;
  /** Whether the defect showed again when its evidence was sent once more. */
  confirmed(fingerprint: string, steady: boolean): void;
}

export type Source = (sink: Sink, signal: AbortSignal) => Promise<void>;
