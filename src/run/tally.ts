import type { Contract } from '../contract/contract.js';
import type { Answered, Exchange } from '../exchange/exchange.js';
import { type Finding, fingerprint } from '../finding/finding.js';
import type { Covered } from '../property/property.js';
import type { Counted } from '../sources/source.js';
import { PlaceMap } from './coverage.js';
import type { Judgement } from './judge.js';
import { LatencyCounts } from './latency.js';
import { plainFinding } from './plain-finding.js';

/** One defect as it was seen: the first evidence, until a smaller one replaces it, or one that was on a wire what was not. */
export interface Sighting {
  finding: Finding;
  seen: number;
  readonly kinds: Set<string>;
  steady: boolean | null;
  /** Replay path of the evidence: property and case; null for recordings. */
  path: string | null;
}

/** Undefined for what belongs to none. */
export type KindOf = (exchange: Exchange) => string | undefined;

function sightingOf(finding: Finding, seen: number, kind: string | undefined): Sighting {
  const kinds = new Set(kind === undefined ? [] : [kind]);
  return { finding, seen, kinds, steady: null, path: pathOf(finding.evidence) };
}

/** The same defect once more. */
function seenAgain(sighting: Sighting, finding: Finding, seen: number): void {
  sighting.seen += seen;
  if (writtenAs(sighting.finding.evidence) !== undefined && writtenAs(finding.evidence) === undefined)
    sighting.finding = finding;
}

/** What a person wrote, and nobody said on a wire. */
function writtenAs({ origin }: Exchange): 'example' | 'stub' | undefined {
  return origin.kind === 'live' || origin.provenance === 'observation' ? undefined : origin.provenance;
}

/** How many unreadable entries are listed by place; the rest is only counted. */
export const listedPlaces = 1000;

const listedReasons = 100;

/** Counts everything once; reporters count nothing. Memory is flat in the number of exchanges. */
export class Tally {
  exchanges = 0;
  judged = 0;
  unjudgedTotal = 0;
  outOfScope = 0;
  unreadableTotal = 0;
  /** Why exchanges could not be judged, and how many. */
  readonly unjudged = new Map<string, number>();
  readonly unreadable: { place: string; reason: string }[] = [];
  readonly sightings = new Map<string, Sighting>();
  readonly statuses = new Map<string, Map<string, number>>();
  /** By endpoint: answers by the kind of property that asked, where that is told. */
  readonly kinds = new Map<string, Map<string, number>>();
  /** By endpoint; only answers whose time is known. */
  readonly latency = new Map<string, LatencyCounts>();
  readonly notes = new Set<string>();
  readonly places = new PlaceMap();
  /** Judged exchanges that a person wrote, by what they are. */
  readonly written = { example: 0, stub: 0 };

  /** `kindOf` tells what kind of property an exchange belongs to. */
  constructor(
    contract: Contract,
    private readonly kindOf: KindOf = () => undefined,
  ) {
    for (const { id } of contract.endpoints) this.statuses.set(id, new Map());
  }

  /** Gives the findings whose defect was not seen before. */
  count(exchange: Exchange, judgement: Judgement): readonly Finding[] {
    this.exchanges++;
    if (judgement.class === 'outOfScope') this.outOfScope++;
    else if (judgement.class === 'unjudged') {
      this.unjudgedTotal++;
      add(this.unjudged, this.listed(judgement.reason ?? 'unknown'));
    } else {
      this.judged++;
      const kind = writtenAs(exchange);
      if (kind !== undefined) this.written[kind]++;
    }
    if (judgement.endpoint !== undefined && exchange.outcome.kind === 'answered') {
      this.answered(judgement.endpoint, exchange.outcome);
      this.asked(judgement.endpoint, this.kindOf(exchange));
    }
    return this.found(judgement.findings);
  }

  /** A recording has as many reasons as it likes; only so many are told apart. */
  private listed(reason: string): string {
    return this.unjudged.has(reason) || this.unjudged.size < listedReasons ? reason : 'other reasons';
  }

  private answered(endpoint: string, { status, durationMs }: Answered): void {
    add(this.statuses.get(endpoint)!, String(status));
    if (durationMs === undefined) return;
    this.latencyOf(endpoint).add(durationMs);
  }

  private asked(endpoint: string, kind: string | undefined): void {
    if (kind === undefined) return;
    const counts = this.kinds.get(endpoint) ?? new Map<string, number>();
    this.kinds.set(endpoint, counts);
    add(counts, kind);
  }

  private latencyOf(endpoint: string): LatencyCounts {
    const counted = this.latency.get(endpoint) ?? new LatencyCounts();
    this.latency.set(endpoint, counted);
    return counted;
  }

  /** An entry that no exchange could be made of. It counts as an exchange, so that the totals add up. */
  countUnreadable(place: string, reason: string): void {
    this.exchanges++;
    this.unreadableTotal++;
    if (this.unreadable.length < listedPlaces) this.unreadable.push({ place, reason });
  }

  /** An exchange that shows one defect at several places of a list shows it once. Gives what was not seen before. */
  found(findings: readonly Finding[]): readonly Finding[] {
    const fresh: Finding[] = [];
    const shown = new Map<Exchange, Set<string>>();
    for (const finding of findings) {
      const key = fingerprint(finding);
      const before = shown.get(finding.evidence) ?? new Set();
      if (before.has(key)) continue;
      shown.set(finding.evidence, before.add(key));
      const kind = this.kindOf(finding.evidence);
      const sighting = this.sightings.get(key);
      if (sighting) {
        seenAgain(sighting, finding, 1);
        if (kind !== undefined) sighting.kinds.add(kind);
        continue;
      }
      this.sightings.set(key, sightingOf(finding, 1, kind));
      fresh.push(finding);
    }
    return fresh;
  }

  /** What this tally says, as plain data. */
  counted(): Omit<Counted, 'bugs' | 'violating'> {
    const { exchanges, judged, unjudgedTotal, outOfScope, unreadableTotal, unjudged, unreadable, statuses } = this;
    return {
      written: this.written,
      totals: { exchanges, judged, unjudged: unjudgedTotal, outOfScope, unreadable: unreadableTotal },
      unjudged,
      unreadable,
      statuses,
      latency: new Map([...this.latency].map(([endpoint, { classes }]) => [endpoint, classes])),
      sightings: [...this.sightings.values()].map(({ finding, seen }) => ({ finding: plainFinding(finding), seen })),
    };
  }

  /** Adds what another tally says of what came after. Gives the findings whose defect was not seen before. */
  absorb({ totals, written, unjudged, unreadable, statuses, latency, sightings }: Counted): readonly Finding[] {
    this.written.example += written.example;
    this.written.stub += written.stub;
    this.exchanges += totals.exchanges;
    this.judged += totals.judged;
    this.unjudgedTotal += totals.unjudged;
    this.outOfScope += totals.outOfScope;
    this.unreadableTotal += totals.unreadable;
    for (const [reason, count] of unjudged) add(this.unjudged, this.listed(reason), count);
    this.unreadable.push(...unreadable.slice(0, listedPlaces - this.unreadable.length));
    for (const [endpoint, counts] of statuses)
      for (const [status, count] of counts) add(this.statuses.get(endpoint)!, status, count);
    for (const [endpoint, classes] of latency) this.latencyOf(endpoint).absorb(classes);
    return sightings.flatMap(({ finding, seen }) => {
      const sighting = this.sightings.get(fingerprint(finding));
      if (sighting) seenAgain(sighting, finding, seen);
      else this.sightings.set(fingerprint(finding), sightingOf(finding, seen, undefined));
      return sighting ? [] : [finding];
    });
  }

  /** The plan's places to try, so that what was not tried can be told. */
  expect(places: Iterable<Covered>): void {
    for (const place of places) this.places.mark(place, 'untried');
  }

  tried(places: readonly Covered[], failed: boolean): void {
    for (const place of places) this.places.mark(place, failed ? 'failed' : 'passed');
  }
}

function add(map: Map<string, number>, key: string, count = 1): void {
  map.set(key, (map.get(key) ?? 0) + count);
}

function pathOf({ origin }: Exchange): string | null {
  return origin.kind === 'live' ? `${origin.property}:${origin.path}` : null;
}
