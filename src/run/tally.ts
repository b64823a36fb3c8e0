import type { Contract } from '../contract/contract.js';
import type { Exchange } from '../exchange/exchange.js';
import { type Finding, fingerprint } from '../finding/finding.js';
import type { Covered } from '../property/property.js';
import type { Verdict } from './judge.js';

/** One defect as it was seen: the first evidence, until a smaller one replaces it. */
export interface Sighting {
  finding: Finding;
  seen: number;
  steady: boolean | null;
  /** Replay path of the evidence: property and case; null for recordings. */
  path: string | null;
}

interface Tried {
  total: number;
  tried: number;
  failed: number;
}

/** How many unreadable entries are listed by place; the rest is only counted. */
const listedPlaces = 1000;

/** Counts everything once; reporters count nothing. Memory is flat in the number of exchanges. */
export class Tally {
  exchanges = 0;
  judged = 0;
  unjudgedTotal = 0;
  outOfScope = 0;
  unreadableTotal = 0;
  /** Longest run of unanswered or throttled exchanges, and the share of them. */
  readonly unjudged = new Map<string, number>();
  readonly unreadable: { place: string; reason: string }[] = [];
  readonly sightings = new Map<string, Sighting>();
  readonly statuses = new Map<string, Map<string, number>>();
  readonly notes = new Set<string>();
  readonly fields = new Map<string, Tried>();
  readonly edges = new Map<string, Tried>();
  readonly mutations = new Map<string, Tried>();
  private readonly triedPlaces = new Set<string>();
  private readonly failedPlaces = new Set<string>();

  constructor(contract: Contract) {
    for (const { id } of contract.endpoints) this.statuses.set(id, new Map());
  }

  count(exchange: Exchange, verdict: Verdict): void {
    this.exchanges++;
    if (verdict.class === 'outOfScope') this.outOfScope++;
    else if (verdict.class === 'unjudged') {
      this.unjudgedTotal++;
      add(this.unjudged, verdict.reason ?? 'unknown');
    } else this.judged++;
    if (verdict.endpoint !== undefined && exchange.outcome.kind === 'answered')
      add(this.statuses.get(verdict.endpoint)!, String(exchange.outcome.status));
    this.found(verdict.findings);
  }

  /** An entry that no exchange could be made of. It counts as an exchange, so that the totals add up. */
  countUnreadable(place: string, reason: string): void {
    this.exchanges++;
    this.unreadableTotal++;
    if (this.unreadable.length < listedPlaces) this.unreadable.push({ place, reason });
  }

  found(findings: readonly Finding[]): void {
    for (const finding of findings) {
      const key = fingerprint(finding);
      const sighting = this.sightings.get(key);
      if (sighting) sighting.seen++;
      else this.sightings.set(key, { finding, seen: 1, steady: null, path: pathOf(finding.evidence) });
    }
  }

  /** The plan's places to try, so that what was not tried can be told. */
  expect(places: Iterable<Covered>): void {
    for (const place of places) for (const axis of this.axesOf(place)) axis.total++;
  }

  tried(places: readonly Covered[], failed: boolean): void {
    for (const place of places) {
      const key = `${place.axis} ${place.pointer} ${place.name}`;
      const first = !this.triedPlaces.has(key);
      const firstFailure = failed && !this.failedPlaces.has(key);
      this.triedPlaces.add(key);
      if (failed) this.failedPlaces.add(key);
      for (const axis of this.axesOf(place)) {
        if (first) axis.tried++;
        if (firstFailure) axis.failed++;
      }
    }
  }

  private axesOf({ axis, pointer, name }: Covered): Tried[] {
    if (axis === 'mutation') return [slot(this.mutations, name)];
    return [slot(this.fields, pointer), slot(this.edges, name)];
  }
}

function slot(map: Map<string, Tried>, key: string): Tried {
  let tried = map.get(key);
  if (!tried) {
    tried = { total: 0, tried: 0, failed: 0 };
    map.set(key, tried);
  }
  return tried;
}

function add(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function pathOf({ origin }: Exchange): string | null {
  return origin.kind === 'live' ? `${origin.property}:${origin.path}` : null;
}
