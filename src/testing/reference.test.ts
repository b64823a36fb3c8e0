import { describe, expect, it } from 'vitest';
import { referencePages } from './reference.js';

describe('docs/reference', async () => {
  const pages = await referencePages();

  it.each([...pages])('%s says what the code says; else: npm run docs', async (name, content) => {
    await expect(content).toMatchFileSnapshot(`../../docs/reference/${name}`);
  });

  it('names every command, code and fault once', () => {
    expect([...pages.values()].map((content) => content.length > 1000)).toEqual([true, true, true, true]);
    expect(pages.get('commands.md')).toContain('## chift-contract pact can-i-deploy');
    expect(pages.get('codes.md')!.match(/^## /gm)?.length).toBeGreaterThan(40);
    expect(pages.get('config.md')!.replaceAll(/ +/g, ' ')).toContain('| `maxTime` | `--max-time <duration>` |');
    expect(pages.get('faults.md')!.replaceAll(/ +/g, ' ')).toContain(
      '| `id-number` | [response.body.type](codes.md#responsebodytype) |',
    );
  });
});
