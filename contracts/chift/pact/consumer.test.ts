import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type PactInteraction, withVariants, writePact } from '../../../src/index.js';
import { interactions as stated } from './interactions.js';
import { runReference } from './reference.js';

const generated = fileURLToPath(new URL('../../generated/pacts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'chift-contract-consumer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { interactions } = withVariants(stated, undefined);
const names = { consumer: 'chift-contract', provider: 'chift' };
const run = (interaction: PactInteraction, mock: { baseUrl: string; token: string | undefined }) =>
  runReference(interaction, mock, fetch);

describe('the consumer pact', () => {
  it('has the same bytes on every run, whatever the order of the interactions, and is the committed file', async () => {
    const results = await Promise.all([
      writePact({ ...names, interactions, run, dir: join(folder, 'a') }),
      writePact({ ...names, interactions: interactions.toReversed(), run, dir: join(folder, 'b') }),
    ]);
    const [one, other] = results.map(({ path }) => readFileSync(path!, 'utf8'));
    expect(results.flatMap(({ outcomes }) => outcomes.flatMap(({ problems }) => problems))).toEqual([]);
    expect(other).toBe(one);
    expect(readdirSync(generated)).toEqual(['chift-contract-chift.json']);
    expect(readFileSync(join(generated, 'chift-contract-chift.json'), 'utf8')).toBe(one);
  });

  it('holds every interaction once, with its states, and no token of anybody', () => {
    const pact = JSON.parse(readFileSync(join(generated, 'chift-contract-chift.json'), 'utf8')) as {
      interactions: { description: string; providerStates: { name: string }[]; request: { headers?: object } }[];
    };
    expect(pact.interactions.map(({ description }) => description)).toEqual(
      interactions.map(({ description }) => description).sort(),
    );
    expect(pact.interactions.every(({ providerStates }) => providerStates.length > 0)).toBe(true);
    const tokens = new Set(JSON.stringify(pact).match(/Bearer [^"]+/g));
    expect([...tokens]).toEqual(['Bearer example-token']);
  });
});
