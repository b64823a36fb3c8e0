import { describe, expect, it } from 'vitest';
import type { ProfiledField } from '../run/profile-schema.js';
import { cleanResult } from '../testing/sample-results.js';
import { barMarkup, profileMarkup } from './html-profile.js';

const field: ProfiledField = {
  endpoint: 'createContact',
  part: 'response.body',
  status: 200,
  pointer: '/gender',
  documented: 'one of M, F, N or null',
  of: 1000,
  holds: 0,
  present: 900,
  nulls: 430,
  empty: 1,
  types: { string: 470 },
  formats: { word: 400, date: 70 },
  lengths: { min: 0, max: 10 },
  outside: [{ value: '<b>X</b>', count: 45 }],
  outsideMore: 3,
  firstSeen: null,
  lastSeen: null,
};

async function markupOf(...fields: ProfiledField[]): Promise<string> {
  return profileMarkup({ ...(await cleanResult()), profile: { fields, omitted: 0 } }).markup;
}

const widths = (markup: string) => [...markup.matchAll(/width="([\d.]+)"/g)].map(([, width]) => Number(width));

describe('a bar', () => {
  it('is as wide as the page, whatever its parts, and shows what is rare', () => {
    for (const counts of [[1], [1, 1], [1_000_000, 1], [999, 1, 1, 1], [1, 2, 3, 4]]) {
      const shown = widths(barMarkup(counts.map((count) => ['filled', count] as const)).markup);
      expect(shown).toHaveLength(counts.length);
      expect(Math.min(...shown)).toBeGreaterThan(1.5);
      expect(Math.abs(shown.reduce((sum, width) => sum + width) - 100)).toBeLessThan(0.5);
    }
  });

  it('leaves out what was not seen, and is nothing of nothing', () => {
    expect(
      barMarkup([
        ['null', 0],
        ['filled', 5],
      ]).markup,
    ).not.toContain('null');
    expect(widths(barMarkup([['filled', 0]]).markup)).toEqual([]);
  });
});

describe('the profile', () => {
  it('draws values, empties, nulls and absences to scale', async () => {
    const [, bar] = /<svg[^>]*>(.*?)<\/svg>/.exec(await markupOf(field))!;
    expect([...bar!.matchAll(/class="(\w+)"/g)].map(([, name]) => name)).toEqual(['filled', 'empty', 'null', 'absent']);
    expect(widths(bar!).map(Math.round)).toEqual([46, 2, 42, 10]);
  });

  it('says in words what each picture shows, and hides the pictures from who hears the page', async () => {
    const markup = await markupOf(field);
    const words = markup
      .replace(/<svg.*?<\/svg>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
    expect(words).toContain('/gender 90 % 48 % 1 % word 85 % date 15 % 0–10 one of M, F, N or null');
    expect(words).toContain('outside &quot;&lt;b&gt;X&lt;/b&gt;&quot; 45× 5 % 3 further');
    expect(markup.match(/<svg/g)).toHaveLength(4);
    expect(markup.match(/<svg[^>]* aria-hidden="true"/g)).toHaveLength(4);
    expect(markup).not.toMatch(/ style=/);
  });

  it('draws nothing of what never came', async () => {
    const none = { present: 0, nulls: 0, empty: 0, types: {}, formats: {}, outside: [], outsideMore: 0 };
    expect(await markupOf({ ...field, ...none })).not.toContain('<svg');
  });

  it('draws no shares where all look alike', async () => {
    const markup = await markupOf({ ...field, formats: { word: 470 }, outside: [], outsideMore: 0 });
    expect(markup.match(/<svg/g)).toHaveLength(1);
    expect(markup).toContain('<td>word</td>');
  });
});
