import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { convert } from 'xmlbuilder2';
import { startSandbox } from '../contracts/chift/index.js';
import { command } from '../src/testing/test-world.js';
import { openJournal, readJournal } from '../src/transport/journal.js';
import { arm, disarm } from './file-faults.mjs';
import { filesBelow, inFolder } from './folder.js';
import { guarantee, size } from './guarantee.js';
import { program } from './program.js';
import { unknownContacts } from './sandboxes.js';

const failures = ['ENOSPC', 'EIO', 'EROFS', 'short'] as const;
const deaths = ['kill', 'kill-half'] as const;
type How = (typeof failures)[number] | (typeof deaths)[number];

/** Whatever keeps a run from marking the folder of its reports keeps its reports from being written, and they say so. */
const ofTheMark = /^mkdirSync |\.running$/;

const whole: Readonly<Record<string, (content: string) => unknown>> = {
  'result.json': JSON.parse,
  'index.html': (content) => expect(content).toMatch(/<\/html>\n$/),
  'junit.xml': (content) => convert(content, { format: 'object' }),
};

guarantee(
  {
    id: 'G9',
    promise:
      'When a file operation fails, or the process dies at it, no contact is unknown and no report is half written.',
    experiment:
      'For every N until a run finishes: the N-th operation that changes a file fails (no space, I/O error, read-only, half of the bytes written), or the process is killed before it or in the middle of it. Reports must parse or be absent, `ledger` must name all contacts of the provider, and the exit code must be 6.',
    limit: 'The mark that keeps two runs out of one folder may fail in silence: what is written does not rest on it.',
  },
  () =>
    inFolder(async (folder) => {
      const seen = { points: 0, failed: 0, killed: 0 };
      for (let at = 1; ; at++) {
        const hows = size(0, 1) === 1 ? [...failures, ...deaths] : [failures[at % failures.length]!, ...rarely(at)];
        const ends = [];
        for (const how of hows) ends.push(await runWith(join(folder, `${at}-${how}`), at, how));
        for (const { how, reached } of ends) if (reached) how.startsWith('kill') ? seen.killed++ : seen.failed++;
        if (ends.every(({ reached }) => !reached)) break;
        seen.points = at;
      }
      expect(seen.points).toBeGreaterThan(20);
      await syncedJournal(folder);
      return {
        sample: `${seen.points} operations; ${seen.failed} failed, ${seen.killed} times killed`,
        result: '0 contacts unknown, 0 half reports; exit 6 at each failure',
      };
    }),
);

/** What beyond loopback is on the disk before a create leaves: whatever fails, no record that was taken is lost. */
async function syncedJournal(folder: string): Promise<void> {
  for (let at = 1, reached = true; reached; at++) {
    const below = join(folder, `journal-${at}`);
    const taken: string[] = [];
    arm({ below, at, how: failures[at % failures.length]! });
    try {
      const journal = await openJournal(join(below, 'j.ndjson'), true);
      for (let serial = 0; serial < 4; serial++) {
        const requestId = `r${serial}`;
        const record = { kind: 'refused', requestId, status: 422 } as const;
        await journal.append(record).then(
          () => taken.push(requestId),
          () => undefined,
        );
      }
      await journal.close();
    } catch (error) {
      expect(error).toMatchObject({ code: 'artefact' });
    }
    const { operations, ...seen } = disarm();
    reached = seen.reached;
    const file = join(below, 'j.ndjson');
    const { records } = readJournal(existsSync(file) ? readFileSync(file, 'utf8') : '');
    expect(records.map((record) => 'requestId' in record && record.requestId)).toEqual(expect.arrayContaining(taken));
    if (!reached)
      expect(operations.map((each) => each.split(' ')[0]).slice(2)).toEqual(
        Array.from({ length: 8 }, (_, n) => (n % 2 ? 'datasync' : 'appendFile')),
      );
  }
}

/** A process of its own costs a second: in the short round it dies at every third operation. */
const rarely = (at: number): How[] => (at % 3 === 0 ? [deaths[(at / 3) % 2]!] : []);

async function runWith(cwd: string, at: number, how: How): Promise<{ how: How; reached: boolean }> {
  mkdirSync(cwd);
  const sandbox = await startSandbox();
  const argv = ['verify', '--url', sandbox.url, '--seed', '3', '--max-requests', '12', '--concurrency', '2'];
  const fault = { below: cwd, at, how };
  try {
    let reached: boolean;
    if (how.startsWith('kill')) {
      const preload = [new URL('./file-faults.mjs', import.meta.url)];
      const { signal } = await program(argv, { cwd, preload, env: { FILE_FAULT: JSON.stringify(fault) } });
      reached = signal === 'SIGKILL';
    } else {
      arm(fault);
      const { exitCode, err } = await command(argv, { cwd });
      const { operations, ...seen } = disarm();
      reached = seen.reached;
      const isDue = reached && !ofTheMark.test(operations[at - 1]!);
      const told = { at, how, exitCode, said: /(cannot|could not) be written/.test(err) };
      expect(told).toEqual({ at, how, exitCode: isDue ? 6 : expect.any(Number), said: isDue });
    }
    expectWholeOrAbsent(cwd, how);
    expect(await unknownContacts(sandbox.url, cwd)).toEqual([]);
    return { how, reached };
  } finally {
    await sandbox.close();
    rmSync(cwd, { recursive: true });
  }
}

function expectWholeOrAbsent(cwd: string, how: How): void {
  for (const [name, parse] of Object.entries(whole)) {
    const file = join(cwd, 'reports', name);
    if (existsSync(file)) parse(readFileSync(file, 'utf8'));
  }
  if (!how.startsWith('kill')) expect(filesBelow(cwd).filter((file) => file.endsWith('.partial'))).toEqual([]);
}
