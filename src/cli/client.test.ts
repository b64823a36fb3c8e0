import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunResult, resultSchema } from '../run/result.js';
import { sampled, triesAll } from '../testing/sample.js';
import { command, temporaryFolder } from '../testing/test-world.js';

const folder = temporaryFolder();
afterAll(folder.remove);
let cwd = '';
let serial = 0;
beforeEach(() => {
  cwd = join(folder.path, String(++serial));
  mkdirSync(cwd);
});

const run = (...argv: string[]) => command(['client', ...argv, '--report', 'json'], { cwd });
const result = (): RunResult => resultSchema.parse(JSON.parse(readFileSync(join(cwd, 'reports/result.json'), 'utf8')));
const codes = () => [...new Set(result().findings.map(({ code }) => code))].sort();
const findingOf = (code: string) => result().findings.find((finding) => finding.code === code)!;
const sdk = fileURLToPath(new URL('../../contracts/chift/pact/sdk-client.mjs', import.meta.url));

/** A client that gets everything right, but for what a test puts in the place of one of its steps. */
function write(
  steps: { send?: string; after?: string; refuse?: string; read?: string } = {},
  name = 'client.mjs',
): void {
  const {
    send = 'await post()',
    after = '',
    refuse = 'if (response.status !== 200) throw new Error("refused with " + response.status);',
    read = 'return contact;',
  } = steps;
  writeFileSync(
    join(cwd, name),
    `export const createContact = async (baseUrl, token, body, { consumer_id: consumer }) => {
      const url = \`\${baseUrl}/consumers/\${consumer}/invoicing/contacts\`;
      const post = (at = url, redirect = 'manual') => fetch(at, {
        method: 'POST',
        redirect,
        headers: { 'content-type': 'application/json', authorization: \`Bearer \${token}\` },
        body: JSON.stringify(body),
      });
      let response = ${send};
      ${after}
      ${refuse}
      let contact;
      try { contact = JSON.parse(await response.text()); } catch { throw new Error('no JSON'); }
      if (typeof contact?.id !== 'string') throw new Error('no contact');
      ${read}
    };`,
  );
}

if (!triesAll) console.warn('a sample of clients is run: TESTS=all runs all');

describe('client', { timeout: 60_000 }, () => {
  it('finds nothing in a client that copes with everything, and accounts for every answer', async () => {
    write();
    const { exitCode, out, err } = await run('client.mjs', '--seed', '1');
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toContain('✔ The client keeps the contract');
    expect(out).toContain('createContact: the client hands on 35 of 35 places of the answer');
    const { totals, findings, unjudged } = result();
    expect(findings).toEqual([]);
    expect(totals.judged + totals.unjudged).toBe(totals.exchanges);
    expect(totals.judged).toBeGreaterThan(300);
    expect(unjudged).toEqual([{ reason: 'reset', count: 1 }]);
  });

  it('makes the answer small that breaks a client on null, and repeats it by its name', async () => {
    write({ read: 'return { ...contact, streets: contact.addresses.map(({ street }) => street) };' });
    const { exitCode, out } = await run('client.mjs', '--seed', '1', '--only', 'edge');
    expect(exitCode).toBe(1);
    const onNull = result().findings.find(({ rule }) => rule.includes('of null'))!;
    expect(onNull).toMatchObject({ code: 'client.crash', steady: true, endpoint: 'createContact' });
    expect(JSON.parse(onNull.evidence.response!.body.text!)).toEqual({ id: '', source_ref: {}, addresses: null });
    expect(onNull.message).toContain('{"id":"","source_ref":{},"addresses":null}');
    const { replay, curl } = onNull.reproduce;
    expect([replay, curl]).toEqual([
      expect.stringMatching(/^npx chift-contract client client\.mjs --seed 1 --case createContact\/200\/edge-\d+$/),
      null,
    ]);
    expect(out).not.toContain('token-of-the-client-under-test');
    const again = await command([...replay!.split(' ').slice(2), '--report', 'json'], { cwd });
    expect([again.exitCode, result().findings.map(({ fingerprint }) => fingerprint)]).toEqual([
      1,
      [onNull.fingerprint],
    ]);
  });

  const broken: [string, string, Parameters<typeof write>[0], string][] = [
    [
      'sends again what may have worked',
      'client.resend',
      { after: 'if (response.status >= 500) response = await post();' },
      'transport',
    ],
    [
      'sends again without an end',
      'client.resend',
      { send: '(await Promise.all([1, 2, 3].map(() => post())))[2]' },
      'stateful',
    ],
    ['reads no status', 'client.success-for-failure', { refuse: 'return response.text();' }, 'stateful'],
    [
      'takes its token along',
      'client.token-leak',
      { after: "const to = response.headers.get('location'); if (to) await post(to);" },
      'transport',
    ],
    [
      'waits for ever',
      'client.hang',
      { after: 'if (response.status === 409) await new Promise((go) => setTimeout(go, 1e6));' },
      'stateful',
    ],
    ['ends the process', 'client.crash', { after: 'if (response.status === 409) process.exit(3);' }, 'stateful'],
    [
      'throws where nobody catches',
      'client.crash',
      {
        after:
          'if (response.status === 409) { setTimeout(() => { throw new Error("loose"); }); await new Promise((go) => setTimeout(go, 50)); }',
      },
      'stateful',
    ],
    ['loops', 'client.hang', { after: 'while (response.status === 409);' }, 'stateful'],
    [
      'knows no gender but two',
      'client.refused-valid',
      { read: "if (contact.gender === 'N/A') throw new Error('gender'); return contact;" },
      'edge',
    ],
    [
      'keeps one address',
      'client.data-lost',
      { read: 'return { ...contact, addresses: contact.addresses?.slice(0, 1) };' },
      'edge',
    ],
    ['trims', 'client.data-altered', { read: 'return { id: contact.id, comment: contact.comment?.trim() };' }, 'edge'],
    [
      'tells null as text',
      'client.data-altered',
      { read: 'return { id: contact.id, mail: String(contact.email) };' },
      'edge',
    ],
  ];
  it.each(sampled(broken, 3))('finds the client that %s: %s', async (_, code, steps, kind) => {
    const hangs = code === 'client.hang' ? ['--case', 'createContact/409/json', '--timeout', '1500ms'] : [];
    write(steps);
    const { exitCode } = await run('client.mjs', '--seed', '1', '--only', kind, ...hangs);
    expect([exitCode, codes()]).toEqual([1, [code]]);
    expect(findingOf(code)).toMatchObject({ steady: true, attribution: 'contract' });
  });

  it.runIf(triesAll)(
    'leaves alone what is right: waiting, a client request id on all attempts, a renewed token',
    async () => {
      write({
        send: 'await post()',
        after: `for (let more = 2; more > 0 && [401, 429, 503].includes(response.status); more--) response = await post();`,
      });
      const text = readFileSync(join(cwd, 'client.mjs'), 'utf8');
      expect((await run('client.mjs', '--only', 'auth,transport')).exitCode).toBe(0);
      writeFileSync(
        join(cwd, 'client.mjs'),
        text
          .replace('[401, 429, 503].includes(response.status)', 'response.status >= 500')
          .replace("'content-type'", "'x-chift-client-requestid': 'one-for-all', 'content-type'"),
      );
      expect((await run('client.mjs', '--only', 'auth,transport')).exitCode).toBe(0);
    },
  );

  it('finds the client that renews its token for ever', async () => {
    write({ after: 'for (let more = 20; more > 0 && response.status === 401; more--) response = await post();' });
    expect((await run('client.mjs', '--case', 'createContact/401/token')).exitCode).toBe(1);
    expect(codes()).toEqual(['client.resend']);
  });

  it.runIf(triesAll)('lets a client read as often as it likes', async () => {
    write();
    const text = readFileSync(join(cwd, 'client.mjs'), 'utf8')
      .replaceAll(/createContact|method: 'POST',|body: JSON.stringify\(body\),/g, (part) =>
        part === 'createContact' ? 'getContact' : '',
      )
      .replace('invoicing/contacts`', 'invoicing/contacts/one`')
      .replace('await post();', 'await post(); if (response.status >= 500) response = await post();');
    writeFileSync(join(cwd, 'client.mjs'), text);
    const { exitCode, out } = await run('client.mjs', '--only', 'transport,stateful');
    expect([exitCode, out]).toEqual([0, expect.stringContaining('getContact: the client hands on 35 of 35')]);
  });

  it.runIf(triesAll)('passes over spaces and case, or does not compare, when told so', async () => {
    write({ read: 'return { id: contact.id, comment: contact.comment?.trim() };' });
    const ran = async (echo: string) =>
      (await run('client.mjs', '--only', 'edge', '--echo', echo, '--seed', '1')).exitCode;
    expect([await ran('normalised'), await ran('off')]).toEqual([0, 0]);
  });

  it('tells a crash on an answer outside the contract as a warning', async () => {
    write({ read: 'return { ...contact, reference: contact.source_ref.id };' });
    expect((await run('client.mjs', '--only', 'invalid')).exitCode).toBe(0);
    expect(codes()).toEqual(['client.fragile']);
    expect((await run('client.mjs', '--only', 'invalid', '--fail-on', 'warning')).exitCode).toBe(1);
  });

  it.runIf(triesAll)('tells what the official SDK does, unmodified', async () => {
    const { exitCode } = await run(sdk, '--seed', '1');
    expect(exitCode).toBe(1);
    expect(result().findings.map(({ code, rule }) => `${code}: ${rule}`)).toEqual([
      'client.success-for-failure: a page under a success status',
      'client.success-for-failure: a success without a body',
      'client.success-for-failure: half a JSON document',
      'client.unchecked: an error body under a success status',
      'client.unchecked: root-type as the whole answer',
    ]);
  });

  it('finds the client that breaks what its own team demands of it', async () => {
    write({ read: 'return { ...contact, label: contact.company_name ?? "" };' });
    const text = readFileSync(join(cwd, 'client.mjs'), 'utf8');
    const properties = `
      export const properties = {
        'has a label': ({ result }) => result === undefined || result.label !== '',
        'throws errors only': ({ error }) => { if (error !== undefined && !(error instanceof Error)) throw new Error('no error'); },
      };`;
    writeFileSync(join(cwd, 'client.mjs'), text + properties);
    const { exitCode } = await run('client.mjs', '--seed', '1', '--only', 'edge');
    expect([exitCode, codes()]).toEqual([1, ['client.property']]);
    const [found] = result().findings;
    expect(found).toMatchObject({ rule: 'has a label', steady: true });
    expect(JSON.parse(found!.evidence.response!.body.text!)).toEqual({ id: '', source_ref: {} });
    writeFileSync(join(cwd, 'client.mjs'), `${text} export const properties = ['none'];`);
    expect(await run('client.mjs')).toMatchObject({ exitCode: 2, err: expect.stringContaining('properties are not') });
  });

  it('takes a client in TypeScript', async () => {
    write({}, 'client.ts');
    const text = readFileSync(join(cwd, 'client.ts'), 'utf8');
    writeFileSync(join(cwd, 'client.ts'), text.replace('(baseUrl, token,', '(baseUrl: string, token: string,'));
    expect((await run('client.ts', '--only', 'stateful')).exitCode).toBe(0);
  });

  it('hands no secret of the environment to the client', async () => {
    process.env['CHIFT_CLIENT_SECRET'] = 'a-secret-of-ours';
    write({ after: "if (process.env.CHIFT_CLIENT_SECRET) throw new TypeError('it is there');" });
    const { exitCode } = await run('client.mjs', '--only', 'stateful');
    delete process.env['CHIFT_CLIENT_SECRET'];
    expect(exitCode).toBe(0);
  });

  it('is inconclusive when it may not call as often as the plan needs', async () => {
    write();
    expect((await run('client.mjs', '--max-requests', '20')).exitCode).toBe(3);
    expect((await run('client.mjs', '--max-time', '1ms')).exitCode).toBe(3);
  });

  it('lists the answers and serves none', async () => {
    write();
    const { exitCode, out } = await run('client.mjs', '--dry-run', '--only', 'stateful');
    expect([exitCode, out.split('\n')[0]]).toEqual([0, 'Nothing is served.']);
    expect(out).toContain('  createContact/409/json  (stateful: status 409)\n');
    expect(out).not.toContain('edge');
    expect(existsSync(join(cwd, 'reports'))).toBe(false);
  });

  it.each<[string, string, string[], string]>([
    ['no such file', '', ['absent.mjs'], 'does not exist'],
    ['no function', 'export const x = 1;', ['client.mjs'], 'exports no function'],
    ['a syntax error', 'export const = 1;', ['client.mjs'], 'cannot be loaded'],
    ['an end while it is loaded', 'process.exit(0);', ['client.mjs'], 'ends the process while it is loaded'],
    [
      'no end of loading',
      'await new Promise((go) => setTimeout(go, 1e6));',
      ['client.mjs', '--timeout', '200ms'],
      'does not finish loading',
    ],
    [
      'a client that asks nobody',
      'export const createContact = async () => 1;',
      ['client.mjs'],
      'sends no POST /consumers/',
    ],
    [
      'an answer that there is not',
      'export default async (url, token, body, p) => fetch(url + "/consumers/" + p.consumer_id + "/invoicing/contacts", { method: "POST" }).then((r) => r.json());',
      ['client.mjs', '--case', 'x'],
      'there is no answer "x"',
    ],
    ['a kind that there is not', 'export default 1;', ['client.mjs', '--only', 'all'], 'all is none of'],
  ])('says what is wrong with %s', async (_, text, argv, message) => {
    writeFileSync(join(cwd, 'client.mjs'), text);
    const { exitCode, err } = await run(...argv);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
