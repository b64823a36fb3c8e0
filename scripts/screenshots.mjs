// Pictures of the HTML report in a real Chromium, for looking at: every result at three widths, light and dark.
//   node scripts/screenshots.mjs OUT [result.json …]     with the committed example when no result is named
// `--readme` makes docs/report.png again, the picture in the README.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const example = join(root, 'reports/example/result.json');
const [first, ...rest] = process.argv.slice(2);
if (first === undefined) {
  process.stderr.write('usage: node scripts/screenshots.mjs OUT [result.json …] | --readme\n');
  process.exit(2);
}

const executablePath = execFileSync('sh', ['-c', 'command -v chromium || command -v google-chrome'], {
  encoding: 'utf8',
}).trim();
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
const scratch = mkdtempSync(join(tmpdir(), 'report-'));

/** The page as the built command renders it now. */
function rendered(result) {
  const cli = [join(root, 'dist/cli/bin.js'), 'report', result, '--report', 'html', '--report-dir', scratch, '--quiet'];
  try {
    execFileSync(process.execPath, cli, { stdio: 'ignore' });
  } catch (error) {
    if (error.status !== 1 && error.status !== 3) throw error; // findings, or too little to judge: still a report
  }
  return pathToFileURL(join(scratch, 'index.html')).href;
}

async function picture(url, path, { width, height, colorScheme, fullPage }) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(url);
  await page.screenshot({ path, fullPage });
  await page.close();
  process.stdout.write(`${path}\n`);
}

try {
  if (first === '--readme')
    await picture(rendered(example), join(root, 'docs/report.png'), { width: 1200, height: 900, colorScheme: 'light' });
  else {
    mkdirSync(first, { recursive: true });
    for (const result of rest.length > 0 ? rest.map((each) => resolve(each)) : [example])
      for (const width of [360, 768, 1440])
        for (const colorScheme of ['light', 'dark']) {
          const name = `${basename(dirname(result))}-${width}-${colorScheme}.png`;
          await picture(rendered(result), join(first, name), { width, height: 900, colorScheme, fullPage: true });
        }
  }
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true });
}
