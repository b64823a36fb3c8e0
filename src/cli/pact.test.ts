import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox } from '../../contracts/chift/index.js';
import { exampleToken } from '../pact/mock-plan.js';
import { resultSchema } from '../run/result.js';
import { command, temporaryFolder } from '../testing/test-world.js';

const folder = temporaryFolder();
afterAll(folder.remove);

let cwd = '';
let serial = 0;
beforeEach(() => {
  cwd = join(folder.path, String(++serial));
  mkdirSync(cwd);
  file('package.json', '{ "name": "my-shop", "type": "module" }');
});

const committed = readFileSync(
  fileURLToPath(new URL('../../contracts/generated/pacts/chift-contract-chift.json', import.meta.url)),
  'utf8',
);
const file = (name: string, text: string) => writeFileSync(join(cwd, name), text);
const pact = (...argv: string[]) => command(['pact', ...argv], { cwd });
const written = 'pacts/my-shop-chift.json';

interface PactDocument {
  consumer: { name: string };
  interactions: { description: string; response: { body?: { content: Record<string, unknown> } } }[];
}
const document = (path = written) => JSON.parse(readFileSync(join(cwd, path), 'utf8')) as PactDocument;
const answerOf = (description: string) =>
  document().interactions.find((interaction) => interaction.description === description)?.response.body?.content;

const client = (creating: string) => `
const call = async (baseUrl, token, body, { consumer_id: consumer }) => fetch(
  \`\${baseUrl}/consumers/\${consumer}/invoicing/contacts\`,
  {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: \`Bearer \${token}\` } : {}) },
    body: JSON.stringify(body),
  },
);
export const createContact = async (baseUrl, token, body, params) => {
  ${creating}
};`;
const right = client(`
  const response = await call(baseUrl, token, body, params);
  if (!response.ok) throw new Error(\`refused with \${response.status}\`);
  return response.json();`);

/** As a team may have generated it: nested, with a list, a choice and a reference. */
const theirs = {
  vat: { anyOf: [{ type: 'string' }, { type: 'null' }] },
  source_ref: { type: 'object', properties: { id: { type: 'string' } } },
  addresses: { type: 'array', items: { type: 'object', properties: { city: { $ref: '#/properties/vat' } } } },
};

describe('pact', () => {
  it('pins only the fields that a team uses, and says what is pinned', async () => {
    const { exitCode, out, err } = await pact('--uses', 'id, email');
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toMatch(/^pinned: \/id, \/source_ref, \/email, .+\nnot pinned: .*\/phone/m);
    expect(out.match(/^✔ create a contact: /gm)).toHaveLength(3);
    expect(document().consumer.name).toBe('my-shop');
    expect(Object.keys(answerOf('create a person')!).sort()).toEqual(['email', 'id', 'source_ref']);
  });

  it('names a field that no answer has', async () => {
    const { exitCode, out, err } = await pact('--uses', 'id,e-mail');
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain('no answer has the field "e-mail"\n  Did you mean addresses.email, email?');
    expect(existsSync(join(cwd, 'pacts'))).toBe(false);
    expect((await pact('--uses', 'qqq')).err).toContain('Known are ');
  });

  it("reads what a team uses off the team's own schema", async () => {
    file('schema.json', `{ "type": "object", "properties": ${JSON.stringify(theirs)} }`);
    file('schema.ts', 'export const contact = { type: "object", properties: { id: {}, vatt: {} } } as const;');
    const { exitCode } = await pact('--uses', './schema.json');
    expect(exitCode).toBe(0);
    expect(answerOf('create a company with two addresses')).toMatchObject({
      source_ref: { id: '1' },
      addresses: [{ address_type: 'main', city: 'Brussels' }, expect.anything()],
    });
    expect(Object.keys(answerOf('create a company with two addresses')!).sort()).toEqual([
      'addresses',
      'id',
      'source_ref',
      'vat',
    ]);
    expect(await pact('--uses', './schema.ts#contact')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('no answer has the field "vatt"\n  Did you mean vat?'),
    });
    expect(await pact('--uses', './schema.ts#nobody')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('--uses: ./schema.ts has no nobody'),
    });
  });

  it("runs a team's own client, and says what it was not run for", async () => {
    file('shop.mjs', right);
    const { exitCode, out } = await pact('--client', 'shop.mjs', '--pact-dir', 'here', '--consumer-name', 'Shop');
    expect(exitCode).toBe(0);
    expect(out).toContain('✔ create a contact with a body that breaks the model\n');
    expect(out).toContain('not run: getContact, listContacts (');
    expect(document('here/Shop-chift.json').interactions.every(({ description }) => /^create/.test(description))).toBe(
      true,
    );
  });

  it('writes nothing when the client breaks an interaction, and leaves an older pact as it was', async () => {
    mkdirSync(join(cwd, 'pacts'));
    file(written, 'as it was');
    file('null.mjs', client('return (await (await call(baseUrl, token, body, params)).json()).email.length;'));
    const { exitCode, out, err } = await pact('--client', 'null.mjs');
    expect(exitCode).toBe(1);
    const crash = 'the client failed: Cannot read properties of';
    expect(out).toContain(`✖ create a contact: every optional field is null, without addresses\n    ${crash} null`);
    expect(out).toContain(`✖ create a contact: no optional field\n    ${crash} undefined`);
    expect(err).toContain('no pact is written');
    expect(readFileSync(join(cwd, written), 'utf8')).toBe('as it was');
  });

  it.each([
    ['absent.mjs', undefined, 'does not exist'],
    ['ends.mjs', 'process.exit(3);', 'ends the process while it is loaded'],
    ['other.mjs', 'export const getTransaction = async () => 1;', 'has no function for any interaction of the pact'],
  ])('says what is wrong with %s', async (name, text, message) => {
    if (text !== undefined) file(name, text);
    const { exitCode, err } = await pact('--client', name);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it('never writes a secret of the environment', async () => {
    for (const name of ['CHIFT_ACCESS_TOKEN', 'PACT_BROKER_PASSWORD']) {
      const { exitCode, err } = await command(['pact'], { cwd, env: { [name]: exampleToken } });
      expect([exitCode, err]).toEqual([4, expect.stringContaining('holds a secret of this environment')]);
    }
    expect(existsSync(join(cwd, 'pacts'))).toBe(false);
  });

  it('takes its settings from the config file too', async () => {
    file('chift-contract.config.json', '{ "consumerName": "from-config", "pactDir": "configured", "uses": ["id"] }');
    expect((await pact()).exitCode).toBe(0);
    expect(document('configured/from-config-chift.json').consumer.name).toBe('from-config');
  });
});

describe('pact verify', () => {
  const result = () => resultSchema.parse(JSON.parse(readFileSync(join(cwd, 'reports/result.json'), 'utf8')));
  beforeEach(() => {
    mkdirSync(join(cwd, 'pacts'));
    file(written, committed);
  });

  it('replays the pact at the embedded sandbox and judges what it answers', async () => {
    const { exitCode, out, err } = await pact('verify', written, '--report', 'json');
    expect([exitCode, err]).toEqual([0, '']);
    const interactions = document().interactions.length;
    expect(out.match(/^[✔–] .+, given /gm)).toHaveLength(interactions);
    expect(out).not.toContain('(pending)');
    expect(result()).toMatchObject({
      command: 'pact verify',
      verdict: 'conforms',
      totals: { exchanges: interactions, judged: interactions },
    });
  });

  it('tells a broken interaction as a finding with the real exchange', async () => {
    const sandbox = await startSandbox({ faults: ['total-as-text'] });
    const { exitCode, out } = await pact('verify', 'pacts', '--url', sandbox.url, '--report', 'json');
    await sandbox.close();
    expect(exitCode).toBe(1);
    expect(out).toContain('✖ list the first contacts, given a contact exists\n');
    const finding = result().findings.find(({ code }) => code === 'pact.body')!;
    expect(finding).toMatchObject({
      endpoint: 'listContacts',
      at: { part: 'response.body', pointer: '/total' },
      rule: 'list the first contacts, given a contact exists',
    });
    expect(JSON.parse(finding.evidence.response!.body.text!)).toMatchObject({ total: expect.any(String) });
    expect(finding.evidence.request.headers).toContainEqual(['authorization', 'Bearer [redacted]']);
    expect(result().findings.map(({ code }) => code)).toContain('response.body.type');
    const replayed = await command(['replay', 'reports/result.json', finding.fingerprint], { cwd });
    expect([replayed.exitCode, replayed.out]).toEqual([5, expect.stringContaining('run pact verify again')]);
  });

  it('gives every create a client request id of its own, and writes it down', async () => {
    const sandbox = await startSandbox();
    await pact('verify', written, '--url', sandbox.url, '--report', 'json');
    await sandbox.close();
    const ledger = join(cwd, '.chift-contract/ledger');
    const records = readFileSync(join(ledger, readdirSync(ledger)[0]!), 'utf8')
      .trimEnd()
      .split('\n');
    const created = records
      .map((line) => JSON.parse(line.slice(line.indexOf('{'))))
      .filter(({ kind }) => kind === 'created');
    expect(created.length).toBeGreaterThan(3);
    expect(new Set(created.map(({ requestId }) => requestId)).size).toBe(created.length);
    expect(created.every(({ requestId, id }) => requestId !== '' && id !== null)).toBe(true);
  });

  it('is inconclusive when a state cannot be brought about', async () => {
    const text = readFileSync(join(cwd, written), 'utf8');
    file('strange.json', text.replaceAll('a contact exists', 'the moon is full'));
    const { exitCode, out } = await pact('verify', 'strange.json', '--report', 'json');
    expect(exitCode).toBe(3);
    expect(out).toContain('? get a contact, given the moon is full\n');
    expect(result().notes.join('\n')).toContain('the state "the moon is full" could not be brought about');
  });

  it('takes from --states what a state means here: other ids, another connection, another token', async () => {
    const seen: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      seen.push(request);
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"nobody here"}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const connection = '0d2c1f5e-6a53-4b0f-9c77-2b8e6f1a4d90';
    file(
      'states.json',
      JSON.stringify({
        'the contact does not exist': { params: { contact_id: 'nobody' }, connection, token: 'TOKEN_OF_B' },
        'the moon is full': {},
      }),
    );
    const verified = await command(
      ['pact', 'verify', written, '--url', url, '--states', 'states.json', '--report', 'json'],
      { cwd, env: { CHIFT_ACCESS_TOKEN: 'token-of-a', TOKEN_OF_B: 'token-of-b-which-is-secret' } },
    );
    server.close();
    const asked = seen.filter(({ url }) => url?.endsWith('/nobody'));
    expect(asked.map(({ headers }) => [headers.authorization, headers['x-chift-connectionid']])).toEqual([
      ['Bearer token-of-b-which-is-secret', connection],
    ]);
    const others = seen.filter((each) => !asked.includes(each) && each.headers.authorization !== undefined);
    expect(new Set(others.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer token-of-a']));
    expect(others.every(({ headers }) => headers['x-chift-connectionid'] === undefined)).toBe(true);
    expect(verified.out).toContain('✔ get a contact that does not exist');
    const report = readFileSync(join(cwd, 'reports/result.json'), 'utf8');
    expect(report + verified.out + verified.err).not.toContain('token-of-b-which-is-secret');
    expect(result().notes).toContain('--states: no interaction has the state "the moon is full"');
  });

  it.each<[string, string, number, string]>([
    ['no JSON', '{', 2, '--states: states.json cannot be read'],
    ['a word that there is not', '{ "a": { "parms": {} } }', 2, '--states: states.json: /a'],
    ['a token', '{ "a": { "token": "eyJhbGciOi" } }', 4, 'the token of "a" is no name of a variable'],
    ['a variable that is not set', '{ "a": { "token": "NOT_SET" } }', 2, 'NOT_SET is not set'],
  ])('says what is wrong with states in which there is %s', async (_, text, exitCode, message) => {
    file('states.json', text);
    const ran = await pact('verify', written, '--states', 'states.json');
    expect([ran.exitCode, ran.err]).toEqual([exitCode, expect.stringContaining(message)]);
  });

  it('sends nothing when asked what it would send', async () => {
    const { exitCode, out } = await pact('verify', written, '--url', 'http://127.0.0.1:9', '--dry-run');
    expect([exitCode, out]).toEqual([0, expect.stringContaining('Nothing is sent. At http://127.0.0.1:9:\n')]);
    expect(out).toContain('  create a person\n');
  });

  it.each<[string, string[], number, string]>([
    ['no pact at all', ['verify'], 2, 'which pacts?'],
    ['files and a broker', ['verify', written, '--broker'], 2, 'which pacts?'],
    [
      'work in progress of files',
      ['verify', written, '--include-wip', '2026-09-01'],
      2,
      '--include-wip needs --broker',
    ],
    ['a day that is none', ['verify', '--broker', '--include-wip', 'soon'], 2, 'It takes a date'],
    ['results of files to publish', ['verify', written, '--publish'], 2, '--publish needs --broker'],
    ['a file that is not there', ['verify', 'absent.json'], 2, 'absent.json does not exist'],
    ['a folder without pacts', ['verify', 'empty'], 2, 'there is no pact in empty'],
    ['a file that is no pact', ['verify', 'package.json'], 2, 'package.json is no pact'],
    ['a broker that nobody named', ['verify', '--broker'], 2, 'PACT_BROKER_BASE_URL is not set'],
    [
      'a foreign target without a permit',
      ['verify', written, '--url', 'https://api.example.com', '--consumer', '0b2d6d3c-8f2e-4b52-9c0f-6a8f3f1d2e4a'],
      4,
      'not loopback',
    ],
    ['a target out of reach', ['verify', written, '--url', 'http://127.0.0.1:9'], 5, 'cannot be reached'],
    ['a secret on the command line', ['verify', written, '--broker-token=hunter2'], 4, '--broker-token is refused'],
  ])('tells %s', async (_, argv, exitCode, message) => {
    const ran = await command(['pact', ...argv], { cwd, env: { CHIFT_ACCESS_TOKEN: 'some-token-of-mine' } });
    expect([ran.exitCode, ran.err]).toEqual([exitCode, expect.stringContaining(message)]);
    expect(ran.err).not.toContain('hunter2');
  });
});
