import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract, startSandbox } from '../../contracts/chift/index.js';
import { askBroker, type BrokerAccess } from '../broker/client.js';
import { brokerAvailable, type RealBroker, startBroker } from '../testing/real-broker.js';
import { command, type Ran, temporaryFolder } from '../testing/test-world.js';
import { asking, publishing, recording } from './pact-settings.js';

const folder = temporaryFolder();
const cwd = folder.path;
/** Names that a broker which others use has not seen. */
const mark = process.env['PACT_BROKER_BASE_URL'] === undefined ? '' : `-${Date.now().toString(36)}`;
const shop = `my-shop${mark}`;
const production = `production${mark}`;
const pact = readFileSync(
  fileURLToPath(new URL('../../contracts/generated/pacts/chift-contract-chift.json', import.meta.url)),
  'utf8',
).replaceAll('"chift-contract"', `"${shop}"`);
const git = (...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();

beforeAll(() => {
  mkdirSync(join(cwd, 'pacts'));
  writeFileSync(join(cwd, 'pacts/my-shop-chift.json'), pact);
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ name: shop }));
  git('init', '--quiet', '--initial-branch', 'feature/one');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--allow-empty', '--message', 'one');
});
afterAll(folder.remove);

if (!brokerAvailable)
  console.warn(
    'no real Pact Broker is asked: set TESTS=all after `npm run broker` installed it, or PACT_BROKER_BASE_URL',
  );

it.runIf(process.env['REQUIRE_BROKER'])('there is a broker to test against', () => expect(brokerAvailable).toBe(true));

describe.skipIf(!brokerAvailable)('with the real Pact Broker', { timeout: 120_000 }, () => {
  let broker: RealBroker;
  beforeAll(async () => {
    broker = await startBroker();
  }, 120_000);
  afterAll(() => broker?.stop());

  const environment = (over: Partial<BrokerAccess> = {}) => {
    const { url, token, username, password } = { ...broker.access, ...over };
    return {
      PACT_BROKER_BASE_URL: url,
      PACT_BROKER_TOKEN: token,
      PACT_BROKER_USERNAME: username,
      PACT_BROKER_PASSWORD: password,
    };
  };
  const ran = async (...argv: string[]): Promise<Ran> => {
    const result = await command(argv, { cwd, env: environment() });
    for (const secret of [broker.access.password, broker.access.token])
      if (secret !== undefined) expect(result.out + result.err).not.toContain(secret);
    return result;
  };
  const ask = (...more: string[]) => ran('pact', 'can-i-deploy', '--to-environment', production, ...more);

  it('is told by doctor that nothing is published and that there is no environment', async () => {
    const { exitCode, out } = await ran('doctor', '--to-environment', production);
    expect(exitCode).toBe(2);
    expect(out).toContain(`✔ node            ${process.versions.node}\n`);
    expect(out).toMatch(/✔ pact core {7}runs on/);
    expect(out).toMatch(/✔ broker client {3}pact/);
    expect(out).toContain(`✔ broker address  ${new URL(broker.access.url).host}, `);
    expect(out).toContain(`✔ version         ${shop} ${git('rev-parse', 'HEAD')} on branch feature/one\n`);
    expect(out).toContain(`✔ broker          answers; environments: ${broker.shared ? '' : 'none'}`);
    expect(out).toContain('✖ published       the broker knows no version');
    expect(out).toContain(`✖ environment     the broker has no environment ${production}\n`);
    if (!broker.shared) expect(out).toContain('create-environment');
  });

  it('takes the pact of the folder under the commit and the branch that are checked out', async () => {
    const { exitCode, out, err } = await ran(
      ...['pact', 'publish', '--tag', 'one', '--tag', 'two', '--build-url', 'https://ci.example.com/7'],
    );
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toContain('successfully published');
    const described = await askBroker(broker.access, [
      ...['describe-version', '--pacticipant', shop, '--version', git('rev-parse', 'HEAD'), '-o', 'json'],
    ]);
    const { _embedded } = JSON.parse(described.stdout) as Record<string, Record<string, { name: string }[]>>;
    expect(_embedded!['branchVersions']!.map(({ name }) => name)).toEqual(['feature/one']);
    expect(_embedded!['tags']!.map(({ name }) => name).sort()).toEqual(['one', 'two']);
    expect(described.stdout).toContain('https://ci.example.com/7');
    expect(await ran('pact', 'publish')).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('no content changes'),
    });
  });

  it('refuses other content under a published version with exit 2, and says what to do', async () => {
    writeFileSync(join(cwd, 'changed.json'), pact.replaceAll('Rue du Code', 'Rue de la Paix'));
    const { exitCode, err } = await ran('pact', 'publish', 'changed.json');
    expect([exitCode, err]).toEqual([2, expect.stringContaining('a published version never changes')]);
    expect(err).toContain('Publish under a new version');
    expect((await ran('pact', 'publish', 'changed.json', '--consumer-app-version', '2')).exitCode).toBe(0);
  });

  it('knows no environment, version or participant that it was never told of: exit 2', async () => {
    expect(await ask()).toMatchObject({ exitCode: 2, err: expect.stringContaining('does not exist') });
    await askBroker(broker.access, ['create-environment', '--name', production, '--display-name', production]);
    expect(await ask('--version', '77')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining(`knows no version 77 of ${shop}`),
    });
    expect(await ask('--pacticipant', 'nobody')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('nobody not found'),
    });
    for (const named of [
      ['--environment', 'mars'],
      ['--environment', production, '--version', '77'],
    ])
      expect(await ran('pact', 'record-deployment', ...named)).toMatchObject({
        exitCode: 2,
        err: expect.stringContaining('the deployment is not recorded'),
      });
  });

  it('does not know yet, exit 3, until the deployed provider has verified', async () => {
    const { exitCode, out } = await ask();
    expect([exitCode, out]).toEqual([
      3,
      expect.stringMatching(/^not known yet: my-shop.* .+ to production.*\n {2}There is/),
    ]);
    const told = await ran('doctor', '--to-environment', production);
    expect([told.exitCode, told.out]).toEqual([
      3,
      expect.stringContaining('✖ verified        There is no verified pact'),
    ]);
  });

  const build = async (version: string, faults: readonly string[]) => {
    const sandbox = await startSandbox({ faults });
    const { exitCode } = await ran(
      ...['pact', 'verify', '--broker', '--publish', '--url', sandbox.url, '--report', 'json'],
      ...['--provider-version', version, '--provider-branch', 'main'],
    );
    await sandbox.close();
    const recorded = await ran(
      ...['pact', 'record-deployment', '--pacticipant', 'chift', '--version', version, '--environment', production],
    );
    expect(recorded.exitCode).toBe(0);
    return exitCode;
  };

  it('says yes, exit 0, where the deployed provider kept the pact', async () => {
    const { provider } = contract;
    expect(provider.name).toBe('chift');
    await ran('pact', 'record-deployment', '--environment', production);
    expect(await build(`good${mark}`, [])).toBe(0);
    expect(await ask()).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^yes: my-shop/) });
    const { exitCode, out } = await ran('doctor', '--to-environment', production);
    expect([exitCode, out]).toEqual([
      0,
      expect.stringContaining(`✔ verified        yes, it may go to ${production}\n`),
    ]);
  });

  it('says no, exit 1, where the deployed provider broke it', async () => {
    expect(await build(`bad${mark}`, ['total-as-text'])).toBe(1);
    const { exitCode, out } = await ask();
    expect([exitCode, out]).toEqual([1, expect.stringMatching(/^no: my-shop.* .+\n.*failed/)]);
    expect((await ran('doctor', '--to-environment', production)).exitCode).toBe(1);
  });

  it('refuses wrong credentials: exit 5', async () => {
    const { token } = broker.access;
    const env = environment({ [token === undefined ? 'password' : 'token']: 'not-the-password' });
    for (const argv of [['pact', 'publish'], ['pact', 'verify', '--broker'], ['doctor']]) {
      const { exitCode, out, err } = await command(argv, { cwd, env });
      expect([exitCode, out + err]).toEqual([5, expect.stringContaining('refuses the credentials')]);
      expect(out + err).not.toContain('not-the-password');
    }
  });

  it('takes ten pacts at once', async () => {
    const all = Array.from({ length: 10 }, (_, at) =>
      ran('pact', 'publish', '--consumer-app-version', `parallel-${at}`, '--branch', 'main', '--timeout', '100s'),
    );
    expect((await Promise.all(all)).map(({ exitCode }) => exitCode)).toEqual(all.map(() => 0));
  });
});

describe('a broker out of reach', () => {
  const down = { PACT_BROKER_BASE_URL: 'http://127.0.0.1:9', PACT_BROKER_TOKEN: 'some-token-of-mine' };

  it.each([
    ['pact publish', ['pact', 'publish']],
    ['pact verify', ['pact', 'verify', '--broker']],
    ['pact can-i-deploy', ['pact', 'can-i-deploy', '--to-environment', 'production']],
    ['pact record-deployment', ['pact', 'record-deployment', '--environment', 'production']],
    ['doctor', ['doctor']],
  ])('costs %s exit 5 at once', async (_, argv) => {
    const began = performance.now();
    const { exitCode, out, err } = await command(argv, { cwd, env: down });
    expect([exitCode, out + err]).toEqual([5, expect.stringContaining('127.0.0.1:9 is out of reach')]);
    expect(out + err).not.toContain('some-token-of-mine');
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('costs exit 5 within 20 seconds when it says nothing', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const argv = ['pact', 'publish', '--timeout', '300ms'];
    const { exitCode, err } = await command(argv, { cwd, env: { PACT_BROKER_BASE_URL: url } });
    silent.close();
    expect([exitCode, err]).toEqual([5, expect.stringContaining('no answer within 300 ms')]);
    for (const { timeout } of [publishing, asking, recording]) expect(timeout.fallback).toBeLessThan(18_000);
  });
});

describe('what the broker commands cannot do', () => {
  const env = { PACT_BROKER_BASE_URL: 'http://127.0.0.1:9' };
  it.each<[string, string[], Record<string, string>, number, string]>([
    ['without a broker', ['pact', 'publish'], {}, 2, 'PACT_BROKER_BASE_URL is not set'],
    ['at an address that is none', ['pact', 'publish'], { PACT_BROKER_BASE_URL: 'ftp://a' }, 2, 'PACT_BROKER_BASE_URL'],
    [
      'with credentials in the address',
      ['pact', 'publish', '--broker-base-url', 'http://a:hunter2@127.0.0.1:9'],
      {},
      4,
      'the URL of the broker carries credentials',
    ],
    ['with credentials on the command line', ['pact', 'publish', '--broker-password', 'hunter2'], env, 4, 'is refused'],
    ['with half the credentials', ['pact', 'publish'], { ...env, PACT_BROKER_USERNAME: 'a' }, 2, 'PASSWORD is missing'],
    ['without a pact', ['pact', 'publish', 'nowhere'], env, 2, 'there is no pact in nowhere'],
    ['with a file that is no pact', ['pact', 'publish', 'package.json'], env, 2, 'package.json is no pact'],
    ['with a secret in the pact', ['pact', 'publish'], { ...env, CHIFT_ACCESS_TOKEN: 'Rue du Code' }, 4, 'a secret'],
    ['without an environment to ask about', ['pact', 'can-i-deploy'], env, 2, '--to-environment is missing'],
    ['without an environment to record', ['pact', 'record-deployment'], env, 2, '--environment is missing'],
  ])('%s', async (_, argv, env, exitCode, message) => {
    const ran = await command(argv, { cwd, env });
    expect([ran.exitCode, ran.err]).toEqual([exitCode, expect.stringContaining(message)]);
    expect(ran.err).not.toContain('hunter2');
  });

  it('where there is no commit and no name, which the error asks for', async () => {
    const bare = temporaryFolder();
    writeFileSync(join(bare.path, 'one.json'), pact);
    const ran = (...argv: string[]) => command(argv, { cwd: bare.path, env });
    expect((await ran('pact', 'publish', 'one.json')).err).toContain('--consumer-app-version is missing');
    expect((await ran('pact', 'can-i-deploy', '--to-environment', 'x')).err).toContain('Give --pacticipant NAME.');
    bare.remove();
  });

  it('is told by doctor, which looks at the rest all the same', async () => {
    const { exitCode, out } = await command(['doctor'], { cwd });
    expect(exitCode).toBe(2);
    expect(out).toContain('✔ pact core');
    expect(out).toContain('✖ broker address  which broker? PACT_BROKER_BASE_URL is not set\n');
    expect(out).toContain('✔ version         my-shop');
  });
});
