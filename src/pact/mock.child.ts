import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ConsumerInteraction,
  type ConsumerPact,
  type MatchingResult,
  makeConsumerPact,
} from '@pact-foundation/pact-core';
import { answering } from './answering.js';
import type { MockAnswer, MockMessage } from './mock-host.js';
import type { MockPlan, PactValue, PlannedBody } from './mock-plan.js';

const v4 = 5;
let open: { readonly pact: ConsumerPact; readonly port: number } | undefined;

answering(async (message: MockMessage): Promise<MockAnswer> => {
  if ('open' in message) return { url: start(message.open) };
  return finish(message.close);
});

/** One interaction, one mock server: many in one grow with the square, and a stray request could match another. */
function start(plan: MockPlan): string {
  const pact = makeConsumerPact(plan.consumer, plan.provider, v4, 'error');
  describe(pact.newInteraction(plan.description), plan);
  const port = pact.pactffiCreateMockServerForTransport('127.0.0.1', 'http', '{}', 0);
  if (port <= 0) throw new Error(`the mock server did not start (code ${port})`);
  open = { pact, port };
  return `http://127.0.0.1:${port}`;
}

function describe(interaction: ConsumerInteraction, plan: MockPlan): void {
  for (const { name, params } of plan.states) {
    if (params === undefined) interaction.given(name);
    else interaction.givenWithParams(name, JSON.stringify(params));
  }
  if (plan.pending) interaction.setPending(true);
  for (const note of plan.notes) interaction.addTextComment(note);
  interaction.withRequest(plan.method, text(plan.path));
  for (const [name, value] of plan.query) interaction.withQuery(name, 0, value);
  for (const [name, value] of plan.headers) interaction.withRequestHeader(name, 0, text(value));
  if (plan.body) {
    interaction.withRequestBody(JSON.stringify(plan.body.content), 'application/json');
    interaction.withRequestMatchingRules(rulesOf(plan.body));
  }
  interaction.withStatus(plan.status);
  if (plan.answer) {
    interaction.withResponseBody(JSON.stringify(plan.answer.content), 'application/json');
    interaction.withResponseMatchingRules(rulesOf(plan.answer));
  }
}

const text = (value: PactValue): string => (typeof value === 'string' ? value : JSON.stringify(value));
const rulesOf = ({ rules }: PlannedBody): string => JSON.stringify({ body: rules });

async function finish({ expectMatch }: { readonly expectMatch: boolean }): Promise<MockAnswer> {
  if (open === undefined) throw new Error('no mock server is open');
  const { pact, port } = open;
  open = undefined;
  try {
    const matched = await settled(pact, port, expectMatch ? 1_000 : 100);
    return {
      problems: matched ? [] : pact.mockServerMismatches(port).flatMap(inWords),
      pact: matched ? written(pact) : null,
    };
  } finally {
    pact.cleanupMockServer(port);
  }
}

/** The core notes a match only after it answered (pact-reference#535): a missing request is asked for again. */
async function settled(pact: ConsumerPact, port: number, patienceMs: number): Promise<boolean> {
  for (const end = performance.now() + patienceMs; ; ) {
    if (pact.mockServerMatchedSuccessfully(port)) return true;
    const wrong = pact
      .mockServerMismatches(port)
      .some((result) => !('type' in result) || result.type !== 'missing-request');
    if (wrong || performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function inWords(result: MatchingResult): string[] {
  if (!('type' in result)) return [result.error];
  switch (result.type) {
    case 'request-match':
      return [];
    case 'missing-request':
      return [`the client never sent ${result.method} ${result.path}`];
    case 'request-not-found':
      return [`the client sent ${result.method} ${result.path}, which the interaction does not expect`];
    case 'request-mismatch':
      return result.mismatches.map(
        (mismatch) =>
          `${placeOf(mismatch)}: ${'mismatch' in mismatch ? mismatch.mismatch : `expected ${mismatch.expected}`}`,
      );
  }
}

function placeOf(mismatch: object): string {
  const { type = 'Mismatch', path, key, parameter } = mismatch as Record<'type' | 'path' | 'key' | 'parameter', string>;
  const part = type.replace(/(Type)?Mismatch$/, '').toLowerCase() || 'body';
  const place = path ?? key ?? parameter;
  return place === undefined ? `request ${part}` : `request ${part} ${place}`;
}

/** A folder of its own: into a shared one the core merges again at every write. */
function written(pact: ConsumerPact): string {
  const folder = mkdtempSync(join(tmpdir(), 'chift-contract-pact-'));
  try {
    pact.writePactFile(folder);
    return readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
