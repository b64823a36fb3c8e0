import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerFaults } from './faults/answers.js';
import { operationFaults } from './faults/operation.js';
import { recordingFaults } from './faults/recordings.js';
import type { Stage } from './faults/stage.js';
import table from './faults/table.json' with { type: 'json' };
import { transportFaults } from './faults/transport.js';
import { inFolder } from './folder.js';
import { guarantee } from './guarantee.js';
import { leaks, planted } from './secrets.js';

const stages: Readonly<Record<number, Stage>> = {
  ...transportFaults,
  ...answerFaults,
  ...recordingFaults,
  ...operationFaults,
};

const held = new Set<number>();

describe('each fault ends as the table says', () => {
  it('the table and the stages name the same', () => {
    expect(Object.keys(stages).map(Number)).toEqual(table.map(({ number }) => number));
  });

  it.each(table.map((row) => [row.number, row.fault, row] as const))(
    '%i %s',
    { timeout: 120_000 },
    async (number, _, row) => {
      await inFolder(async (folder) => {
        const cwd = join(folder, 'run');
        mkdirSync(cwd);
        const { exitCode, said } = await stages[number]!(cwd);
        expect({ exit: exitCode, said }).toEqual({ exit: row.exit, said: expect.stringContaining(row.shows) });
        const secrets = [planted.CHIFT_CLIENT_ID, planted.CHIFT_CLIENT_SECRET];
        const given = number === 48 ? [join(cwd, 'tokens.har')] : [];
        expect(leaks(secrets, { said }, cwd).filter((leak) => !given.some((file) => leak.endsWith(file)))).toEqual([]);
      });
      held.add(number);
    },
  );
});

const confusable = table.filter(
  ({ number, class: kind }) => number <= 44 && (kind === 'transport' || kind === 'contract'),
);

guarantee(
  {
    id: 'G12',
    promise: 'Trouble of the network is never reported as a broken contract, nor the reverse.',
    experiment:
      'The faults 1 to 44 of the table below, each with its class: what kept the provider from speaking ends in exit 5, what it said wrongly in exit 1.',
  },
  async () => {
    expect(confusable.filter(({ number }) => !held.has(number)).map(({ fault }) => fault)).toEqual([]);
    return { sample: `${confusable.length} faults`, result: 'each in its class' };
  },
);

guarantee(
  {
    id: 'S4',
    promise: 'Every fault of the checklist ends with its exit code, and says what it was.',
    experiment:
      'The table below, in the real program, against servers that misbehave on loopback, broken recordings, signals and failing disks.',
  },
  async () => {
    expect(table.filter(({ number }) => !held.has(number)).map(({ fault }) => fault)).toEqual([]);
    return { sample: `${table.length} faults`, result: 'each as the table says; no planted secret in any output' };
  },
);
