import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunResult } from '../run/result.js';
import { installedBrowser, launchBrowser } from '../testing/browser.js';
import { naughtyTexts, withText } from '../testing/hostile-result.js';
import { triesAll } from '../testing/sample.js';
import { brokenResult, cleanResult, largeResult } from '../testing/sample-results.js';
import { html } from './html.js';

const path = triesAll ? installedBrowser() : undefined;
if (path === undefined)
  console.warn('the HTML report is not tried in a browser: TESTS=all does, with Chromium on the PATH');

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
    let context: BrowserContext;
    let broken: string;
    /** What no report may do: ask for something, open a dialog, raise an error. */
    let misdeeds: string[];
    beforeAll(async () => {
      [browser, broken] = await Promise.all([launchBrowser(path), brokenResult().then(html.render)]);
    });
    afterAll(() => browser.close());
    beforeEach(() => {
      misdeeds = [];
    });
    afterEach(async () => {
      await context.close();
      expect(misdeeds).toEqual([]);
    });

    /** As a user opens it: from a file, here from an address that only this page has. */
    async function open(markup: string, settings: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
      context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], ...settings });
      const page = await context.newPage();
      page.on('dialog', (dialog) => {
        misdeeds.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('pageerror', ({ message }) => misdeeds.push(`error: ${message}`));
      await page.route('**', (route) => {
        if (route.request().url() === address) return route.fulfill({ body: markup, contentType: 'text/html' });
        misdeeds.push(`request: ${route.request().url()}`);
        return route.abort();
      });
      await page.goto(address);
      return page;
    }

    it.each([
      [360, 'light'],
      [1440, 'dark'],
    ] as const)('has no barrier and no sideways scrolling at %i pixels, %s', async (width, colorScheme) => {
      const page = await open(broken, { colorScheme, viewport: { width, height: 900 } });
      await page.click('#fold');
      await page.locator('.finding > summary').first().click();
      expect(await barriers(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    });

    it('says on its first screen what the verdict is, what was tried and what was not', async () => {
      const page = await open(html.render(await cleanResult()), { viewport: { width: 1440, height: 900 } });
      for (const text of ['The provider keeps the contract', 'What was tried', 'not tried: auth probes'])
        expect((await page.getByText(text).first().boundingBox())!.y).toBeLessThan(900);
    });

    it('opens a finding by mouse and by keyboard, and copies its commands', async () => {
      const page = await open(broken);
      const summary = page.locator('.finding > summary').first();
      const copy = page.getByRole('button', { name: 'Copy: Send it again' }).first();
      expect(await copy.isVisible()).toBe(false);
      await summary.click();
      await copy.click();
      expect(await clipboard(page)).toMatch(/^curl -sS /);
      await page.getByRole('button', { name: 'Copy: Seed' }).first().press('Enter');
      expect(await clipboard(page)).toBe('--seed 42');
      expect(await page.locator('#said').textContent()).toBe('Copied');
      await summary.press('Enter');
      expect(await copy.isVisible()).toBe(false);
    });

    it('shows the finding that its address names, though its group is closed', async () => {
      const page = await open(broken);
      await page.click('#accepted a');
      expect(await page.locator('.finding:target .pair').isVisible()).toBe(true);
    });

    it('filters by words and by severity', async () => {
      const page = await open(broken);
      const visible = () => page.locator('.finding:visible > summary').allTextContents();
      const all = (await page.locator('.finding').count()) - 1;
      expect(await visible()).toHaveLength(all);
      await page.fill('#filter', 'LOYALTY');
      await expect.poll(() => page.textContent('#shown')).toMatch(/^1 of/);
      expect(await visible()).toEqual([expect.stringContaining('/loyalty_points')]);
      await page.getByRole('button', { name: 'To know' }).click();
      expect(await visible()).toEqual([]);
      await page.fill('#filter', '');
      await expect.poll(async () => (await visible()).length).toBe(all - 1);
    });

    it('runs nothing and asks for nothing, whatever the texts in it are', async () => {
      const page = await open(html.render(await resultOfTexts(naughtyTexts())));
      await page.click('#fold');
      const strangers =
        'a:not([href^="#"]), img, iframe, svg, object, embed, form, base, body link, body style, [onerror]';
      expect(await page.locator(strangers).count()).toBe(0);
      expect(await page.locator('script').count()).toBe(1);
    });

    it('stays fluid with 10,000 findings', { timeout: 120_000 }, async () => {
      const [small, large] = [await open(broken), await open(html.render(await largeResult(10_000)))];
      const [swift, slow] = [await filtering(small, '/id'), await filtering(large, 'field_9999')];
      expect(await large.textContent('#shown')).toBe('1 of 10000 shown');
      expect(slow).toBeLessThan(20 * Math.max(swift, 100));
    });
  });

const address = 'https://report.test/';

const clipboard = (page: Page): Promise<unknown> => page.evaluate('navigator.clipboard.readText()');

/** Milliseconds from a key to the next picture. */
async function filtering(page: Page, text: string): Promise<number> {
  const began = performance.now();
  await page.fill('#filter', text);
  await expect.poll(() => page.textContent('#shown'), { interval: 10, timeout: 60_000 }).toMatch(/\d/);
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  return performance.now() - began;
}

/** One finding a text, that text in every place of it, and all texts in what is said of the run. */
async function resultOfTexts(texts: readonly string[]): Promise<RunResult> {
  const { findings, ...rest } = await brokenResult();
  const each = texts.map((text, at) => withText({ ...rest, findings: [findings[at % findings.length]!] }, text));
  return {
    ...each[0]!,
    findings: each.flatMap((result) => result.findings),
    notes: each.flatMap(({ notes }) => notes),
    unreadable: each.flatMap(({ unreadable }) => unreadable),
    artefacts: each.flatMap(({ artefacts }) => artefacts),
  };
}
