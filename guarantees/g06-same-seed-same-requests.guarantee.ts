import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { inFolder } from './folder.js';
import { guarantee, size } from './guarantee.js';
import { program } from './program.js';
import { watchedSandbox } from './sandboxes.js';

interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  readonly concurrency?: number;
  readonly delayMs?: number;
}

const others: readonly (readonly [string, Circumstances])[] = [
  ['another time zone', { env: { TZ: 'Asia/Kathmandu' } }],
  ['another language', { env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } }],
  ['a slow provider', { delayMs: 3 }],
  ['no home, in CI', { env: { HOME: '', CI: 'true' } }],
];

guarantee(
  {
    id: 'G6',
    promise: 'The same seed, version and options send the same requests: method, path and body, byte by byte.',
    experiment:
      'The provider hashes what arrives, in another time zone, another language, when it is slow, without a home, and four at once (then the set of created bodies is compared).',
    limit: 'The client request id and the token differ by design. Reads name the ids that the provider gave.',
  },
  () =>
    inFolder(async (cwd) => {
      const seeds = size(1, 10);
      let requests = 0;
      for (let seed = 1; seed <= seeds; seed++) {
        const plain = await sent(cwd, seed, {});
        for (const [name, circumstances] of others)
          expect(hash(await sent(cwd, seed, circumstances)), name).toBe(hash(plain));
        const together = await sent(cwd, seed, { concurrency: 4 });
        const planned = new Set(creates(plain));
        const strange = creates(together).filter((body) => !planned.has(body));
        expect(strange.length, 'bodies that only four at once sent').toBeLessThanOrEqual(4);
        requests += plain.length;
      }
      return { sample: `${requests} requests, ${others.length + 1} other circumstances`, result: 'the same bytes' };
    }),
);

/** Method, path and body of everything that arrives, but for the login. */
async function sent(
  cwd: string,
  seed: number,
  { env = {}, concurrency = 1, delayMs = 0 }: Circumstances,
): Promise<string[]> {
  const seen: string[] = [];
  const sandbox = await watchedSandbox(
    {},
    {
      async before({ method, path, query, body }) {
        const asked = query.replace(/(?<=client_request_id=)[0-9a-f]+/, 'run');
        if (!path.endsWith('/token')) seen.push(`${method} ${path}?${asked} ${Buffer.from(body).toString('base64')}`);
        if (delayMs > 0) await delay(delayMs);
      },
    },
  );
  try {
    const flags = ['--seed', String(seed), '--max-requests', '300', '--concurrency', String(concurrency)];
    await program(['verify', '--url', sandbox.url, ...flags, '--report', 'json'], { cwd, env });
  } finally {
    await sandbox.close();
  }
  return seen;
}

const creates = (lines: readonly string[]): string[] => lines.filter((line) => line.startsWith('POST '));
const hash = (lines: readonly string[]): string => createHash('sha256').update(lines.join('\n')).digest('hex');
