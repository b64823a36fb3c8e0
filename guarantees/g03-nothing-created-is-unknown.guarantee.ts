import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { contactsAt } from '../src/testing/contacts-at.js';
import { inFolder } from './folder.js';
import { guarantee, size } from './guarantee.js';
import { program } from './program.js';
import { isCreate, unknownContacts, watchedSandbox } from './sandboxes.js';

const moments = ['before the provider creates', 'after it created, before it answers', 'some time after the answer'];

guarantee(
  {
    id: 'G3',
    promise: 'Nothing created is ever unknown: after any crash `ledger` names every contact by its id.',
    experiment:
      'The program is killed with SIGKILL when the provider gets its k-th create, when it has created and not yet answered, and at a random time after; then `ledger` asks the provider, and its list is compared with what the provider holds. G9 kills at every file operation as well.',
  },
  async () => {
    const kills = size(9, 300);
    let contacts = 0;
    for (let round = 0; round < kills; round++) contacts += await killed(round);
    return { sample: `${kills} kills, ${contacts} contacts`, result: '0 unknown' };
  },
);

/** Gives how many contacts there were. */
function killed(round: number): Promise<number> {
  const when = round % moments.length;
  const victim = 1 + ((round * 37) % 90);
  return inFolder(async (cwd) => {
    let creates = 0;
    let kill = (): unknown => undefined;
    const sandbox = await watchedSandbox(
      {},
      {
        before: (request) => isCreate(request) && ++creates === victim && when === 0 && kill(),
        after: async (request) => {
          if (!isCreate(request) || creates < victim) return;
          if (when === 2) await delay((round * 7) % 40);
          if (when > 0) kill();
        },
      },
    );
    try {
      const argv = ['verify', '--url', sandbox.url, '--seed', String(round), '--concurrency', String(1 + (round % 4))];
      const { signal } = await program(argv, {
        cwd,
        started: (child) => {
          kill = () => child.kill('SIGKILL');
        },
      });
      expect(signal, moments[when]).toBe('SIGKILL');
      expect(await unknownContacts(sandbox.url, cwd)).toEqual([]);
      return (await contactsAt(sandbox.url)).length;
    } finally {
      await sandbox.close();
    }
  });
}
