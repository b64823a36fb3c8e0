import { expect } from 'vitest';
import score from '../mutation/score.json' with { type: 'json' };
import targets from '../mutation/targets.json' with { type: 'json' };
import { guarantee } from './guarantee.js';
import { percentKilled } from './page.js';

guarantee(
  {
    id: 'G18',
    promise:
      'The tests notice when the way to the network, the redactor, the judges, the checks or the readers of messages are broken: at least 90 % of all mutants are killed in each part.',
    experiment:
      'Stryker changes the code in every way it knows, and the tests of that part must fail: `node mutation/run.mjs`. The score of each file, and what survived, is below.',
    limit:
      'Texts of messages are not mutated. Of what is derived the judges are, of the formats messages, HAR entries and NDJSON: generators, the other formats and the skim are held by laws that take too long to be run for each mutant.',
  },
  async () => {
    const parts = new Set(score.files.map(({ target }) => target));
    expect(parts).toEqual(new Set(Object.keys(targets)));
    const weak = [...parts].filter((part) => percentOf(score.files.filter(({ target }) => target === part)) < 90);
    expect(weak).toEqual([]);
    const mutants = score.files.reduce((all, { total }) => all + total, 0);
    return {
      sample: `${mutants} mutants in ${parts.size} parts, ${score.files.length} files`,
      result: `${percentOf(score.files)} % killed`,
    };
  },
);

function percentOf(files: typeof score.files): number {
  const sum = (key: 'killed' | 'total') => files.reduce((all, file) => all + file[key], 0);
  return percentKilled({ killed: sum('killed'), total: sum('total') });
}
