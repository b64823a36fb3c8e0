import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../contracts/chift/index.js';
import { resultSchema } from '../run/result.js';
import { installedBrowser, launchBrowser } from '../testing/browser.js';
import { triesAll } from '../testing/sample.js';
import { command, temporaryFolder } from '../testing/test-world.js';
import { type Packed, zipOf } from '../testing/zip-of.js';

const folder = temporaryFolder();
const cwd = folder.path;
afterAll(folder.remove);
const at = (...path: string[]) => join(cwd, ...path);

/** What `check` says of a recording, without where it was found. */
async function check(...argv: string[]) {
  const { exitCode, err } = await command(['check', '--report', 'json', ...argv], { cwd });
  const { totals, findings, unjudged, notes } = resultSchema.parse(
    JSON.parse(readFileSync(at('reports/result.json'), 'utf8')),
  );
  const found = findings.map(({ fingerprint, seen }) => `${seen} ${fingerprint}`);
  return { exitCode, err, judged: totals.judged, found, unjudged: unjudged.map(({ reason }) => reason), notes };
}

const entry = (content: object) => ({
  request: {
    method: 'GET',
    url: 'https://api.example.com/consumers/6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3/invoicing/contacts/c',
    headers: [],
  },
  response: { status: 200, headers: [{ name: 'content-type', value: 'application/json' }], content },
});
const har = (...contents: object[]) =>
  JSON.stringify({
    log: { version: '1.2', creator: { name: 'Playwright', version: '1' }, entries: contents.map(entry) },
  });
const contact = '{"id":"c","source_ref":{}}';

function archive(name: string, ...files: Packed[]): string {
  writeFileSync(at(name), zipOf(files));
  return name;
}

describe('a zip archive', () => {
  const whole: Packed[] = [
    { name: 'har.har', content: har({ _file: 'a.json' }, { _file: 'b.json' }), deflated: true },
    { name: 'a.json', content: contact },
    { name: 'b.json', content: contact.replace('"c"', '7'), deflated: true },
  ];

  it('is read as the HAR in it, with its side files', async () => {
    const { exitCode, judged, found, notes } = await check(archive('whole.zip', ...whole));
    expect([exitCode, judged]).toEqual([1, 2]);
    expect(found).toContain('1 response.body.type|getContact|response.body|/id|type string');
    expect(notes).toContain('read as har: whole.zip/har.har');
  });

  it('is found in a folder under the name of a HAR', async () => {
    mkdirSync(at('some'));
    archive('some/rec.har.zip', ...whole);
    archive('some/trace.zip', { name: 'trace.har', content: har({ text: contact }) });
    expect(await check('some')).toMatchObject({ exitCode: 1, judged: 2 });
  });

  it('gives no side file from outside the folder of its HAR, and says which is not there', async () => {
    const names = ['../a.json', '/a.json', 'a.json/../../a.json', 'gone.json', 'b.json'];
    const name = archive(
      'outside.zip',
      { name: 'in/x.har', content: har({ text: contact }, { text: contact }, ...names.map((_file) => ({ _file }))) },
      { name: 'a.json', content: contact },
      { name: 'in/b.json', content: Buffer.alloc(17 * 1024 * 1024), deflated: true },
    );
    expect(await check(name)).toMatchObject({
      judged: 2,
      unjudged: [
        'response body not recorded: its side file lies outside the folder of the recording',
        'response body not recorded: its side file b.json is larger than 16777216 bytes',
        'response body not recorded: its side file is not in the archive',
      ],
    });
  });

  const text = har({ text: contact });
  const refused: [what: string, files: Packed[] | Buffer, message: string][] = [
    ['without a recording', [{ name: 'a.txt', content: '' }], 'x.zip is a zip archive without a recording'],
    [
      'with a name that leads out of it',
      [{ name: '../x.har', content: text }],
      'x.zip cannot be read as a zip archive: invalid relative path: ../x.har',
    ],
    ['that is cut', zipOf([{ name: 'x.har', content: text }]).subarray(0, -30), 'cannot be read as a zip archive'],
    [
      'that unpacks to too much',
      [{ name: 'x.har', content: Buffer.alloc(65 * 1024 * 1024), deflated: true }],
      'x.zip/x.har would unpack to 68157440 bytes',
    ],
    [
      'that unpacks to more than it says',
      [{ name: 'x.har', content: Buffer.alloc(65 * 1024 * 1024), deflated: true, claims: { size: 1024 } }],
      'x.zip/x.har cannot be read as a zip archive: too many bytes in the stream',
    ],
    [
      'with another checksum',
      [{ name: 'x.har', content: text, claims: { sum: 1 } }],
      'x.zip/x.har cannot be read as a zip archive: its checksum is another',
    ],
    ['within another', [{ name: 'x.har', content: zipOf([]) }], 'x.zip/x.har is a zip archive'],
  ];
  it.each(refused)('%s is refused', async (_, files, message) => {
    writeFileSync(at('x.zip'), Buffer.isBuffer(files) ? files : zipOf(files));
    const { exitCode, err } = await check('x.zip');
    expect([exitCode, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it('survives every damage: it is judged or refused, and crashes nothing', async () => {
    const good = zipOf(whole);
    const damage = fc.record({ at: fc.nat(good.length - 1), by: fc.option(fc.nat(255)) });
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
        let bytes = Buffer.from(good);
        for (const { at: place, by } of damages)
          if (by === null) bytes = bytes.subarray(0, place);
          else if (place < bytes.length) bytes[place] = by;
        writeFileSync(at('damaged.zip'), bytes);
        const { exitCode, err } = await command(['check', 'damaged.zip', '--report', 'json'], { cwd });
        if (![0, 1, 2, 3].includes(exitCode)) expect.fail(`exit ${exitCode}: ${err.slice(0, 600)}`);
      }),
      { numRuns: 50, seed: 11 },
    );
  });

  it('is not the place to write what is redacted of it', async () => {
    const ran = await command(['check', archive('own.zip', ...whole), '--redact', 'own.zip'], { cwd });
    expect([ran.exitCode, ran.err]).toEqual([2, expect.stringContaining('own.zip is one of the recordings')]);
  });
});

/** What a page does: logs in, and creates a contact well and wrongly. */
async function callProvider({ consumerId, credentials }: Sandbox['demo']): Promise<void> {
  const post = (path: string, body: object, headers = {}) =>
    fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }).then((answer) => answer.json());
  const { access_token: token } = (await post('/token', credentials)) as { access_token: string };
  for (const last_name of ['Zoé', 7])
    await post(`/consumers/${consumerId}/invoicing/contacts`, { last_name }, { authorization: `Bearer ${token}` });
}

const path = triesAll ? installedBrowser() : undefined;
if (path === undefined) console.warn('no HAR is recorded with Playwright: TESTS=all does, with Chromium on the PATH');
else
  describe('what Playwright records of a faulty provider', () => {
    let sandbox: Sandbox;
    let browser: Browser;
    beforeAll(async () => {
      [sandbox, browser] = await Promise.all([startSandbox({ faults: ['id-number'] }), launchBrowser(path)]);
    });
    afterAll(async () => {
      await Promise.all([sandbox.close(), browser.close()]);
    });

    async function record(file: string, content: 'omit' | 'embed' | 'attach', mode: 'full' | 'minimal') {
      const context = await browser.newContext({ recordHar: { path: at(file), content, mode } });
      const page = await context.newPage();
      await page.goto(sandbox.url);
      await page.evaluate(callProvider, sandbox.demo);
      await context.close();
      return check(file);
    }

    it('is found however it keeps the bodies, and proves nothing where it leaves them out', async () => {
      const embedded = await record('embedded.har', 'embed', 'full');
      expect(embedded).toMatchObject({ exitCode: 1, judged: 3 });
      expect(embedded.found.join()).toContain('response.body.type|createContact|response.body|/id');
      const kept = { 'beside/x.har': 'full', 'attached.zip': 'full', 'small.har.zip': 'minimal' } as const;
      for (const [file, mode] of Object.entries(kept)) {
        const { judged, found } = await record(file, 'attach', mode);
        expect([file, judged, found]).toEqual([file, 3, embedded.found]);
      }
      const omitted = await record('omitted.har', 'omit', 'minimal');
      expect(omitted).toMatchObject({ exitCode: 3, judged: 0, found: [] });
    });
  });
