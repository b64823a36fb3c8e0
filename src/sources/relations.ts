import type { Contract } from '../contract/contract.js';
import { pathPattern } from '../contract/route.js';
import { jsonOf, keptSize } from '../exchange/body.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Finding } from '../finding/finding.js';

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

/** `offset` is the byte of the recording at which the exchange begins; `again` makes it once more, where that can be done. */
export type Relate = (exchange: Exchange, offset: number, again?: () => Exchange) => Related;

/** What a URL names, as far as it matters here. */
interface Subject {
  readonly isCollection: boolean;
  /** Host and tenant: ids are told apart by them. */
  readonly scope: string;
  readonly id: string;
}

/**
 * Relates the exchanges of one recording: an id given out twice, and a read of what was created in it. Only what was
 * observed is related: examples and stubs use the same ids over and over.
 */
export function relationsOf(contract: Contract, basePath: string): Relate {
  const { create } = contract.provider.resource;
  const subjects = new Map<string, Subject | undefined>();
  const subjectFor = subjectReader(contract, basePath);
  const creates = new Creates();

  const subjectOf = (url: string): Subject | undefined => {
    if (!subjects.has(url)) {
      if (subjects.size >= rememberedUrls) subjects.clear();
      subjects.set(url, subjectFor(url));
    }
    return subjects.get(url);
  };

  const related = (exchange: Exchange, offset: number, again: () => Exchange): Related => {
    const { method, url } = exchange.request;
    const subject = subjectOf(url);
    if (subject === undefined) return { exchange, findings: nothing };
    const verb = method.toUpperCase();
    if (subject.isCollection)
      return { exchange, findings: verb === 'POST' ? afterCreate(exchange, subject, offset, again) : nothing };
    const key = subject.scope + subject.id;
    if (verb === 'GET')
      return { exchange: after(creates.get(key, offset - relatedWithin), exchange), findings: nothing };
    if (verb !== 'POST') creates.delete(key);
    return { exchange, findings: nothing };
  };

  const afterCreate = (
    exchange: Exchange,
    { scope }: Subject,
    offset: number,
    again: () => Exchange,
  ): readonly Finding[] => {
    const id = idIn(exchange);
    if (id === undefined) return nothing;
    const earlier = creates.get(scope + id, offset - relatedWithin);
    creates.set(scope + id, again, offset);
    if (earlier === undefined || sameRequest(earlier, exchange)) return nothing;
    return [duplicate(create, earlier, exchange, id)];
  };

  return (exchange, offset, again = () => exchange) => {
    const { origin, before } = exchange;
    const isObserved = origin.kind === 'document' && origin.provenance === 'observation';
    if (!isObserved || before.length > 0) return { exchange, findings: nothing };
    return related(exchange, offset, again);
  };
}

const nothing: readonly Finding[] = [];

/** The latest create of each id, each as what makes it again. */
class Creates {
  private readonly byKey = new Map<string, { readonly again: () => Exchange; readonly offset: number }>();
  private swept = 0;

  /** The create, if it begins at this byte or behind it. */
  get(key: string, since: number): Exchange | undefined {
    const create = this.byKey.get(key);
    return create === undefined || create.offset < since ? undefined : create.again();
  }

  set(key: string, again: () => Exchange, offset: number): void {
    this.byKey.set(key, { again, offset });
    if (offset - this.swept >= relatedWithin) this.sweep(offset);
  }

  delete(key: string): void {
    this.byKey.delete(key);
  }

  /** All at once and seldom: a map from which the first one is taken again and again becomes slow. */
  private sweep(offset: number): void {
    this.swept = offset;
    for (const [key, create] of this.byKey) if (create.offset < offset - relatedWithin) this.byKey.delete(key);
  }
}

function subjectReader(contract: Contract, basePath: string): (url: string) => Subject | undefined {
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
    const scope = `${host} ${found[tenant]?.toLowerCase() ?? ''} `;
    return { isCollection: collection !== undefined, scope, id: decoded(one?.[idParam] ?? '') };
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
function idIn({ outcome }: Exchange): string | undefined {
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
