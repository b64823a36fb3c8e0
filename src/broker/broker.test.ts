import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract, startSandbox } from '../../contracts/chift/index.js';
import { contactStates } from '../../contracts/chift/pact/states.js';
import { providerCall } from '../pact/provider-call.js';
import { verifyPacts } from '../pact/verify.js';
import { loopbackDoor } from '../testing/loopback-door.js';
import { brokerInstalled, type RealBroker, startBroker } from '../testing/real-broker.js';
import { askBroker } from './client.js';
import { canIDeploy, recordDeployment } from './deployments.js';
import { publishPacts } from './publish.js';

const pact = fileURLToPath(new URL('../../contracts/generated/pacts/chift-contract-chift.json', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'chift-contract-broker-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

if (!brokerInstalled) console.warn('broker: skipped, the real Pact Broker is not installed; `npm run broker` does it');

describe.skipIf(!brokerInstalled)('the real Pact Broker', () => {
  let broker: RealBroker;
  beforeAll(async () => {
    broker = await startBroker();
    await askBroker(broker, ['create-environment', '--name', 'production', '--display-name', 'Production']);
  }, 60_000);
  afterAll(() => broker?.stop());

  const version = '1.0.0';
  const deployable = (pacticipant = 'chift-contract', environment = 'production', of = version) =>
    canIDeploy(broker, { pacticipant, version: of, environment });

  it('takes a pact, and the same one again', async () => {
    const options = { files: [pact], consumerAppVersion: version, branch: 'main', tags: ['one', 'two'] };
    expect((await publishPacts(broker, options)).words).toContain('successfully published');
    expect((await publishPacts(broker, options)).words).toContain('no content changes');
  });

  it('refuses other content under a published version, and says what to do', async () => {
    const changed = join(folder, 'changed.json');
    writeFileSync(changed, readFileSync(pact, 'utf8').replaceAll('Rue du Code', 'Rue de la Paix'));
    await expect(publishPacts(broker, { files: [changed], consumerAppVersion: version })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('a published version never changes'),
      hint: expect.stringContaining('new version'),
    });
  });

  it('does not know yet whether what nobody verified can be deployed', async () => {
    const { answer, reasons } = await deployable();
    expect(answer).toBe('unknown');
    expect(reasons.join(' ')).toMatch(/no verified pact|not been verified|no version of chift is currently/i);
  });

  it.each([
    ['participant', () => deployable('nobody')],
    ['environment', () => deployable('chift-contract', 'mars')],
    [
      'environment to deploy to',
      () => recordDeployment(broker, { pacticipant: 'chift-contract', version, environment: 'mars' }),
    ],
  ])('says that it has no such %s', async (_, ask) => {
    await expect(ask()).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/not found|does not exist/),
    });
  });

  it('records a deployment', async () => {
    await recordDeployment(broker, { pacticipant: 'chift-contract', version, environment: 'production' });
  });

  /** The provider's own build: verifies what the broker selects, publishes the result, records the deployment. */
  async function providerBuild(providerVersion: string, faults: readonly string[]): Promise<boolean> {
    const sandbox = await startSandbox({ acceptTokens: ['good'], faults });
    const door = loopbackDoor(sandbox.url, { token: 'good' });
    const { url, username, password } = broker;
    const { passed } = await verifyPacts({
      pacts: { broker: { url, username, password, publish: { version: providerVersion, branch: 'main' } } },
      provider: 'chift',
      contract,
      door,
      states: contactStates(providerCall(contract, door)),
    });
    await sandbox.close();
    await recordDeployment(broker, { pacticipant: 'chift', version: providerVersion, environment: 'production' });
    return passed;
  }

  it('lets a version go where the deployed provider kept its pact', async () => {
    expect(await providerBuild('2026-08-21', [])).toBe(true);
    expect(await deployable()).toEqual({ answer: 'yes', reasons: [] });
  });

  it('holds a version back where the deployed provider broke its pact, and says why', async () => {
    expect(await providerBuild('2026-09-01', ['total-as-text'])).toBe(false);
    const { answer, reasons } = await deployable();
    expect(answer).toBe('no');
    expect(reasons.join(' ')).toMatch(/verification .*failed/i);
  });

  it('is told from a wrong password', async () => {
    await expect(
      canIDeploy({ ...broker, password: 'wrong' }, { pacticipant: 'x', version, environment: 'production' }),
    ).rejects.toMatchObject({
      code: 'infrastructure',
      message: expect.stringContaining('refuses the credentials'),
    });
  });
});

describe('a broker out of reach', () => {
  const question = { pacticipant: 'x', version: '1', environment: 'production' };

  it('is told at once when it is down', async () => {
    await expect(canIDeploy({ url: 'http://127.0.0.1:9' }, question)).rejects.toMatchObject({
      code: 'infrastructure',
      message: expect.stringContaining('127.0.0.1:9 is out of reach'),
    });
  });

  it('is told after the deadline when it says nothing', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    await expect(canIDeploy({ url, deadlineMs: 300 }, question)).rejects.toMatchObject({
      code: 'infrastructure',
      message: expect.stringContaining('no answer within 300 ms'),
    });
    silent.close();
  });
});
