import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API } from '@chift/chift-nodejs';
import { MatchersV3, Pact } from '@pact-foundation/pact';
import { afterAll, describe, expect, it } from 'vitest';
import { exampleToken, type MockPlan, mockPlan, type PactInteraction } from '../../../src/index.js';
import { interactions } from './interactions.js';
import { runReference } from './reference.js';

const dir = mkdtempSync(join(tmpdir(), 'chift-contract-pact-js-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const names = { consumer: 'chift-contract', provider: 'chift' };
const newPact = () => new Pact({ ...names, dir, logLevel: 'error' });
const byDescription = (description: string): PactInteraction =>
  interactions.find((interaction) => interaction.description === description)!;

type Unconfigured = ReturnType<Pact['addInteraction']>;

/** The same data in the words of pact-js: what a team would write by hand. */
function inPactJs(plan: MockPlan, unconfigured: Unconfigured) {
  for (const { name, params } of plan.states) unconfigured.given(name, params);
  return unconfigured
    .uponReceiving(plan.description)
    .withRequest(plan.method, plan.path as string, (request) => {
      request.headers(Object.fromEntries(plan.headers) as Record<string, string>);
      request.query(Object.fromEntries(plan.query));
      if (plan.body) request.jsonBody(plan.body.content);
    })
    .willRespondWith(plan.status, (response) => {
      if (plan.answer) response.jsonBody(plan.answer.content);
    });
}

/** The mock server notes a match after it answered (pact-foundation/pact-reference#535), now and then too late for pact-js. */
const race = { retry: 2 };

describe('the reference client against the mock server of pact-js', race, () => {
  it.each(interactions.map((interaction) => [interaction.description, interaction] as const))(
    '%s',
    async (_, interaction) => {
      const plan = mockPlan(interaction, names.consumer, names.provider);
      const token = interaction.request.authorized ? exampleToken : undefined;
      const answer = await inPactJs(plan, newPact().addInteraction()).executeTest(({ url }) =>
        runReference(interaction, { baseUrl: url, token }, fetch),
      );
      if (interaction.response.status === 200) expect(answer).toEqual(interaction.response.body);
      else expect(answer).toMatchObject({ name: 'ContactError', status: interaction.response.status });
    },
  );
});

describe('the official SDK against the mock server of pact-js', race, () => {
  it('takes a token, finds its consumer, creates a person and hands back what was answered', async () => {
    const person = byDescription('create a person');
    const { consumer_id: consumerId = '' } = person.request.params;
    const credentials = { clientId: 'example-id', clientSecret: 'example-word', accountId: consumerId };
    const pact = newPact();
    pact
      .addInteraction()
      .given('the credentials are valid')
      .uponReceiving('a token request')
      .withRequest('POST', '/token', (request) => request.jsonBody(MatchersV3.like(credentials)))
      .willRespondWith(200, (response) =>
        response.jsonBody({
          access_token: exampleToken,
          token_type: 'bearer',
          expires_in: 1800,
          expires_on: MatchersV3.integer(4102444800),
        }),
      );
    pact
      .addInteraction()
      .given('a consumer with an active invoicing connection', { consumer_id: consumerId })
      .uponReceiving('get the consumer')
      .withRequest('GET', `/consumers/${consumerId}`)
      .willRespondWith(200, (response) => response.jsonBody({ consumerid: consumerId, name: 'example' }));
    const created = await inPactJs(mockPlan(person, names.consumer, names.provider), pact.addInteraction()).executeTest(
      async ({ url }) => {
        const api = new API({ ...credentials, baseUrl: url });
        const consumer = await api.Consumers.getConsumerById(consumerId);
        return consumer.invoicing.createContact(person.request.body as never);
      },
    );
    expect(created).toEqual(person.response.body);
  });
});
