import { afterEach, describe, expect, it } from 'vitest';
import { HarnessError } from '../../../src/index.js';
import { contactOut } from '../contact.js';
import { endpoints } from '../endpoints.js';
import { choices, listFaults, listVariations, type Sandbox, type SandboxOptions, startSandbox } from './index.js';
import { routed } from './routes.js';

const open: Sandbox[] = [];
const started = async (options?: SandboxOptions): Promise<Sandbox> => {
  const sandbox = await startSandbox(options);
  open.push(sandbox);
  return sandbox;
};
afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
});

async function create({ url, demo }: Sandbox, authorization: string): Promise<Response> {
  return fetch(`${url}/consumers/${demo.consumerId}/invoicing/contacts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: '{"first_name":"Zoë"}',
  });
}

describe('startSandbox', () => {
  it('has a route for every endpoint of the contract', () => {
    for (const { id, method, path } of endpoints) {
      const asked = {
        method,
        path: path.replaceAll(/\{\w+\}/g, 'x'),
        query: '',
        headers: [],
        body: Buffer.of(),
        receivedAt: 0,
      };
      expect(routed(asked)).toMatchObject({ operation: id });
    }
  });

  it('gives a token for the demo credentials and a contact for the token', async () => {
    const sandbox = await started();
    const login = await fetch(`${sandbox.url}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sandbox.demo.credentials),
    });
    const { access_token } = (await login.json()) as { access_token: string };
    const answer = await create(sandbox, `Bearer ${access_token}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(Math.abs(Date.parse(answer.headers.get('date') ?? '') - Date.now())).toBeLessThan(10_000);
    expect(contactOut.parse(await answer.json())).toMatchObject({ id: 'contact-000001', first_name: 'Zoë' });
  });

  it('takes the tokens it is told to, and each sandbox has a memory of its own', async () => {
    const [one, two] = [await started({ acceptTokens: ['t'] }), await started({ acceptTokens: ['t'] })];
    expect((await create(one, 'Bearer t')).status).toBe(200);
    expect((await create(one, 'Bearer u')).status).toBe(401);
    expect(await (await create(two, 'Bearer t')).json()).toMatchObject({ id: 'contact-000001' });
  });

  it('takes the port it is told to and says when it is taken', async () => {
    const { url } = await started();
    const port = Number(new URL(url).port);
    await expect(startSandbox({ port })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('is taken'),
    });
  });

  it('combines faults and variations', async () => {
    const sandbox = await started({
      acceptTokens: ['t'],
      faults: ['created-201', 'id-number'],
      variations: ['indented'],
    });
    const answer = await create(sandbox, 'Bearer t');
    expect(answer.status).toBe(201);
    expect(await answer.text()).toContain('\n  "id": ');
  });

  it.each([
    [{ faults: ['id-mising'] }, 'the sandbox has no fault "id-mising"', /^Did you mean id-missing, /],
    [{ variations: ['gzipped'] }, 'the sandbox has no variation "gzipped"', /^Did you mean gzip, /],
    [{ faults: [''] }, 'the sandbox has no fault ""', /^Did you mean /],
  ])('refuses unknown names in %j', async (options, message, hint) => {
    const error: unknown = await startSandbox(options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HarnessError);
    expect(error).toMatchObject({ code: 'usage', message, hint: expect.stringMatching(hint) });
  });
});

describe('the catalogues', () => {
  it.each([
    ['faults', listFaults(), 80],
    ['variations', listVariations(), 15],
  ])('of %s name each member once, in words', (_, all, least) => {
    expect(all.length).toBeGreaterThanOrEqual(least);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(new Set(all.map(({ description }) => description)).size).toBe(all.length);
    for (const { name } of all) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('of choices says for each what is known', () => {
    for (const { why, known } of Object.values(choices))
      expect([why, known].every((text) => text.endsWith('.'))).toBe(true);
  });
});
