import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ResultFinding, resultSchema } from '../run/result.js';
import { command, temporaryFolder } from '../testing/test-world.js';

const folder = temporaryFolder();
const cwd = folder.path;
afterAll(folder.remove);

const url = '/consumers/6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3/invoicing/contacts/c';
const headers = { 'Content-Type': 'application/json' };
const wrong = { id: 7, source_ref: {} };
const files = {
  'stub.json': { request: { method: 'GET', url }, response: { status: 200, headers, jsonBody: wrong } },
  'example.json': {
    consumer: { name: 'a' },
    provider: { name: 'b' },
    interactions: [{ request: { method: 'GET', path: url }, response: { status: 200, headers, body: wrong } }],
    metadata: { pactSpecification: { version: '3.0.0' } },
  },
  'seen.ndjson': { request: { method: 'GET', url }, response: { status: 200, headers, body: wrong } },
};
beforeAll(() => {
  for (const [file, content] of Object.entries(files)) writeFileSync(join(cwd, file), JSON.stringify(content));
});

async function found(argv: readonly string[]): Promise<ResultFinding & { out: string }> {
  const { out, exitCode } = await command([...argv, '--report', 'json', '--verbose'], { cwd });
  expect(exitCode).toBe(1);
  const { findings } = resultSchema.parse(JSON.parse(readFileSync(join(cwd, 'reports/result.json'), 'utf8')));
  return { ...findings.find(({ code }) => code === 'response.body.type')!, out: out.replace(/\s+/g, ' ') };
}

const check = (...argv: string[]) => found(['check', ...argv]);
const nobody = 'people wrote: the provider was not seen to say it';

describe('a finding says whether the provider was seen to say it', () => {
  it.each([
    ['stub.json', 'wiremock', 'stub', `in a stub only, which ${nobody}`],
    ['example.json', 'pact', 'example', `in an example only, which ${nobody}`],
  ])('%s: it was not', async (file, format, provenance, words) => {
    const { evidence, out } = await check(file);
    expect(evidence.recorded).toEqual({ format, provenance, fidelity: [] });
    expect(out).toContain(words);
  });

  it('it was, where it was observed as well, in whatever order and in whatever parts', async () => {
    for (const order of [
      ['seen.ndjson', 'stub.json', 'example.json'],
      ['example.json', 'stub.json', 'seen.ndjson'],
    ]) {
      const { evidence, seen, out } = await check(...order);
      expect([seen, evidence.recorded?.provenance, evidence.place]).toEqual([3, 'observation', 'seen.ndjson:1']);
      expect(out).not.toContain('people wrote:');
    }
    for (const file of Object.keys(files)) await command(['check', file, '--report-dir', `of-${file}`], { cwd });
    const merged = await found(['report', ...Object.keys(files).map((file) => `of-${file}/result.json`)]);
    expect([merged.seen, merged.evidence.recorded?.provenance]).toEqual([3, 'observation']);
  });
});
