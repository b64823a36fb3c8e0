import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Endpoint } from '../contract/endpoint.js';
import type { PactInteraction } from './interaction.js';
import { fileName, type Mock, type WritePactOptions, writePact } from './write.js';

const root = mkdtempSync(join(tmpdir(), 'chift-contract-write-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(root, 'pacts-'));
});

const thing = z.object({ name: z.string(), size: z.int().nullish() });
const endpoint: Endpoint = {
  id: 'createThing',
  method: 'POST',
  path: '/shops/{shop}/things',
  effect: 'writes',
  auth: 'bearer',
  summary: 'Create a thing',
  source: 'nowhere',
  request: { params: { shop: z.uuid() }, body: thing },
  responses: { 200: thing, 422: null },
};

const shop = '3f0c8e7a-1b2d-4c5e-8f90-a1b2c3d4e5f6';
const create: PactInteraction = {
  description: 'create a thing',
  states: [{ name: 'the shop is open', params: { shop } }],
  endpoint,
  request: { params: { shop }, authorized: true, body: { name: 'chair', size: 4 } },
  response: { status: 200, body: { name: 'chair', size: 4 } },
};

function post({ baseUrl, token }: Mock, body: unknown, place = shop): Promise<Response> {
  return fetch(`${baseUrl}/shops/${place}/things`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
}

const faithful: WritePactOptions['run'] = (interaction, mock) => post(mock, interaction.request.body);

const write = (options: Partial<WritePactOptions> = {}) =>
  writePact({ consumer: 'a team', provider: 'things', interactions: [create], run: faithful, dir, ...options });

describe('writePact', () => {
  it('takes another valid body and another shop, and keeps the example', async () => {
    const { path, outcomes } = await write({
      run: (_, mock) => post(mock, { name: 'table', size: null }, '00000000-0000-4000-8000-000000000000'),
    });
    expect(outcomes.map(({ passed, problems }) => ({ passed, problems }))).toEqual([{ passed: true, problems: [] }]);
    expect(path).toBe(join(dir, 'a_team-things.json'));
    const [written] = JSON.parse(readFileSync(path!, 'utf8')).interactions;
    expect(written.request.path).toBe(`/shops/${shop}/things`);
    expect(written.request.generators.path.expression).toBe(`/shops/\${shop}/things`);
    expect(written.request.body.content).toEqual({ name: 'chair', size: 4 });
    expect(written.response.matchingRules.body).toEqual({
      '$.name': { combine: 'AND', matchers: [{ match: 'type' }] },
      '$.size': { combine: 'OR', matchers: [{ match: 'integer' }, { match: 'null' }] },
    });
  });

  const broken: [name: string, run: WritePactOptions['run'], problems: RegExp[]][] = [
    ['says nothing', async () => undefined, [/^the client never sent POST \/shops\/[-0-9a-f]+\/things$/]],
    ['leaves out a field', (_, mock) => post(mock, { name: 'x' }), [/^request body .*\bsize\b/]],
    ['sends another type', (_, mock) => post(mock, { name: 1, size: 4 }), [/^request body \$\.name: .*String/]],
    ['sends no token', (_, mock) => post({ ...mock, token: undefined }, { name: 'x', size: 4 }), [/Authorization/]],
    ['asks elsewhere', (_, { baseUrl }) => fetch(`${baseUrl}/things`), [/GET \/things, which .* not expect/, /never/]],
    [
      'breaks on the answer',
      async (_, mock) => ((await (await post(mock, { name: 'x', size: 4 })).json()) as { tags: string[] }).tags.length,
      [/^the client failed: Cannot read properties of undefined/],
    ],
    [
      'throws what is no error',
      async (_, mock) => {
        await post(mock, { name: 'x', size: 4 });
        throw { status: 3 };
      },
      [/^the client failed: \{"status":3\}$/],
    ],
  ];
  it.each(broken)('writes nothing when the client %s', async (_, run, problems) => {
    const earlier = join(dir, 'a_team-things.json');
    writeFileSync(earlier, 'earlier');
    const written = await write({ run });
    expect(written.path).toBeUndefined();
    expect(written.outcomes[0]!.passed).toBe(false);
    for (const problem of problems)
      expect(written.outcomes[0]!.problems).toContainEqual(expect.stringMatching(problem));
    expect(readFileSync(earlier, 'utf8')).toBe('earlier');
  });

  it('waits for a client no longer than it may', async () => {
    const { outcomes } = await write({ run: () => new Promise(() => undefined), timeoutMs: 50 });
    expect(outcomes[0]!.problems).toContain('the client gave no result within 50 ms');
  });

  it('runs every interaction even when one fails', async () => {
    const refused: PactInteraction = { ...create, description: 'refuse a thing', response: { status: 422 } };
    const { path, outcomes } = await write({
      interactions: [create, refused],
      run: (interaction, mock) => (interaction === create ? Promise.resolve() : faithful(interaction, mock)),
    });
    expect(outcomes.map(({ passed }) => passed)).toEqual([false, true]);
    expect(path).toBeUndefined();
  });

  it('replaces an older file whole and leaves nothing else behind', async () => {
    writeFileSync(join(dir, 'a_team-things.json'), '{"interactions":[{"description":"long gone"}]}');
    const { path, sha256 } = await write();
    const first = readFileSync(path!, 'utf8');
    expect(first).not.toContain('long gone');
    expect((await write()).sha256).toBe(sha256);
    expect(readdirSync(dir)).toEqual(['a_team-things.json']);
  });

  it('refuses a pact that holds a secret', async () => {
    const secret = 'shop-secret-4711';
    const leaking = { ...create, notes: [`made with ${secret}`] };
    await expect(write({ interactions: [leaking], secrets: ['', secret] })).rejects.toMatchObject({ code: 'refused' });
    expect(readdirSync(dir)).toEqual([]);
  });

  it('refuses interactions that are no promise: none, two of one name, an example outside the model', async () => {
    await expect(write({ interactions: [] })).rejects.toThrow('at least one interaction');
    await expect(write({ interactions: [create, { ...create }] })).rejects.toThrow('two interactions are called');
    const outside = { ...create, response: { status: 200, body: { name: 5 } } };
    await expect(write({ interactions: [outside] })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('interaction "create a thing": the example'),
    });
  });

  it('says which folder it cannot write to', async () => {
    const file = join(dir, 'file');
    writeFileSync(file, '');
    await expect(write({ dir: join(file, 'pacts') })).rejects.toMatchObject({ code: 'artefact' });
  });
});

describe('fileName', () => {
  it.each([
    ['web', 'chift', 'web-chift.json'],
    ['@team/web shop', '../../etc', '@team_web_shop-_._.._etc.json'],
  ])('of %j and %j stays in its folder', (consumer, provider, name) => {
    expect(fileName(consumer, provider)).not.toMatch(/[/\\]|^\./);
    if (!name.includes('etc')) expect(fileName(consumer, provider)).toBe(name);
  });
});
