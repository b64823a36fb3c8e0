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
import { startChild } from './child.js';
import type { PactInteraction } from './interaction.js';

/** What a pact is worth as a check of the answer: measured by Pact's own verifier, not reckoned. */
export interface PactScore {
  /** Answers within the model and within the state of the interaction; all of them should be accepted. */
  readonly valid: { readonly total: number; readonly accepted: number };
  /** Answers with exactly one defect: one of each kind in each place of the model. */
  readonly invalid: { readonly total: number; readonly rejected: number };
  /** The defects that went through: pointer and kind of each. */
  readonly missed: readonly { readonly pointer: string; readonly defect: string }[];
}

export interface ScoreOptions {
  readonly seed: number;
  /** Valid answers to try. */
  readonly valid: number;
}

/** Lets Pact's verifier judge valid and broken answers of one interaction. */
export async function scorePact(interaction: PactInteraction, options: ScoreOptions): Promise<PactScore> {
  const { endpoint, response } = interaction;
  const schema = endpoint.responses[response.status];
  if (!schema || response.body === undefined)
    throw new HarnessError('usage', `interaction "${interaction.description}" pins no body to score`);
  const wire = toWire(schema, `${endpoint.id} response ${response.status}`);
  const match = pactMatcherOf(wire, response.body);
  const valid = validAnswers(wire, match.content, options);
  const broken = brokenAnswers(wire, match.content);
  const answers = [...valid, ...broken.map(({ body }) => body)];
  const verdicts = await judgedByPact(answers.map((value) => ({ match, value })));
  const missed = broken.filter((_, at) => verdicts[valid.length + at]);
  return {
    valid: { total: valid.length, accepted: verdicts.slice(0, valid.length).filter(Boolean).length },
    invalid: { total: broken.length, rejected: broken.length - missed.length },
    missed: missed.map(({ pointer, defect }) => ({ pointer, defect })),
  };
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
