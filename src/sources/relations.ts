import type { Contract } from '../contract/contract.js';
import { pathPattern } from '../contract/route.js';
import { jsonOf, keptSize } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import { SkimmedExchange } from '../exchange/skimmed.js';
import type { Finding } from '../finding/finding.js';
import type { Written } from '../formats/format.js';

/**
 * Bytes of a recording after which a create is forgotten. By place and not by number, so that a part of a recording that
 * is read from this far before its first byte relates exactly what the whole would.
 */
export const relatedWithin = 4 * 1024 * 1024;

/** A create that keeps more of its answer is not remembered: memory stays flat. */
const maxKept = 64 * 1024;
const rememberedUrls = 1000;

/** One exchange seen in the light of those before it in the same recording. */
export interface Related {
  /** A read is handed on after the create it reads back. */
  readonly exchange: Exchange;
  readonly findings: readonly Finding[];
}

/** `offset` is the byte of the recording at which the exchange begins; `written` makes it once more, where that can be done. */
export type Relate = (exchange: Exchange, offset: number, written?: Written) => Related;

/** What a URL names, as far as it matters here. */
interface Subject {
  readonly isCollection: boolean;
  /** What was created at its host, for its tenant: ids mean something there only. */
  readonly creates: Creates;
  readonly id: string;
}

/**
 * Relates the exchanges of one recording: an id given out twice, and a read of what was created in it. Only what was
 * observed is related: examples and stubs use the same ids over and over.
 */
export function relationsOf(contract: Contract, basePath: string): Relate {
  const relations = new Relations(contract, basePath);
  return (exchange, offset, written = { offset, again: () => exchange }) => {
    const { origin, before } = exchange;
    const isObserved = origin.kind === 'document' && origin.provenance === 'observation';
    if (!isObserved || before.length > 0) return { exchange, findings: nothing };
    return relations.related(exchange, offset, written);
  };
}

class Relations {
  private readonly create: string;
  private readonly subjects = new Map<string, Subject | undefined>();
  private readonly scopes = new Scopes();
  private readonly subjectFor: (url: string) => Subject | undefined;

  constructor(contract: Contract, basePath: string) {
    this.create = contract.provider.resource.create;
    this.subjectFor = subjectReader(contract, basePath, this.scopes);
  }

  related(exchange: Exchange, offset: number, written: Written): Related {
    const { method, url } = exchange.request;
    const subject = this.subjectOf(url);
    if (subject === undefined) return { exchange, findings: nothing };
    const verb = method.toUpperCase();
    if (subject.isCollection)
      return { exchange, findings: verb === 'POST' ? this.afterCreate(exchange, subject, offset, written) : nothing };
    const { creates, id } = subject;
    if (verb === 'GET')
      return { exchange: after(creates.get(id, offset - relatedWithin), exchange), findings: nothing };
    if (verb !== 'POST') creates.delete(id);
    return { exchange, findings: nothing };
  }

  private subjectOf(url: string): Subject | undefined {
    if (!this.subjects.has(url)) {
      if (this.subjects.size >= rememberedUrls) this.subjects.clear();
      this.subjects.set(url, this.subjectFor(url));
    }
    return this.subjects.get(url);
  }

  private afterCreate(exchange: Exchange, { creates }: Subject, offset: number, written: Written): readonly Finding[] {
    const id = idIn(exchange);
    if (id === undefined) return nothing;
    const earlier = creates.get(id, offset - relatedWithin);
    creates.set(id, written);
    if (this.scopes.sweep(offset)) this.subjects.clear();
    if (earlier === undefined || sameRequest(earlier, exchange)) return nothing;
    return [duplicate(this.create, earlier, written.again(), id)];
  }
}

const nothing: readonly Finding[] = [];

/**
 * The latest create of each id, each as what it was read from. In two halves, the older of which is dropped whole: a map
 * from which one after the other is taken becomes slow.
 */
class Creates {
  private latest = new Map<string, Written>();
  private earlier = new Map<string, Written>();

  /** The create, if it begins at this byte or behind it. */
  get(id: string, since: number): Exchange | undefined {
    const create = this.latest.get(id) ?? this.earlier.get(id);
    return create === undefined || create.offset < since ? undefined : create.again();
  }

  set(id: string, create: Written): void {
    this.latest.set(id, create);
  }

  delete(id: string): void {
    this.latest.delete(id);
    this.earlier.delete(id);
  }

  isEmpty(): boolean {
    return this.latest.size === 0 && this.earlier.size === 0;
  }

  turn(): void {
    this.earlier = this.latest;
    this.latest = new Map();
  }
}

/** What was created, by host and tenant. */
class Scopes {
  private readonly byName = new Map<string, Creates>();
  private swept = 0;

  in(name: string): Creates {
    let creates = this.byName.get(name);
    if (creates === undefined) {
      creates = new Creates();
      this.byName.set(name, creates);
    }
    return creates;
  }

  /** Forgets what began two windows ago. True when it was time. */
  sweep(offset: number): boolean {
    if (offset - this.swept < relatedWithin) return false;
    this.swept = offset;
    for (const [name, creates] of this.byName) {
      creates.turn();
      if (creates.isEmpty()) this.byName.delete(name);
    }
    return true;
  }
}

function subjectReader(contract: Contract, basePath: string, scopes: Scopes): (url: string) => Subject | undefined {
  const { create, readOne, idParam } = contract.provider.resource;
  const paths = [create, readOne].map((id) => contract.endpoints.find((endpoint) => endpoint.id === id)?.path);
  const [created, readBack] = paths.map((path) => (path === undefined ? undefined : pathPattern(path)));
  const { tenant } = contract.provider;
  return (url) => {
    const path = pathOf(url, basePath);
    const collection = created?.exec(path)?.groups;
    const one = readBack?.exec(path)?.groups;
    const found = collection ?? one;
    if (found === undefined) return undefined;
    const host = /^\w+:\/\/[^/?#]*/.exec(url)?.[0].toLowerCase() ?? '';
    const creates = scopes.in(`${host} ${found[tenant]?.toLowerCase() ?? ''}`);
    return { isCollection: collection !== undefined, creates, id: decoded(one?.[idParam] ?? '') };
  };
}

const after = (create: Exchange | undefined, read: Exchange): Exchange =>
  create === undefined ? read : { ...read, before: [create] };

function duplicate(endpoint: string, first: Exchange, second: Exchange, id: string): Finding {
  return {
    code: 'state.duplicate-id',
    endpoint,
    at: { part: 'exchange', pointer: '' },
    rule: 'an id of its own',
    message: `two creates were answered with the id ${JSON.stringify(id)}`,
    evidence: after(first, second),
  };
}

/** A request sent again, or told twice by a recorder, may well be answered alike. */
function sameRequest(one: Exchange, other: Exchange): boolean {
  return Buffer.compare(one.request.body.bytes, other.request.body.bytes) === 0;
}

/** The id that a create was answered with. */
function idIn(exchange: Exchange): string | undefined {
  if (exchange instanceof SkimmedExchange) return exchange.outcome.status === 200 ? exchange.answeredId : undefined;
  const { outcome } = exchange;
  if (outcome.kind !== 'answered' || outcome.status !== 200 || outcome.body.state !== 'present') return undefined;
  const reading = jsonOf(outcome.body);
  const value = reading.ok ? (reading.value as { id?: unknown } | null) : null;
  if (typeof value !== 'object' || value === null || typeof value.id !== 'string') return undefined;
  return keptSize(outcome.body) > maxKept ? undefined : value.id;
}

function pathOf(url: string, basePath: string): string {
  const path = url.replace(/^\w+:\/\/[^/?#]*/, '').replace(/[?#].*$/s, '');
  const base = basePath.replace(/\/+$/, '');
  return path.startsWith(base) ? path.slice(base.length) : '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
