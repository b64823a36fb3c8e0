import { checksFor } from '../checks/index.js';
import { judging, live, settle } from '../cli/settings.js';
import { onStage } from '../cli/stage.js';
import type { World } from '../cli/world.js';
import type { Contract } from '../contract/contract.js';
import { severityOf } from '../finding/catalogue.js';
import { fingerprint } from '../finding/finding.js';
import type { Property } from '../property/property.js';
import { run } from '../run/run.js';
import { testWorld } from './test-world.js';

export interface Attempt {
  /** One line for each finding that is no mere information. */
  readonly findings: readonly string[];
  readonly fingerprints: readonly string[];
  readonly judged: number;
  readonly troubles: readonly string[];
}

/** Cases that a property with endless random ones gets. */
const requests = 300;

/**
 * One property on the embedded sandbox, or on the provider that the environment names, under the rules of `verify`:
 * beyond loopback CHIFT_ALLOW_WRITES has to name the consumer.
 */
export async function tryProperty(
  contract: Contract,
  property: Property,
  seed: number,
  env: World['env'] = process.env,
): Promise<Attempt> {
  const world = testWorld({ cwd: process.cwd(), env });
  const allowWrites = world.env['CHIFT_ALLOW_WRITES'];
  const settings = {
    ...settle({ ...live, ...judging }, {}, world.env, { file: '', values: {} }),
    maxRequests: requests,
    ...(allowWrites ? { allowWrites } : {}),
  };
  const { signal } = new AbortController();
  return onStage({ world, contract, properties: [property], settings, seed, signal }, async (stage) => {
    const outcome = await run({
      contract,
      checks: checksFor(settings.echo),
      sources: [stage.source],
      signal,
      basePaths: { live: stage.target.basePath, recorded: '' },
    });
    const findings = [...outcome.tally.sightings.values()]
      .map(({ finding }) => finding)
      .filter(({ code }) => severityOf(code) !== 'info');
    return {
      findings: findings.map(({ code, message }) => `${code}: ${message}`),
      fingerprints: findings.map(fingerprint),
      judged: outcome.tally.judged,
      troubles: outcome.troubles.map(({ message }) => message),
    };
  });
}
