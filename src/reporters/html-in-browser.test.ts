import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedBrowser, launchBrowser } from '../testing/browser.js';
import { brokenResult } from '../testing/sample-results.js';
import { html } from './html.js';

const path = installedBrowser();
if (path === undefined) console.warn('the HTML report is not tried in a browser: there is no Chromium on the PATH');

it('a browser is there where CI asks for one', () => {
  expect(path !== undefined || process.env['BROWSER'] !== 'required').toBe(true);
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds serious or critical, as `rule: element`. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html: element }) => `${id}: ${element}`));
}

if (path !== undefined)
  describe('the HTML report in a browser', () => {
    let browser: Browser;
    let broken: string;
    beforeAll(async () => {
      [browser, broken] = await Promise.all([launchBrowser(path), brokenResult().then(html.render)]);
    });
    afterAll(() => browser.close());

    it.each(['light', 'dark'] as const)('has no barrier, %s', async (colorScheme) => {
      const page = await browser.newPage({ colorScheme });
      await page.setContent(broken);
      expect(await barriers(page)).toEqual([]);
      await page.close();
    });
  });
