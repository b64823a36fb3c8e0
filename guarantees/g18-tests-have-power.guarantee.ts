import { expect } from 'vitest';
import score from '../mutation/score.json' with { type: 'json' };
import { guarantee } from './guarantee.js';
import { percentKilled } from './page.js';

guarantee(
  {
    id: 'G18',
    promise:
      'The tests notice when the safety path or the judgement is broken: at least 90 % of all mutants are killed in each part.',
    experiment:
      'Stryker changes the code in every way it knows, and the tests of that part must fail: `node mutation/run.mjs`. The score of each file, and what survived, is below.',
    limit: 'Texts of messages are not mutated.',
  },
  async () => {
    const weak = score.files.filter((file) => percentKilled(file) < 90).map(({ file }) => file);
    expect(weak).toEqual([]);
    const sum = (key: 'killed' | 'total') => score.files.reduce((all, file) => all + file[key], 0);
    const percent = percentKilled({ killed: sum('killed'), total: sum('total') });
    return { sample: `${sum('total')} mutants in ${score.files.length} files`, result: `${percent} % killed` };
  },
);
