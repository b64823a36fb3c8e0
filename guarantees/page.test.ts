import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import score from '../mutation/score.json' with { type: 'json' };
import table from './faults/table.json' with { type: 'json' };
import { guaranteesPage, percentKilled, type Shown } from './page.js';
import results from './results.json' with { type: 'json' };

const shown = results as readonly Shown[];
const text = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

describe('docs/guarantees.md', () => {
  it('is made of what the experiments saw last', async () => {
    await expect(guaranteesPage(shown)).toMatchFileSnapshot('../docs/guarantees.md');
  });

  it('has all eighteen guarantees, each of which holds', () => {
    const ids = shown.map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith('G'))).toEqual(Array.from({ length: 18 }, (_, at) => `G${at + 1}`));
    expect(shown.filter(({ holds }) => !holds).map(({ id }) => id)).toEqual([]);
  });

  it('says of every experiment what the experiment says of itself', () => {
    const files = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('.guarantee.ts'));
    const told = files.flatMap((file) => [...text(file).matchAll(/^ {4}id: '(\w+)',\n {4}promise:\s+['"`](.{20})/gm)]);
    expect(told.map(([, id]) => id).sort()).toEqual(shown.map(({ id }) => id).sort());
    for (const [, id, start] of told)
      if (!start!.includes('$')) expect(shown.find((each) => each.id === id)?.promise).toContain(start);
  });

  it('has the 74 faults, each once', () => {
    expect(table.map(({ number }) => number)).toEqual(Array.from({ length: 74 }, (_, at) => at + 1));
  });

  it('shows a part whose tests let mutants live, and a broken guarantee, as such', () => {
    const [first] = shown;
    expect(guaranteesPage([{ ...first!, holds: false, result: 'it broke' }])).toContain('**broken**: it broke');
    expect(percentKilled({ killed: 899, total: 1000 })).toBe(89);
    expect(score.files.length).toBeGreaterThan(5);
  });
});
