import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { listFaults, startSandbox } from '../../contracts/chift/index.js';
import { reportNames } from '../reporters/index.js';
import { contactsAt } from '../testing/contacts-at.js';
import { sampled } from '../testing/sample.js';
import { command, temporaryFolder } from '../testing/test-world.js';
import { startRecordingProxy } from '../transport/recording-proxy.js';
import { readResult } from './read-result.js';

/** `.ci/run` asks for the long rounds: KILLS=30 and BUDGET_RUNS=200. */
const kills = Number(process.env['KILLS'] ?? 3);
const budgetRuns = Number(process.env['BUDGET_RUNS'] ?? 20);

const bin = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));
const folder = temporaryFolder();
afterAll(folder.remove);
const faultNames = listFaults().map(({ name }) => name);

describe('after kill -9 at any moment', () => {
  it.each(Array.from({ length: kills }, (_, at) => at))('no created contact is unknown (%i)', async (round) => {
    const cwd = join(folder.path, `killed-${round}`);
    mkdirSync(cwd);
    const sandbox = await startSandbox();
    try {
      const env = { PATH: process.env['PATH'], NO_COLOR: '1' };
      const child = spawn(process.execPath, [bin, 'verify', '--url', sandbox.url, '--seed', String(round)], {
        cwd,
        env,
        stdio: 'ignore',
      });
      const ended = new Promise((resolve) => child.once('close', resolve));
      await created(cwd, 3 + ((round * 37) % 150));
      child.kill('SIGKILL');
      await ended;
      const { out } = await command(['ledger'], { cwd });
      const known = new Set(out.match(/contact-\d+/g));
      expect((await contactsAt(sandbox.url)).filter((id) => !known.has(id))).toEqual([]);
      expect(known.size).toBeGreaterThan(0);
      expect(out).not.toMatch(/[1-9]\d* open/);
    } finally {
      await sandbox.close();
    }
  });
});

/** Waits until the journal holds that many records. */
async function created(cwd: string, records: number): Promise<void> {
  const ledger = join(cwd, '.chift-contract/ledger');
  for (let tries = 0; tries < 10_000; tries++) {
    const [file] = readdirOf(ledger);
    if (file !== undefined && readFileSync(join(ledger, file), 'utf8').split('\n').length > records) return;
    await delay(2);
  }
}

function readdirOf(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

describe('the budget', () => {
  it('is never exceeded, as the provider counts, whatever it does wrong', {
    timeout: 30_000 + budgetRuns * 1000,
  }, async () => {
    const cwd = join(folder.path, 'budget');
    mkdirSync(cwd);
    const fault = fc.constantFrom(...faultNames);
    await fc.assert(
      fc.asyncProperty(
        fault,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 8 }),
        fc.nat(1000),
        async (name, requests, creates, concurrency, seed) => {
          const sandbox = await startSandbox({ faults: [name] });
          let seen = 0;
          let contacts = 0;
          const proxy = await startRecordingProxy(new URL(sandbox.url), ({ request, outcome }) => {
            seen++;
            if (
              request.method === 'POST' &&
              request.url.endsWith('/contacts') &&
              outcome.kind === 'answered' &&
              outcome.status < 300
            )
              contacts++;
          });
          try {
            await command(
              [
                'verify',
                '--url',
                proxy.url,
                '--seed',
                String(seed),
                '--max-requests',
                String(requests),
                '--max-creates',
                String(creates),
                '--concurrency',
                String(concurrency),
                '--report',
                'json',
              ],
              { cwd },
            );
            expect(seen).toBeLessThanOrEqual(requests);
            expect(contacts).toBeLessThanOrEqual(creates);
            expect(readResult(cwd, 'reports/result.json').totals.requests).toBeLessThanOrEqual(requests);
          } finally {
            await proxy.close();
            await sandbox.close();
          }
        },
      ),
      { numRuns: budgetRuns, seed: 7 },
    );
  });
});

describe('a planted secret', () => {
  const env = {
    CHIFT_CLIENT_ID: 'planted-client-id',
    CHIFT_CLIENT_SECRET: 'p1anted/Secret+with=odd"signs',
    CHIFT_ACCOUNT_ID: '0d9c3b7e-52f1-4a86-9e04-b8c6d1a7f235',
  };

  it.each(sampled(faultNames, 20, 17))('is in no file and on no screen after a run on %s', async (name) => {
    const cwd = join(folder.path, `secret-${name}`);
    mkdirSync(cwd);
    const sandbox = await startSandbox({ faults: [name] });
    const tokens = new Set<string>();
    const proxy = await startRecordingProxy(new URL(sandbox.url), ({ request }) => {
      for (const [key, value] of request.headers)
        if (key.toLowerCase() === 'authorization') tokens.add(value.replace(/^bearer /i, ''));
    });
    try {
      const { out, err } = await command(
        ['verify', '--url', proxy.url, '--max-requests', '150', '--report', reportNames.join(), '--verbose'],
        { cwd, env },
      );
      const written = filesBelow(cwd).map((file) => readFileSync(file, 'latin1'));
      const issued = [...tokens].filter((token) => token.length > 20);
      expect(issued.length).toBeGreaterThan(0);
      const secrets = [env.CHIFT_CLIENT_SECRET, env.CHIFT_CLIENT_ID, ...issued].flatMap((secret) => [
        secret,
        encodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
        Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      ]);
      for (const text of [out, err, ...written])
        for (const secret of secrets) expect(text.includes(secret)).toBe(false);
    } finally {
      await proxy.close();
      await sandbox.close();
      rmSync(cwd, { recursive: true });
    }
  });
});

function filesBelow(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)],
  );
}
