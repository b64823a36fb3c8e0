import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { listFaults, startSandbox } from '../contracts/chift/index.js';
import { readResult } from '../src/cli/read-result.js';
import type { PublicExchange } from '../src/exchange/public-exchange.js';
import { toJournal } from '../src/formats/journal.js';
import { command } from '../src/testing/test-world.js';
import { inFolder } from './folder.js';
import { guarantee, size } from './guarantee.js';

const faults = listFaults().filter(
  ({ finding }) => finding.startsWith('response.body.') || finding.startsWith('echo.'),
);

guarantee(
  {
    id: 'G15',
    promise: 'A finding in a report gives the same verdict again from the report alone, offline.',
    experiment:
      'Runs on faults of the sandbox; the evidence of each finding about an answer, taken out of `result.json` with what was sent before it, goes through `check`, which must find the same by the same fingerprint.',
    limit:
      'Bodies that were shortened for the report, and findings about the state of the provider, need the provider again: `replay` sends them.',
  },
  () =>
    inFolder(async (cwd) => {
      const names = faults.map(({ name }) => name).filter((_, at) => at % size(6, 1) === 0);
      let findings = 0;
      for (const name of names) {
        const sandbox = await startSandbox({ faults: [name] });
        await command(['verify', '--url', sandbox.url, '--max-requests', '300', '--report', 'json'], { cwd }).finally(
          sandbox.close,
        );
        findings += await judgedAgain(cwd);
      }
      expect(findings).toBeGreaterThanOrEqual(names.length);
      return { sample: `${findings} findings of ${names.length} faults`, result: 'all found again' };
    }),
);

/** Gives how many findings were tried. */
async function judgedAgain(cwd: string): Promise<number> {
  const whole = readResult(cwd, 'reports/result.json').findings.filter(
    ({ code, severity, evidence }) =>
      severity !== 'info' &&
      /^(response\.body|echo)\./.test(code) &&
      evidence.request.body.omitted === 0 &&
      evidence.response?.body.omitted === 0,
  );
  for (const { fingerprint, evidence } of whole) {
    writeFileSync(
      join(cwd, 'evidence.ndjson'),
      toJournal([...evidence.before, evidence] as unknown as PublicExchange[]),
    );
    await command(['check', 'evidence.ndjson', '--report', 'json', '--report-dir', 'again'], { cwd });
    const again = readResult(cwd, 'again/result.json').findings.map((each) => each.fingerprint);
    expect(again).toContain(fingerprint);
  }
  return whole.length;
}
