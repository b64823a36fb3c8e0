import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API } from '@chift/chift-nodejs';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type ClientModule,
  loadClient,
  type PactInteraction,
  playable,
  runClient,
  usingOnly,
  writePact,
} from '../../../src/index.js';
import { contract } from '../index.js';
import { interactions } from './interactions.js';

const dir = mkdtempSync(join(tmpdir(), 'chift-contract-team-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const bodyOf = (all: readonly PactInteraction[], description: string) =>
  all.find((interaction) => interaction.description === description)!.response.body;

/** Problems by interaction; the ones without any are left out. */
async function problemsOf(client: ClientModule): Promise<Record<string, readonly string[]>> {
  const { outcomes } = await writePact({
    consumer: 'a team',
    provider: 'chift',
    interactions: playable(interactions, client),
    run: (interaction, mock) => runClient(client, interaction, mock),
    dir,
    timeoutMs: 2_000,
  });
  return Object.fromEntries(
    outcomes.filter(({ passed }) => !passed).map(({ description, problems }) => [description, problems]),
  );
}

describe('usingOnly', () => {
  const narrowed = usingOnly(interactions, ['id', 'source_ref.id', 'email', 'addresses.street']);

  it('pins what a team reads, and what is always promised', () => {
    expect(bodyOf(narrowed, 'create a person')).toEqual({
      id: 'contact-0001',
      source_ref: { id: '1' },
      email: (bodyOf(interactions, 'create a person') as { email: string }).email,
    });
    expect(bodyOf(narrowed, 'create a company with two addresses')).toMatchObject({
      addresses: [
        { address_type: 'main', street: 'Rue du Code' },
        { address_type: 'delivery', street: 'Rue du Code' },
      ],
    });
    expect(bodyOf(narrowed, 'list the first contacts')).toEqual({
      items: [{ id: 'contact-0001', source_ref: { id: '1' } }],
      total: 1,
      page: 1,
      size: 50,
    });
  });

  it('leaves refusals alone', () => {
    const refusals = (all: readonly PactInteraction[]) => all.filter(({ response }) => response.status >= 400);
    expect(refusals(narrowed)).toEqual(refusals(interactions));
  });

  it.each(['e-mail', 'addresses.streets', 'email.x', ''])('knows no field %j', (field) => {
    expect(() => usingOnly(interactions, ['id', field])).toThrow(`no answer has the field ${JSON.stringify(field)}`);
  });
});

const post = (baseUrl: string, token: string | undefined, body: unknown, consumer: string) =>
  fetch(`${baseUrl}/consumers/${consumer}/invoicing/contacts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });

describe("a team's own client", () => {
  it('passes with the official SDK, unmodified', async () => {
    const sdk = (baseUrl: string, token: string | undefined, consumer: string) => {
      const { internalApi } = new API({
        clientId: 'a',
        clientSecret: 'b',
        accountId: consumer,
        baseUrl,
      }) as unknown as {
        internalApi: {
          token: unknown;

          post(url: string, body: unknown): Promise<{ data: unknown }>;
        };
      };
      internalApi.token = { access_token: token ?? 'none', expires_on: 4_102_444_800 };
      return internalApi;
    };
    const problems = await problemsOf({
      createContact: async (baseUrl, token, body, { consumer_id: consumer = '' }) =>
        (await sdk(baseUrl, token, consumer).post(`/consumers/${consumer}/invoicing/contacts`, body)).data,
    });
    expect(problems).toEqual({});
  });

  it('fails where it takes a refusal for a success', async () => {
    const problems = await problemsOf({
      createContact: async (baseUrl, token, body, { consumer_id: consumer = '' }) =>
        (await post(baseUrl, token, body, consumer)).text(),
    });
    expect(problems).toEqual({
      'create a contact with a body that breaks the model': [
        'the client failed: it took the refusal 422 for a success',
      ],
      'create a contact without a token': ['the client failed: it took the refusal 401 for a success'],
      'create a contact for an unknown consumer': ['the client failed: it took the refusal 404 for a success'],
    });
  });

  it('fails where it breaks on an answer, and where it sends what was not asked for', async () => {
    const problems = await problemsOf({
      createContact: async (baseUrl, token, body, { consumer_id: consumer = '' }) => {
        const { email, ...rest } = body as { email?: string };
        const response = await post(baseUrl, token, email === undefined ? rest : { ...rest, email: [email] }, consumer);
        const answer = (await response.json()) as { addresses: unknown[] };
        if (response.status !== 200) throw new Error('refused');
        return answer.addresses.length;
      },
    });
    expect(problems['create a contact with a first name only']).toEqual([
      "the client failed: Cannot read properties of undefined (reading 'length')",
    ]);
    expect(problems['create a person']![0]).toMatch(/^request body \$\.email: /);
    expect(problems['create a contact without a token']![0]).toMatch(/^the client failed: Unexpected end of JSON/);
    expect(problems).not.toHaveProperty('create a company with two addresses');
  });
});

describe('loadClient', () => {
  const module = (name: string, text: string) => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  };

  it('takes functions named like endpoints, and the default one for creating', async () => {
    const path = module(
      'good.mjs',
      'export default async () => 1; export const getContact = async () => 2; export const x = 3;',
    );
    const client = await loadClient(path, contract);
    expect(Object.keys(client).sort()).toEqual(['createContact', 'getContact']);
    expect(playable(interactions, client).some(({ endpoint }) => endpoint.id === 'listContacts')).toBe(false);
  });

  it.each([
    ['nothing.mjs', 'export const x = 1;', 'exports no function'],
    ['broken.mjs', 'export const = 1;', 'cannot be loaded'],
    ['throws.mjs', 'throw new Error("no key");', 'cannot be loaded: no key'],
  ])('says what is wrong with %s', async (name, text, words) => {
    await expect(loadClient(module(name, text), contract)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(words),
    });
  });

  it('says that there is no such file', async () => {
    await expect(loadClient(join(dir, 'absent.mjs'), contract)).rejects.toThrow('does not exist');
  });
});
