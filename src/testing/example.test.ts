import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../contracts/chift/index.js';
import { reporters } from '../reporters/index.js';
import { type RunResult, resultSchema } from '../run/result.js';
import { command, temporaryFolder } from './test-world.js';

const folder = fileURLToPath(new URL('../../reports/example/', import.meta.url));
const scratch = temporaryFolder();
afterAll(scratch.remove);

const read = (path: string): RunResult => resultSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
const example = read(`${folder}result.json`);
/** What is wrong, endpoint by endpoint; which place of it shows first is the order of answers. */
const told = ({ findings }: RunResult): string[] =>
  [...new Set(findings.map(({ code, endpoint, severity }) => `${severity} ${code} ${endpoint}`))].sort();

describe('reports/example', () => {
  it('is what a run with its seed finds at a sandbox with these faults', { timeout: 120_000 }, async () => {
    const sandbox = await startSandbox({ faults: ['postal-code-number', 'gender-spelled-out', 'place-of-parent'] });
    const flags = ['--seed', `${example.run.seed}`, '--known', `${folder}accepted.json`, '--report', 'json'];
    const { exitCode } = await command(['verify', '--url', sandbox.url, ...flags], { cwd: scratch.path });
    await sandbox.close();
    expect(exitCode).toBe(1);
    expect(told(read(`${scratch.path}/reports/result.json`))).toEqual(told(example));
  });

  /** `npm run docs` makes them again; a new result comes from the run above. */
  it.each(['html', 'markdown'] as const)('has the %s report of its result', async (name) => {
    const { file, render } = await reporters[name]();
    await expect(render(example)).toMatchFileSnapshot(`${folder}${file}`);
  });
});
