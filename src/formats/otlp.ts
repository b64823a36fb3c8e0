import { type Element, placeIn, readElements, unreadable } from './elements.js';
import type { Entry, Format, Reading } from './format.js';
import { lineDocuments } from './line-documents.js';
import { own } from './message.js';
import { exchangeOfSpan, isHttp, isServer } from './otlp-span.js';
import { peeked } from './peek.js';

/** Server spans that wait for the client's word on the same call; more are told as calls of their own. */
const waitingSpans = 10_000;
const rememberedSpans = 100_000;

/**
 * Traces as OTLP/JSON, one document or one batch a line, as the Collector's file exporter writes them. Only spans of
 * HTTP are entries; a server's span whose client's is in the file too is the same call and is told once, by the client.
 */
export const otlp: Format = {
  id: 'otlp',
  title: 'OpenTelemetry traces, OTLP/JSON',
  recognises({ paths, lines, text }) {
    if (paths.get('resourceSpans') === '[') return 1;
    return lines && (paths.has('resourceLogs') || paths.has('resourceMetrics')) && /"resourceSpans"/.test(text) ? 1 : 0;
  },
  async *read(source, reading) {
    const { head, chunks } = await peeked(source, 4096);
    const at: Position = { offset: 0 };
    const firstLine = new TextDecoder().decode(head).split('\n', 1)[0]!;
    const found = firstLine.trim().length > 1 ? spansOfLines(chunks, at) : spansOfDocument(chunks, at, reading);
    let index = 0;
    for await (const each of once(found)) {
      if (reading.wants(index, at.offset)) yield told(each, index, reading);
      index++;
    }
  },
};

/** How far the file was read: a span that waited is handed over where its waiting ended. */
interface Position {
  offset: number;
}

/** A span with its place, or what is no span. */
type Found = Entry | { readonly kind: 'span'; readonly span: unknown; readonly label: string; readonly line: number };

function told(found: Found, index: number, reading: Reading): Entry {
  if (found.kind !== 'span') return found;
  const { span, label, line } = found;
  return exchangeOfSpan(span, { index, line, format: 'otlp', label, fidelity: [] }, reading);
}

async function* spansOfLines(chunks: AsyncIterable<Uint8Array>, at: Position): AsyncGenerator<Found> {
  for await (const { label, line, offset, value, problem } of lineDocuments(chunks)) {
    at.offset = offset;
    if (problem !== undefined) yield unreadable(label, problem);
    else for (const resource of list(own(value, 'resourceSpans'))) yield* httpSpans(resource, label, line);
  }
}

async function* spansOfDocument(
  chunks: AsyncIterable<Uint8Array>,
  at: Position,
  reading: Reading,
): AsyncGenerator<Found> {
  const label = 'resourceSpans';
  let spans: Found[] = [];
  const entry = ({ value, ...place }: Element): Entry => {
    spans = [...httpSpans(value, placeIn(label, place), place.line)];
    return seen;
  };
  const wants: Reading['wants'] = (_, offset) => {
    at.offset = offset;
    return true;
  };
  for await (const found of readElements(chunks, { path: [label], label, entry }, { ...reading, wants }))
    if (found === seen) yield* spans;
    else yield found;
}

const seen: Entry = unreadable('', '');

function* httpSpans(resource: unknown, label: string, line: number): Generator<Found> {
  const scopes = own(resource, 'scopeSpans') ?? own(resource, 'instrumentationLibrarySpans');
  for (const scope of list(scopes))
    for (const span of list(own(scope, 'spans')))
      if (isHttp(span)) {
        const id = own(span, 'spanId');
        yield { kind: 'span', span, line, label: typeof id === 'string' ? `${label}, span ${id.slice(0, 16)}` : label };
      }
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Leaves out the servers' spans of calls that a client tells; those of nobody known come late. */
async function* once(all: AsyncIterable<Found>): AsyncGenerator<Found> {
  const clients = new Set<unknown>();
  const servers = new Map<unknown, Found>();
  for await (const found of all) {
    const parent = found.kind === 'span' && isServer(found.span) ? own(found.span, 'parentSpanId') : undefined;
    if (found.kind !== 'span' || (isServer(found.span) && (typeof parent !== 'string' || parent === ''))) yield found;
    else if (parent === undefined) {
      const id = own(found.span, 'spanId');
      remember(clients, id);
      servers.delete(id);
      yield found;
    } else if (!clients.has(parent)) {
      servers.set(servers.has(parent) ? found.span : parent, found);
      if (servers.size > waitingSpans) yield takeFirst(servers);
    }
  }
  yield* servers.values();
}

function remember(ids: Set<unknown>, id: unknown): void {
  ids.add(id);
  if (ids.size > rememberedSpans) ids.delete(ids.values().next().value);
}

function takeFirst(servers: Map<unknown, Found>): Found {
  const [key, found] = servers.entries().next().value!;
  servers.delete(key);
  return found;
}
