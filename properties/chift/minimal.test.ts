import { describe, expect, it } from 'vitest';
import { contactIn, contract, listFaults, startSandbox } from '../../contracts/chift/index.js';
import { verifyProvider } from '../../src/cli/verify-provider.js';
import { toWire } from '../../src/contract/wire.js';
import { shrinkBody } from '../../src/derive/shrink.js';
import { acceptsRandom, type Property } from '../../src/index.js';
import type { ResultFinding } from '../../src/run/result.js';
import { sampled } from '../../src/testing/sample.js';
import { tryProperty } from '../../src/testing/try-property.js';

const wire = toWire(contactIn, 'ContactItemIn');

/**
 * Faults that a valid body brings out, so that there is a body to make small. Not one that shows by chance, and not four
 * where the budget of 500 requests ends before the last smaller neighbour of a text is asked.
 */
const excused = new Set([
  'unreliable',
  'sorts-addresses',
  'truncates-comment-at-1024',
  'undoes-entities',
  'strips-accents',
]);
const faults = sampled(
  listFaults()
    .filter(({ name }) => !excused.has(name))
    .filter(({ finding }) => /^(echo\.|request\.valid\.|response\.status\.server-error)/.test(finding)),
  24,
);

/** The body of a create that was found with a valid body, as a value; undefined where it was sent otherwise. */
function bodyOf({ evidence }: ResultFinding): unknown {
  const { method, body } = evidence.request;
  const isPlain = /\.accepts-(edges|random):/.test(evidence.place) && method === 'POST' && body.omitted === 0;
  return isPlain && body.text !== null ? JSON.parse(body.text) : undefined;
}

const sizeOf = (finding: ResultFinding): number => finding.evidence.request.body.size;

/** Sends each body once, as the property of random bodies does. */
function sending(bodies: readonly unknown[]): Property {
  const { id, kind, run } = acceptsRandom(contract);
  const inputs = () => ({
    count: bodies.length,
    at: (index: number) => ({ body: bodies[index], covers: [] }),
    shrink: () => [],
    covers: () => [],
  });
  return { id, kind, run, inputs } as Property;
}

/** A fault that breaks many fields gives a finding for each; one of them has to be as small as it gets. */
describe('a counterexample is as small as it gets', () => {
  it.each(faults.map(({ name, finding }) => [name, finding] as const))('%s', async (name, code) => {
    const sandbox = await startSandbox({ faults: [name] });
    try {
      const { url, demo } = sandbox;
      const { findings } = await verifyProvider({ url, consumer: demo.consumerId, seed: 1 });
      const [found] = findings
        .filter((finding) => finding.code === code && bodyOf(finding) !== undefined)
        .sort((one, other) => sizeOf(one) - sizeOf(other));
      if (found === undefined) return expect(findings.map((finding) => finding.code)).toContain(code);
      const body = bodyOf(found);
      const smaller = [...shrinkBody(wire, body)];
      const env = { CHIFT_BASE_URL: url, CHIFT_CONSUMER_ID: demo.consumerId };
      const { fingerprints } = await tryProperty(contract, sending(smaller), 1, env);
      expect(fingerprints, JSON.stringify(body)).not.toContain(found.fingerprint);
    } finally {
      await sandbox.close();
    }
  });
});
