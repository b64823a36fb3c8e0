import { expect } from 'vitest';
import { exitCodes, worstExitCode } from '../src/errors.js';
import table from './faults/table.json' with { type: 'json' };
import { guarantee } from './guarantee.js';

/** As the interface has it. */
const precedence = [70, 6, 4, 2, 1, 5, 3, 0];

guarantee(
  {
    id: 'S3',
    promise: 'Each exit code means one thing, and a found violation is never hidden by a later outage.',
    experiment:
      'Every pair of codes, in both orders; and every code of the interface is the end of at least one fault below.',
  },
  async () => {
    for (const one of precedence)
      for (const other of precedence)
        expect(worstExitCode([one, other])).toBe(precedence.find((code) => code === one || code === other));
    const ends = new Set(table.map(({ exit }) => exit));
    const unseen = [...new Set(Object.values(exitCodes))].filter(
      (code) => !ends.has(code) && code !== exitCodes.terminated,
    );
    expect(unseen).toEqual([]);
    return { sample: `${precedence.length ** 2} pairs, ${ends.size} codes seen`, result: 'as the interface has it' };
  },
);
