import { createHash } from 'node:crypto';
import type { Contract } from '../contract/contract.js';
import { resolved, toWire, type Wire } from '../contract/wire.js';
import { HarnessError } from '../errors.js';
import type { Exchange } from '../exchange/exchange.js';
import { Exchanges } from './exchanges.js';
import { leakIn } from './leaks.js';
import { Originals } from './originals.js';
import { Pseudonyms } from './pseudonyms.js';
import { Vocabulary } from './vocabulary.js';

export interface RedactOptions {
  readonly contract: Contract;
  readonly basePath: string;
  /** The same seed gives a value the same pseudonym in every recording; without one only within this one. */
  readonly seed: number | undefined;
}

/** Tries with another salt before a value that chance brought back is called a leak. */
const attempts = 4;

/**
 * Writes exchanges with pseudonyms in the place of personal data and secrets, and looks whether any of the originals is
 * still in what was written. Throws an artefact error when one is.
 */
export function redacted(
  exchanges: readonly Exchange[],
  write: (exchanges: readonly Exchange[]) => string,
  { contract, basePath, seed }: RedactOptions,
): string {
  const vocabulary = new Vocabulary([...contractNames(contract, basePath), ...write([]).match(/[a-z]+/gi)!]);
  const originals = new Originals(vocabulary);
  const gathering = new Exchanges(contract, basePath, originals, vocabulary);
  for (const exchange of exchanges) gathering.exchange(exchange);
  const salt = seed === undefined ? originals.digest() : `seed ${seed}`;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const pseudonyms = new Pseudonyms(originals, createHash('sha256').update(`${attempt} ${salt}`).digest('hex'));
    const disguise = new Exchanges(contract, basePath, pseudonyms, vocabulary);
    const written = write(exchanges.map((exchange) => disguise.exchange(exchange)));
    if (!leaks(JSON.parse(written), originals)) return written;
  }
  throw new HarnessError('artefact', 'a value that was to be replaced is still in the redacted recording', {
    hint: 'Nothing was written. Find the exchange by halving the recording, and leave it out or report it.',
  });
}

function leaks(value: unknown, originals: Originals): boolean {
  if (typeof value === 'string') return leakIn(value, originals) !== undefined;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, each]) => leaks(key, originals) || leaks(each, originals));
}

/** Names that the contract gives: endpoints, fields, listed values. */
function* contractNames({ endpoints, provider }: Contract, basePath: string): Generator<string> {
  const words = [basePath, provider.name, provider.baseUrl, ...endpoints.map(({ path }) => path)];
  for (const word of words) yield* word.match(/\w+/g) ?? [];
  const seen = new Set<Wire>();
  for (const { id, request, responses } of endpoints)
    for (const schema of [request.body, ...Object.values(responses), ...Object.values(request.query ?? {})])
      if (schema) yield* namesIn(toWire(schema, id), seen);
  for (const { request } of endpoints) yield* Object.keys({ ...request.params, ...request.query });
}

function* namesIn(wire: Wire, seen: Set<Wire>): Generator<string> {
  if (seen.has(wire)) return;
  seen.add(wire);
  const shape = resolved(wire);
  if (shape.kind === 'enum') yield* shape.values.map(String);
  else if (shape.kind === 'array') yield* namesIn(shape.item, seen);
  else if (shape.kind === 'union') for (const option of shape.options) yield* namesIn(option, seen);
  else if (shape.kind === 'intersection') for (const side of [shape.left, shape.right]) yield* namesIn(side, seen);
  else if (shape.kind === 'record') yield* namesIn(shape.value, seen);
  else if (shape.kind === 'object')
    for (const [name, field] of Object.entries(shape.fields)) {
      yield name;
      yield* namesIn(field.wire, seen);
    }
}
