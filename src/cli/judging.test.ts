import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../contracts/chift/index.js';
import { type RunResult, resultSchema } from '../run/result.js';
import { command, temporaryFolder } from '../testing/test-world.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const har = readFileSync(join(root, 'contracts/chift/recordings/sdk.har'), 'utf8');
const folder = temporaryFolder();
const cwd = folder.path;
beforeAll(() => writeFileSync(join(cwd, 'sdk.har'), har));
afterAll(folder.remove);

const schema = JSON.parse(readFileSync(join(root, 'contracts/generated/schemas/result.schema.json'), 'utf8')) as object;
const validate = new Ajv({ strict: false }).compile(schema);

/** The result of the last run, after all that holds for every result was asked of it. */
function result(): RunResult {
  const json: unknown = JSON.parse(readFileSync(join(cwd, 'reports/result.json'), 'utf8'));
  expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
  const whole = resultSchema.parse(json);
  const { exchanges, judged, unjudged, outOfScope, unreadable } = whole.totals;
  expect(judged + unjudged + outOfScope + unreadable).toBe(exchanges);
  return whole;
}

const check = (...argv: string[]) => command(['check', ...argv], { cwd });

describe('check', () => {
  it('accounts for every exchange of the official client', async () => {
    const { exitCode, err } = await check('sdk.har');
    expect([exitCode, err]).toEqual([0, '']);
    const { totals, verdict } = result();
    const entries = (JSON.parse(har) as { log: { entries: unknown[] } }).log.entries.length;
    expect([verdict, totals.exchanges, totals.unreadable, totals.unjudged]).toEqual(['conforms', entries, 0, 0]);
  });

  it('points at the field when one answer is edited', async () => {
    const document = JSON.parse(har) as {
      log: { entries: { request: { method: string; url: string }; response: { content: { text: string } } }[] };
    };
    const create = document.log.entries.find(
      ({ request }) => request.method === 'POST' && request.url.endsWith('/contacts'),
    )!;
    create.response.content.text = create.response.content.text.replace('"is_customer":true', '"is_customer":"yes"');
    writeFileSync(join(cwd, 'edited.har'), JSON.stringify(document));
    const { exitCode, out } = await check('edited.har');
    expect(exitCode).toBe(1);
    expect(out).toContain('/is_customer is the string "yes", not boolean or null');
    const finding = result().findings.find(({ code }) => code === 'response.body.type');
    expect(finding).toMatchObject({
      at: { part: 'response.body', pointer: '/is_customer' },
      endpoint: 'createContact',
    });
  });

  it('of recordings with nothing for these endpoints is inconclusive', async () => {
    writeFileSync(
      join(cwd, 'other.har'),
      har
        .replaceAll('/invoicing/contacts', '/invoicing/invoices')
        .replaceAll('/token', '/other')
        .replaceAll('/consumers', '/customers'),
    );
    expect((await check('other.har')).exitCode).toBe(3);
    expect(result()).toMatchObject({ verdict: 'inconclusive', totals: { judged: 0 } });
  });

  it('of fewer exchanges than asked for is inconclusive', async () => {
    expect((await check('sdk.har', '--min-judged', '1000')).exitCode).toBe(3);
  });

  it.each<[string, string, number, string]>([
    ['an empty file', '', 2, 'is empty'],
    ['no JSON', 'hello', 2, 'no recording that is known here'],
    ['JSON that is no recording', '{"a":1}', 2, 'no recording that is known here'],
    [
      'a HAR without entries',
      '{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[]}}',
      2,
      'has no entries',
    ],
    ['a HAR cut before its first entry ends', har.slice(0, 400), 2, ''],
  ])('refuses %s', async (name, content, exitCode, message) => {
    writeFileSync(join(cwd, 'odd.har'), content);
    const ran = await check('odd.har');
    expect([ran.exitCode, ran.err], name).toEqual([exitCode, expect.stringContaining(message)]);
    expect(ran.err).toContain('odd.har');
  });

  it('says how much of it people wrote', async () => {
    writeFileSync(join(cwd, 'pact.json'), readFileSync(join(root, 'src/formats/golden/pact/v4/input.json')));
    await check('pact.json');
    expect(result().notes).toContainEqual(expect.stringMatching(/^4 examples among 4 judged: written by people/));
    await check('sdk.har');
    expect(result().notes.join()).not.toContain('written by people');
  });

  it('reads standard input', async () => {
    const { exitCode } = await command(['check', '-'], { cwd, stdin: har });
    expect(exitCode).toBe(0);
  });

  it('accepts a finding that is known, until its day, and says so', async () => {
    const [finding] = (await check('edited.har')) && result().findings.filter(({ severity }) => severity === 'error');
    const known = (expires: string) =>
      JSON.stringify([{ fingerprint: finding!.fingerprint, reason: 'reported', expires }]);
    const others = result().findings.filter(
      ({ severity, fingerprint }) => severity === 'error' && fingerprint !== finding!.fingerprint,
    );
    writeFileSync(join(cwd, 'known.json'), known('2999-01-01'));
    expect((await check('edited.har', '--known', 'known.json')).exitCode).toBe(others.length > 0 ? 1 : 0);
    expect(result().findings.find(({ fingerprint }) => fingerprint === finding!.fingerprint)?.known).toEqual({
      reason: 'reported',
      expires: '2999-01-01',
    });
    writeFileSync(join(cwd, 'known.json'), known('2001-01-01'));
    expect((await check('edited.har', '--known', 'known.json')).exitCode).toBe(1);
    expect(result().notes.join()).toContain('ended on 2001-01-01');
  });

  it('judges each exchange in exactly one of its shards', async () => {
    const totals = [];
    for (const shard of ['1/3', '2/3', '3/3']) {
      expect((await check('sdk.har', '--shard', shard)).exitCode).toBe(0);
      totals.push(result().totals.exchanges);
    }
    await check('sdk.har');
    expect(totals.reduce((sum, count) => sum + count)).toBe(result().totals.exchanges);
  });
});

describe('verify', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());
  const verify = (...argv: string[]) => command(['verify', '--url', sandbox.url, '--seed', '5', ...argv], { cwd });

  it('adds up, and spends no more than its budget', async () => {
    for (const budget of [1, 2, 50]) {
      const { exitCode } = await verify('--max-requests', String(budget));
      expect(exitCode).toBe(3);
      expect(result().totals.requests).toBeLessThanOrEqual(budget);
    }
  });

  it('of one kind tries no other', async () => {
    expect((await verify('--only', 'auth')).exitCode).toBe(0);
    const { coverage, totals } = result();
    expect([coverage.fields, coverage.mutations, totals.creates]).toEqual([{}, {}, 0]);
  });

  it('of a dry run sends nothing', async () => {
    const { exitCode, out } = await command(
      ['verify', '--url', 'https://api.example.com', '--consumer', sandbox.demo.consumerId, '--dry-run'],
      { cwd, env: { CHIFT_ACCESS_TOKEN: 'unused-token' } },
    );
    expect([exitCode, out]).toEqual([0, expect.stringContaining('Nothing is sent.')]);
    expect(out).toContain('createContact.accepts-edges');
  });

  it('of a target that is not there says so', async () => {
    const port = await freePort();
    const ran = await command(['verify', '--url', `http://127.0.0.1:${port}`], { cwd });
    expect([ran.exitCode, ran.err]).toEqual([5, expect.stringContaining('cannot be reached')]);
    expect(result().verdict).toBe('infrastructure');
  });

  it('of a provider that refuses the credentials says so', async () => {
    const env = {
      CHIFT_CLIENT_ID: 'x',
      CHIFT_CLIENT_SECRET: 'wrong',
      CHIFT_ACCOUNT_ID: sandbox.demo.credentials.accountId,
    };
    const ran = await command(['verify', '--url', sandbox.url], { cwd, env });
    expect([ran.exitCode, ran.err]).toEqual([5, expect.stringContaining('gives no token: status 401')]);
  });

  it('of a provider that refuses the access token is no verdict on the provider', async () => {
    const ran = await command(['verify', '--url', sandbox.url], { cwd, env: { CHIFT_ACCESS_TOKEN: 'ran-out' } });
    expect([ran.exitCode, ran.err]).toEqual([5, expect.stringContaining('the access token is refused')]);
    expect(result().findings).toEqual([]);
    expect(ran.out + ran.err).not.toContain('ran-out');
  });

  it('sends the same bodies for a seed, whatever the concurrency', async () => {
    const bodies = async (concurrency: string) => {
      const faulty = await startSandbox({ faults: ['id-number'] });
      try {
        await command(['verify', '--url', faulty.url, '--seed', '9', '--concurrency', concurrency], { cwd });
      } finally {
        await faulty.close();
      }
      return result().findings.map(({ fingerprint, evidence, reproduce }) => [
        fingerprint,
        evidence.request.body.text,
        reproduce.path,
      ]);
    };
    expect(await bodies('8')).toEqual(await bodies('1'));
  });
});

describe('shards', () => {
  it('merged by report do what one run does, and a missing one is told', async () => {
    const faulty = await startSandbox({ faults: ['id-number'] });
    try {
      const verify = (...argv: string[]) =>
        command(['verify', '--url', faulty.url, '--seed', '3', '--report', 'json', ...argv], { cwd });
      await verify();
      const whole = result();
      for (const part of ['1', '2'])
        await verify(
          '--shard',
          `${part}/2`,
          '--report-dir',
          `shard-${part}`,
          '--consumer',
          consumers[Number(part) - 1]!,
        );
      const merged = await command(['report', 'shard-1/result.json', 'shard-2/result.json'], { cwd });
      expect([merged.exitCode, merged.err]).toEqual([1, '']);
      expect(result().coverage.fields).toEqual(whole.coverage.fields);
      expect(result().coverage.mutations).toEqual(whole.coverage.mutations);
      expect(result().findings.map(({ fingerprint }) => fingerprint)).toEqual(
        whole.findings.map(({ fingerprint }) => fingerprint),
      );
      const half = await command(['report', 'shard-1/result.json'], { cwd });
      expect(half.out).toContain('shards are missing: 2/2');
    } finally {
      await faulty.close();
    }
  });

  const consumers = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
});

describe('the corpus', () => {
  it('keeps what was found, with the input in it, and tries it first the next time', async () => {
    const faulty = await startSandbox({ faults: ['lower-cases-email'] });
    try {
      const verify = (seed: string, ...argv: string[]) =>
        command(['verify', '--url', faulty.url, '--seed', seed, '--report', 'json', '--corpus', 'corpus', ...argv], {
          cwd,
        });
      await verify('3');
      const [finding] = result().findings;
      const files = readdirSync(join(cwd, 'corpus'));
      const entries = files.map(
        (name) => JSON.parse(readFileSync(join(cwd, 'corpus', name), 'utf8')) as { fingerprint: string },
      );
      expect(entries.map(({ fingerprint }) => fingerprint)).toContain(finding!.fingerprint);
      await verify('4', '--max-requests', '12');
      expect(result().findings.map(({ fingerprint }) => fingerprint)).toContain(finding!.fingerprint);
      expect(readdirSync(join(cwd, 'corpus'))).toEqual(files);
    } finally {
      await faulty.close();
    }
  });

  it.each([
    ['{', 'is not JSON'],
    ['{"property":"createContact.accepts-edges"}', 'broken.json: input'],
    ['{"property":"no.such","input":1,"fingerprint":"f"}', 'the property no.such, which this run does not have'],
  ])('refuses the entry %s', async (content, message) => {
    mkdirSync(join(cwd, 'odd-corpus'), { recursive: true });
    writeFileSync(join(cwd, 'odd-corpus/broken.json'), content);
    const ran = await command(['verify', '--corpus', 'odd-corpus'], { cwd });
    expect([ran.exitCode, ran.err]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('the ledger', () => {
  it('knows every contact that the run created, and asks about what was in flight', async () => {
    const sandbox = await startSandbox();
    const ledgers = temporaryFolder();
    try {
      await command(['verify', '--url', sandbox.url, '--seed', '3', '--max-requests', '60'], { cwd: ledgers.path });
      const file = join(
        ledgers.path,
        '.chift-contract/ledger',
        readdirSync(join(ledgers.path, '.chift-contract/ledger'))[0]!,
      );
      const whole = readFileSync(file, 'utf8');
      const complete = await command(['ledger', '--export', 'sheet.csv'], { cwd: ledgers.path });
      expect(complete.exitCode).toBe(0);
      const created = whole.split('\n').filter((line) => line.includes('"kind":"created"'));
      expect(created.length).toBeGreaterThan(5);
      expect(readFileSync(join(ledgers.path, 'sheet.csv'), 'utf8').trimEnd().split('\r\n')).toHaveLength(
        1 + created.length,
      );
      // As a kill leaves it: no outcome is on disk, the last line is cut.
      const intents = whole.split('\n').filter((line) => /"kind":"(run|intent)"/.test(line));
      writeFileSync(file, `${intents.join('\n')}\n12345678 {"kind":"crea`);
      const offline = await command(['ledger', '--offline'], { cwd: ledgers.path });
      expect([offline.exitCode, offline.out]).toEqual([
        3,
        expect.stringContaining('the last line of the journal was cut'),
      ]);
      const { out } = await command(['ledger'], { cwd: ledgers.path });
      const ids = created.map((line) => /"id":"([^"]+)"/.exec(line)![1]!);
      for (const id of ids) expect(out).toContain(`created  ${id} `);
    } finally {
      await sandbox.close();
      ledgers.remove();
    }
  });
});

describe('a report that cannot be written', () => {
  const locked = join(cwd, 'locked');
  afterEach(() => chmodSync(locked, 0o755));

  it('costs exit 6 and names the file', async () => {
    mkdirSync(locked);
    writeFileSync(join(locked, 'file'), '');
    const { exitCode, err } = await check('sdk.har', '--report-dir', 'locked/file');
    expect([exitCode, err]).toEqual([6, expect.stringContaining('locked/file/')]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
