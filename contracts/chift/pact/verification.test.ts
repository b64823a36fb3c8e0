import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type Exchange, type PactVerification, providerCall, verifyPacts } from '../../../src/index.js';
import { loopbackDoor } from '../../../src/testing/loopback-door.js';
import { contract, demo, type Sandbox, startSandbox } from '../index.js';
import { contactStates } from './states.js';

const pact = fileURLToPath(new URL('../../generated/pacts/chift-contract-chift.json', import.meta.url));
const token = 'sandbox-token';

let sandbox: Sandbox | undefined;
afterEach(() => sandbox?.close());

async function verified(
  faults: readonly string[] = [],
  onExchange: (exchange: Exchange) => void = () => undefined,
): Promise<PactVerification> {
  sandbox = await startSandbox({ acceptTokens: [token], faults });
  const door = loopbackDoor(sandbox.url, { token });
  const states = contactStates(providerCall(contract, door), demo.consumerId);
  return verifyPacts({ pacts: { files: [pact] }, provider: 'chift', contract, door, states, onExchange });
}

/** Interactions that failed, each with where. */
const failures = ({ interactions }: PactVerification): string[] =>
  interactions
    .filter(({ result }) => result !== 'passed')
    .map(({ description, result, mismatches }) => `${description}: ${result} ${mismatches.map(({ path }) => path)}`);

describe('the committed pact', () => {
  it('is kept by the sandbox, at the consumer that the states name', async () => {
    const exchanges: Exchange[] = [];
    const report = await verified([], (exchange) => exchanges.push(exchange));
    expect(failures(report)).toEqual([]);
    expect(report.passed).toBe(true);
    expect(exchanges).toHaveLength(report.interactions.length);
    const others = exchanges.filter(({ request }) => !request.url.includes(demo.consumerId));
    expect(others.map(({ request }) => new URL(request.url).pathname)).toEqual([
      `/consumers/${demo.unknownConsumerId}/invoicing/contacts`,
    ]);
  });

  it.each<[fault: string, failed: string[]]>([
    ['total-as-text', ['list the first contacts: failed $.total']],
    ['not-found-410', ['get a contact that does not exist: failed ']],
    ['address-type-unknown', ['create a company with two addresses: failed $.addresses[1].address_type']],
    [
      'created-201',
      [
        'create a company with two addresses: failed ',
        'create a contact with a first name only: failed ',
        'create a contact with every field: failed ',
        'create a person: failed ',
        'get a contact: unverified ',
        'list the first contacts: unverified ',
      ],
    ],
  ])('is broken by %s, and every interaction says so', async (fault, failed) => {
    const report = await verified([fault]);
    expect(report.passed).toBe(false);
    expect(failures(report).filter((line) => !line.includes('pending'))).toEqual(failed);
  });
});
