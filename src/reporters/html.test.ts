import { createHash } from 'node:crypto';
import { htmlUnescape } from 'escape-goat';
import { beforeAll, describe, expect, it } from 'vitest';
import { brokenResult, cleanResult } from '../testing/sample-results.js';
import { html } from './html.js';

let page: string;
beforeAll(async () => {
  page = html.render(await brokenResult());
});

const contentsOf = (tag: string): string[] =>
  [...page.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, content]) => htmlUnescape(content!));

describe('the HTML report', () => {
  it('allows its own style and script by their hashes, and nothing else', () => {
    const policy = htmlUnescape(/Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!);
    const hashes = [/<style>([\s\S]*?)<\/style>/, /<script>([\s\S]*?)<\/script>/].map((part) =>
      createHash('sha256').update(part.exec(page)![1]!).digest('base64'),
    );
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hashes[0]}'; script-src 'sha256-${hashes[1]}'; base-uri 'none'; form-action 'none'`,
    );
  });

  it('says the verdict first', () => {
    expect(contentsOf('h1')).toEqual(['The provider breaks the contract: 9 errors, 1 to know and 1 accepted before.']);
  });

  it('marks the broken place alone: the line, the status, or the place around what is missing', () => {
    expect(new Set(contentsOf('mark'))).toEqual(
      new Set([
        '"address_type": "home",',
        '"country": 32',
        '{',
        '"gender": "M",',
        'Status 500',
        '"address_type": "main",',
        '"country": "BE"',
        '"loyalty_points": 7',
      ]),
    );
    expect(contentsOf('em')).toEqual(['/id is missing', '/message is missing', '/source_ref is missing']);
  });

  it('keeps accepted findings apart, with their reason', () => {
    const [, accepted] = /<section id="accepted"[\s\S]*?<tbody>([\s\S]*?)<\/tbody>/.exec(page)!;
    expect(accepted).toContain('<td>ticket 118: fixed in the next release</td><td>2026-12-31, 132 days left</td>');
    const groups = page.split('<details class="group"').slice(1);
    const isAccepted = (group: string) => group.includes('<span class="badge">accepted</span>');
    expect(groups.filter(isAccepted)).toHaveLength(1);
    expect(groups.filter((group) => group.includes('ticket 118'))).toEqual(groups.filter(isAccepted));
  });

  it('lists what was not tried and what could not be judged', async () => {
    const clean = html.render(await cleanResult());
    expect(clean).toContain('<li>not tried: auth probes, because no foreign consumer is configured</li>');
    expect(clean).toContain('<li>1 exchange could not be judged: timeout</li>');
    expect(clean).toContain('Nothing was found.');
  });

  it('says within what time half, most and all answers came', async () => {
    const classes = [
      { upToMs: 10, count: 6 },
      { upToMs: 2000, count: 3 },
      { upToMs: null, count: 1 },
    ];
    const told = html.render({ ...(await cleanResult()), latency: { createContact: classes } });
    expect(told).toContain(
      '<td class="number">10</td><td class="number">10 ms</td><td class="number">over 2 s</td><td class="number">over 2 s</td>',
    );
    expect(told).toContain('<i class="bar-10" title="10 ms: 6"></i><i class="bar-5" title="2 s: 3"></i>');
  });

  it('says of each interaction of the pact what it pins and what it cannot say', async () => {
    const places = [
      { pointer: '', level: 'exact' as const, looser: [], stricter: [] },
      { pointer: '/size', level: 'weakened' as const, looser: ['at most 9'], stricter: [] },
      { pointer: '/list', level: 'inexpressible' as const, looser: [], stricter: ['absent', 'null'] },
      { pointer: '/left', level: 'unpinned' as const, looser: ['not in the example'], stricter: [] },
    ];
    const told = html.render({
      ...(await cleanResult()),
      pact: { interactions: [{ description: 'get one', places }] },
    });
    const section = htmlUnescape(/<section id="pact"[\s\S]*?<\/section>/.exec(told)![0]);
    expect(section).toContain('get one: 3 of 4 places pinned');
    expect(section).toContain('<td>weakened</td><td>does not ask: at most 9</td>');
    expect(section).toContain('<td>not expressible</td><td>does not let it be: absent; does not let it be: null</td>');
    expect(section).toContain('Not pinned: /left');
    expect(page).not.toContain('id="pact"');
  });
});
