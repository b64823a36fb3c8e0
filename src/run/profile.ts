import type { Contract } from '../contract/contract.js';
import { route } from '../contract/route.js';
import { resolved, toWire, type Wire } from '../contract/wire.js';
import { type Body, jsonOf } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import { sortedRecord } from './coverage.js';
import { FieldSketch } from './field-sketch.js';
import type { Profile, ProfiledField } from './profile-schema.js';

/** Fields kept in all, and depth to which values are looked at: what a provider sends must not fill the memory. */
const keptFields = 2000;
const deepest = 12;

interface Row {
  readonly endpoint: string;
  readonly part: ProfiledField['part'];
  readonly status: number | null;
  readonly pointer: string;
  readonly parent: string | undefined;
  readonly documented: string | null;
  readonly sketch: FieldSketch;
  /** Objects or items at this place, which could hold what lies below. */
  holders: number;
}

/** Gathers what the bodies of recorded exchanges hold, field by field, beside what the contract promises. */
export class Profiler {
  private readonly rows = new Map<string, Row>();
  private omitted = 0;

  constructor(
    private readonly contract: Contract,
    private readonly basePath: string,
  ) {}

  /** Looks at the request and the answer, as far as the contract documents them and they are JSON. */
  readonly observe = ({ request, outcome, origin }: Exchange): void => {
    const endpoint = route(this.contract, request.method, request.url, this.basePath)?.endpoint;
    if (endpoint === undefined) return;
    const place = origin.kind === 'document' ? `${origin.file}#${origin.index}` : origin.path;
    const { body } = endpoint.request;
    if (body) this.body(request.body, toWire(body, endpoint.id), [endpoint.id, 'request.body', null], place);
    if (outcome.kind !== 'answered') return;
    const promised = endpoint.responses[outcome.status];
    if (!promised) return;
    this.body(outcome.body, toWire(promised, endpoint.id), [endpoint.id, 'response.body', outcome.status], place);
  };

  /** The counts so far. `show` makes values fit to be shown. */
  profile(show: (text: string) => string): Profile {
    const rows = [...this.rows.values()];
    return { fields: rows.map((row) => this.fieldOf(row, show)).sort(byPlace), omitted: this.omitted };
  }

  private body(body: Body, wire: Wire, [endpoint, part, status]: Side, place: string): void {
    if (body.state !== 'present') return;
    const reading = jsonOf(body);
    if (reading.ok)
      this.value(reading.value, { endpoint, part, status, pointer: '', parent: undefined, wire, place }, 0);
  }

  private value(value: unknown, at: At, depth: number): void {
    const shape = at.wire === undefined ? undefined : shapeFor(at.wire, value);
    const row = this.rowFor(at);
    if (row === undefined) return;
    row.sketch.add(value, allowedIn(at.wire), at.wire === undefined ? at.place : undefined);
    if (depth >= deepest || typeof value !== 'object' || value === null) return;
    const below = (key: string, wire: Wire | undefined): At => {
      return { ...at, wire, parent: keyOf(at), pointer: `${at.pointer}/${key}` };
    };
    if (Array.isArray(value)) {
      const item = shape?.kind === 'array' ? shape.item : undefined;
      row.holders += value.length;
      for (const each of value) this.value(each, below('*', item), depth + 1);
      return;
    }
    row.holders++;
    const fields = shape?.kind === 'object' ? shape.fields : {};
    for (const [key, { wire }] of Object.entries(fields))
      if (!Object.hasOwn(value, key)) this.rowFor(below(escaped(key), wire));
    for (const [key, each] of Object.entries(value))
      this.value(each, below(escaped(key), Object.hasOwn(fields, key) ? fields[key]!.wire : undefined), depth + 1);
  }

  private rowFor(at: At): Row | undefined {
    const key = keyOf(at);
    const known = this.rows.get(key);
    if (known !== undefined) return known;
    if (at.wire === undefined && this.rows.size >= keptFields) {
      this.omitted++;
      return undefined;
    }
    const { endpoint, part, status, pointer, parent, wire } = at;
    const documented = wire === undefined ? null : described(wire);
    const row = { endpoint, part, status, pointer, parent, documented, sketch: new FieldSketch(), holders: 0 };
    this.rows.set(key, row);
    return row;
  }

  private fieldOf(
    { endpoint, part, status, pointer, parent, documented, sketch, holders }: Row,
    show: Show,
  ): ProfiledField {
    const { present, nulls, empty, min, max, outsideMore, firstSeen, lastSeen } = sketch;
    return {
      endpoint,
      part,
      status,
      pointer: show(pointer),
      documented,
      of: parent === undefined ? present : this.rows.get(parent)!.holders,
      holds: holders,
      present,
      nulls,
      empty,
      types: sortedRecord(sketch.types),
      formats: sortedRecord(sketch.formats),
      lengths: min <= max ? { min, max } : null,
      outside: Object.entries(sortedRecord(sketch.outside)).map(([value, count]) => ({ value: show(value), count })),
      outsideMore,
      firstSeen: firstSeen === null ? null : show(firstSeen),
      lastSeen: lastSeen === null ? null : show(lastSeen),
    };
  }
}

type Show = (text: string) => string;
type Side = readonly [endpoint: string, part: ProfiledField['part'], status: number | null];

interface At {
  readonly endpoint: string;
  readonly part: ProfiledField['part'];
  readonly status: number | null;
  readonly pointer: string;
  readonly parent: string | undefined;
  /** Undefined for what the contract does not know. */
  readonly wire: Wire | undefined;
  readonly place: string;
}

const keyOf = ({ endpoint, part, status, pointer }: Pick<At, 'endpoint' | 'part' | 'status' | 'pointer'>): string =>
  `${endpoint} ${part} ${status} ${pointer}`;

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** By endpoint, request before answer, then by pointer. */
function byPlace(a: ProfiledField, b: ProfiledField): number {
  const [one, other] = [keyOf(a), keyOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Of several documented shapes the one that the value has, by its JSON type. */
function shapeFor(wire: Wire, value: unknown): Wire {
  const node = resolved(wire);
  if (node.kind !== 'union') return node;
  const kind = Array.isArray(value) ? 'array' : typeof value;
  return node.options.map(resolved).find((option) => option.kind === kind) ?? node;
}

function allowedIn(wire: Wire | undefined): readonly unknown[] | undefined {
  const node = wire && resolved(wire);
  return node?.kind === 'enum' ? node.values : undefined;
}

function described(wire: Wire): string {
  const node = resolved(wire);
  const text = node.kind === 'union' ? node.options.map(described).join(' | ') : kindOf(node);
  return node.nullable ? `${text} | null` : text;
}

function kindOf(node: Wire): string {
  if (node.kind === 'enum') return node.values.map(String).join(' | ');
  if (node.kind === 'string' && node.format !== undefined) return `string ${node.format}`;
  return node.kind === 'number' && node.integer ? 'integer' : node.kind;
}
