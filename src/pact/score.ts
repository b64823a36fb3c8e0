import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolved, toWire, type Wire } from '../contract/wire.js';
import { arbitraryOf, valueAt } from '../derive/arbitrary.js';
import { belongs, isObject } from '../derive/membership.js';
import { mutationsOf } from '../derive/mutation.js';
import { type PactMatch, pactMatcherOf } from '../derive/pact-matcher.js';
import { HarnessError } from '../errors.js';
import { generalPointer } from '../finding/finding.js';
import { startChild } from './child.js';
import type { PactInteraction } from './interaction.js';

/** What one interaction is worth as a check of the answer: measured by Pact's own verifier, not reckoned. */
export interface PactScore {
  /** Answers within the model and within the state of the interaction; all of them should be accepted. */
  readonly valid: Tried;
  /** Answers with exactly one defect: one of each kind in each place of the model. */
  readonly broken: Tried;
  /** The same by place (JSON pointer with `*` for every item), with the kinds of defect that went through. */
  readonly places: readonly (Tried & { readonly pointer: string; readonly missed: readonly string[] })[];
}

interface Tried {
  readonly total: number;
  /** Judged as it should be: valid answers accepted, broken ones refused. */
  readonly right: number;
}

export interface ScoreOptions {
  readonly seed: number;
  /** Valid answers to try of each interaction. */
  readonly valid: number;
}

/** Lets Pact's verifier judge valid and broken answers of interactions, all of them in one run; in the same order. */
export async function scorePact(
  interactions: readonly PactInteraction[],
  options: ScoreOptions,
): Promise<readonly PactScore[]> {
  const trials = interactions.map((interaction) => trialOf(interaction, options));
  const cases = trials.flatMap(({ match, valid, broken }) =>
    [...valid, ...broken.map(({ body }) => body)].map((value) => ({ match, value })),
  );
  const verdicts = await judgedByPact(cases);
  let from = 0;
  return trials.map(({ valid, broken }) => {
    const accepted = verdicts.slice(from, from + valid.length);
    const passed = verdicts.slice(from + valid.length, from + valid.length + broken.length);
    from += valid.length + broken.length;
    return {
      valid: { total: valid.length, right: accepted.filter(Boolean).length },
      broken: { total: broken.length, right: passed.filter((pass) => !pass).length },
      places: placesOf(broken, passed),
    };
  });
}

interface Trial {
  readonly match: PactMatch;
  readonly valid: readonly unknown[];
  readonly broken: readonly BrokenAnswer[];
}

function trialOf({ description, endpoint, response }: PactInteraction, options: ScoreOptions): Trial {
  const schema = endpoint.responses[response.status];
  if (!schema || response.body === undefined)
    throw new HarnessError('usage', `interaction "${description}" pins no body to score`);
  const wire = toWire(schema, `${endpoint.id} response ${response.status}`);
  const match = pactMatcherOf(wire, response.body);
  return {
    match,
    valid: validAnswers(wire, match.content, options),
    broken: brokenAnswers(wire, match.content),
  };
}

function placesOf(broken: readonly BrokenAnswer[], passed: readonly boolean[]): PactScore['places'] {
  const places = new Map<string, { total: number; right: number; missed: string[] }>();
  for (const [at, { pointer, defect }] of broken.entries()) {
    const key = generalPointer(pointer);
    const place = places.get(key) ?? { total: 0, right: 0, missed: [] };
    places.set(key, place);
    place.total++;
    if (passed[at]) place.missed.push(defect);
    else place.right++;
  }
  return [...places].map(([pointer, place]) => ({ pointer, ...place }));
}

export interface BrokenAnswer {
  readonly pointer: string;
  readonly defect: string;
  readonly body: unknown;
}

/** One defect of each kind in each place, the first of its variants. */
export function brokenAnswers(wire: Wire, example: unknown): BrokenAnswer[] {
  const base = inState(wire, example, example);
  const kinds = new Map(mutationsOf(wire).map((mutation) => [`${mutation.class}@${mutation.pointer}`, mutation]));
  return [...kinds.values()].flatMap(({ pointer, class: defect, apply }) => {
    const { text, body, contentType } = apply(base);
    const inValue = contentType === 'application/json' && text === JSON.stringify(body) && !belongs(wire, body);
    return inValue ? [{ pointer, defect, body }] : [];
  });
}

function validAnswers(wire: Wire, example: unknown, { seed, valid }: ScoreOptions): unknown[] {
  const arbitrary = arbitraryOf(wire);
  return Array.from({ length: valid }, (_, at) => inState(wire, valueAt(arbitrary, seed, 'pact', at), example));
}

/**
 * A valid answer as the state of the interaction has it: what the example holds is there, and a list or object of the
 * example is no null. Everything else is as drawn.
 */
export function inState(wire: Wire, drawn: unknown, example: unknown): unknown {
  const plain = resolved(wire);
  if (Array.isArray(example)) {
    const item = plain.kind === 'array' ? plain.item : undefined;
    if (!Array.isArray(drawn) || item === undefined) return example;
    return example.length === 0 ? drawn : drawn.map((each) => inState(item, each, example[0]));
  }
  if (!isObject(example)) return example === null || drawn === undefined ? example : drawn;
  if (!isObject(drawn) || plain.kind !== 'object') return example;
  const held = Object.entries(example).map(([key, value]): [string, unknown] => {
    const field = plain.fields[key];
    return [key, field && Object.hasOwn(drawn, key) ? inState(field.wire, drawn[key], value) : value];
  });
  return { ...drawn, ...Object.fromEntries(held) };
}

/** Whether each value passes as the answer that its match describes, by Pact's verifier: one run for all of them. */
export async function judgedByPact(
  cases: readonly { readonly match: PactMatch; readonly value: unknown }[],
): Promise<boolean[]> {
  const folder = mkdtempSync(join(tmpdir(), 'chift-contract-score-'));
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(cases[Number(request.url?.slice(1))]?.value));
  });
  const child = startChild('verifier', { SSL_CERT_FILE: devNull, SSL_CERT_DIR: `${devNull}-none` });
  try {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const providerBaseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const verdicts: boolean[] = [];
    for (let from = 0; from < cases.length; from += casesAtOnce) {
      const file = join(folder, `${from}.json`);
      writeFileSync(file, JSON.stringify(pactOfCases(cases.slice(from, from + casesAtOnce), from)));
      const answer = await child.ask({ options: { provider: 'provider', providerBaseUrl, pactUrls: [file] } });
      const { interactionResults } = JSON.parse(String(answer)) as { interactionResults: { result: string }[] };
      verdicts.push(...interactionResults.map(({ result }) => result === 'OK'));
    }
    return verdicts;
  } finally {
    await child.stop();
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The core's time grows faster than the number of interactions in one pact. */
const casesAtOnce = 50;

function pactOfCases(cases: readonly { readonly match: PactMatch }[], from: number): unknown {
  return {
    consumer: { name: 'consumer' },
    provider: { name: 'provider' },
    interactions: cases.map(({ match: { content, rules } }, at) => ({
      type: 'Synchronous/HTTP',
      description: `case ${from + at}`,
      request: { method: 'GET', path: `/${from + at}` },
      response: {
        status: 200,
        body: { content: JSON.stringify(content), contentType: 'application/json', encoded: 'JSON' },
        matchingRules: { body: rules },
      },
    })),
    metadata: { pactSpecification: { version: '4.0' } },
  };
}
