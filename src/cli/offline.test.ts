import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { listFaults, startSandbox } from '../../contracts/chift/index.js';
import type { Exchange } from '../exchange/exchange.js';
import { toHar } from '../exchange/har.js';
import { createRedactor } from '../exchange/redact.js';
import { sampled } from '../testing/sample.js';
import { command, temporaryFolder } from '../testing/test-world.js';
import { startRecordingProxy } from '../transport/recording-proxy.js';
import { readResult } from './read-result.js';

const folder = temporaryFolder();
afterAll(folder.remove);

/** What a HAR has no place for: bytes on the wire. */
const beyondHar = /^response\.wire\./;
/** Nor has a redacted one for the token, so nobody can see it repeated. */
const beyondRedaction = new Set(['token-in-error']);
const faults = sampled(
  listFaults()
    .filter(({ finding }) => finding.startsWith('response.') && !beyondHar.test(finding))
    .filter(({ name }) => !beyondRedaction.has(name))
    .map(({ name }) => name),
  48,
);

describe('traffic recorded while verify runs', () => {
  it.each(faults)('gives the same findings offline as live: %s', async (name) => {
    const cwd = join(folder.path, name);
    mkdirSync(cwd);
    const recorded: Exchange[] = [];
    const sandbox = await startSandbox({ faults: [name] });
    const proxy = await startRecordingProxy(new URL(sandbox.url), (exchange) => recorded.push(exchange));
    try {
      await command(['verify', '--url', proxy.url, '--seed', '1', '--report', 'json', '--report-dir', 'live'], { cwd });
    } finally {
      await proxy.close();
      await sandbox.close();
    }
    const redactor = createRedactor([]);
    const options = { creator: { name: 'test', version: '0' }, startedAt: '2026-01-01T00:00:00.000Z' };
    writeFileSync(
      join(cwd, 'traffic.har'),
      toHar(
        recorded.map((exchange) => redactor.exchange(exchange)),
        options,
      ),
    );
    await command(['check', 'traffic.har', '--report', 'json', '--report-dir', 'offline'], { cwd });
    const [live, offline] = ['live', 'offline'].map((dir) => responseFindings(cwd, `${dir}/result.json`));
    expect(live!.length).toBeGreaterThan(0);
    expect(offline).toEqual(live);
  });
});

function responseFindings(cwd: string, file: string): string[] {
  return readResult(cwd, file)
    .findings.filter(({ code }) => code.startsWith('response.') && !beyondHar.test(code))
    .map(({ fingerprint }) => fingerprint)
    .sort();
}
